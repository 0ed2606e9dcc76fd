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

package dev.trigger.emulator.api;

import java.util.List;
import java.util.function.Function;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ServerRequest;

/**
 * Pages with numbers, from 1.
 *
 * @param page the number of the page
 * @param perPage the size of a page
 */
record NumberedPages(int page, int perPage) {

	private static final int MAX_SIZE = 100;

	static NumberedPages read(ServerRequest request, int defaultSize, Issues issues) {
		int page = number(request, "page", 1, issues);
		return new NumberedPages(page, Math.min(MAX_SIZE, number(request, "perPage", defaultSize, issues)));
	}

	<T> JsonBody of(List<T> items, Function<T, Object> json) {
		int from = (int) Math.min(items.size(), (this.page - 1L) * this.perPage);
		int to = Math.min(items.size(), from + this.perPage);
		int totalPages = (items.size() + this.perPage - 1) / this.perPage;
		return JsonBody.of("data", items.subList(from, to).stream().map(json).toList())
			.with("pagination",
					JsonBody.of("currentPage", this.page).with("totalPages", totalPages).with("count", items.size()));
	}

	private static int number(ServerRequest request, String name, int defaultValue, Issues issues) {
		String text = request.query(name);
		Double number = (text != null) ? NodeJson.coerce(text) : null;
		if (number == null) {
			return defaultValue;
		}
		if (number.isNaN()) {
			issues.notANumber(name);
			return defaultValue;
		}
		if (!NodeJson.isInteger(number)) {
			issues.fraction(name);
		}
		if (number <= 0) {
			issues.tooSmall(0, false, name);
		}
		return number.intValue();
	}

}
