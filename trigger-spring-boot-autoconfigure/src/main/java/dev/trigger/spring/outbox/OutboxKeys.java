/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package dev.trigger.spring.outbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The ordering keys whose next row may be sent now, since a row was committed or the one
 * before was sent. What is not remembered is found as it becomes due.
 */
final class OutboxKeys {

	private static final int MAX = 10_000;

	private final Set<String> keys = new LinkedHashSet<>();

	synchronized void add(String key) {
		if (this.keys.size() < MAX) {
			this.keys.add(key);
		}
	}

	synchronized boolean isEmpty() {
		return this.keys.isEmpty();
	}

	/**
	 * Take some keys.
	 * @param limit the largest number of keys
	 * @param busy returns whether a row with a key is being sent. Such a key comes back
	 * when that ends
	 */
	synchronized List<String> take(int limit, Predicate<String> busy) {
		List<String> taken = new ArrayList<>();
		Iterator<String> all = this.keys.iterator();
		while (taken.size() < limit && all.hasNext()) {
			String key = all.next();
			all.remove();
			if (!busy.test(key)) {
				taken.add(key);
			}
		}
		return taken;
	}

}
