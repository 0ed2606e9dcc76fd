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

package dev.trigger.spring.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The values of lists in statements. Oracle takes at most 1,000 in a list, and SQL Server
 * 2,100 in a statement. Databases also remember the plans of few statements, so that the
 * lists have few lengths.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class InList {

	private static final int MAX_LENGTH = 512;

	private InList() {
	}

	/**
	 * Return lists with some of the values each.
	 * @param values the values
	 * @return lists whose lengths are powers of two: the last value is repeated
	 */
	public static List<List<String>> of(Collection<String> values) {
		List<List<String>> lists = new ArrayList<>();
		List<String> list = new ArrayList<>();
		for (String value : values) {
			if (list.size() == MAX_LENGTH) {
				lists.add(list);
				list = new ArrayList<>();
			}
			list.add(value);
		}
		if (!list.isEmpty()) {
			String last = list.get(list.size() - 1);
			while (Integer.bitCount(list.size()) > 1) {
				list.add(last);
			}
			lists.add(list);
		}
		return lists;
	}

}
