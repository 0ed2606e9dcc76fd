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

package dev.trigger.spring.runlistener;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map, such as by the ids of runs, that forgets what came first once there are many.
 *
 * @param <V> the type of the values
 */
final class BoundedMap<V> extends LinkedHashMap<String, V> {

	private static final long serialVersionUID = 1L;

	private static final int MAX_SIZE = 50_000;

	@Override
	protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
		return size() > MAX_SIZE;
	}

}
