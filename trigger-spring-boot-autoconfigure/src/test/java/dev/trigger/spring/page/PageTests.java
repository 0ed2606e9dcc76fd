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

package dev.trigger.spring.page;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CursorPage} and {@link NumberedPage} as values.
 */
class PageTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	@Test
	void cursorPageHasWhatIsBesideIt() {
		assertThat(new CursorPage<>(List.of("a"), "2", null)).matches(CursorPage::hasNext)
			.matches((page) -> !page.hasPrevious());
		assertThat(new CursorPage<>(List.of("a"), null, "1")).matches(CursorPage::hasPrevious)
			.matches((page) -> !page.hasNext());
	}

	@Test
	void cursorPageIsReadAndWrittenInTheFormOfTheApi() {
		String json = "{\"data\":[\"a\"],\"pagination\":{\"next\":\"2\",\"previous\":\"1\"}}";
		CursorPage<String> page = MAPPER.readValue(json, new TypeReference<>() {
		});
		assertThat(page).isEqualTo(new CursorPage<>(List.of("a"), "2", "1"));
		assertThat(MAPPER.writeValueAsString(page)).isEqualTo(json);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"data\":null,\"pagination\":null}", "{\"data\":[],\"pagination\":{}}",
			"{\"data\":[],\"pagination\":{\"next\":\"\",\"previous\":\" \"}}" })
	void pageWithoutAnythingIsEmpty(String json) {
		CursorPage<String> page = MAPPER.readValue(json, new TypeReference<>() {
		});
		assertThat(page).isEqualTo(new CursorPage<>(List.of(), null, null));
		NumberedPage<String> numbered = MAPPER.readValue(json, new TypeReference<>() {
		});
		assertThat(numbered).isEqualTo(new NumberedPage<>(List.of(), 1, 1, 0));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, false, false", "1, 2, true, false", "2, 2, false, true", "2, 3, true, true" })
	void numberedPageHasWhatIsBesideIt(int current, int total, boolean next, boolean previous) {
		NumberedPage<String> page = new NumberedPage<>(List.of("a"), current, total, 9);
		assertThat(page.hasNext()).isEqualTo(next);
		assertThat(page.hasPrevious()).isEqualTo(previous);
	}

	@Test
	void numberedPageIsReadAndWrittenInTheFormOfTheApi() {
		String json = "{\"data\":[\"a\"],\"pagination\":{\"count\":9,\"currentPage\":2,\"totalPages\":3}}";
		NumberedPage<String> page = MAPPER.readValue(json, new TypeReference<>() {
		});
		assertThat(page).isEqualTo(new NumberedPage<>(List.of("a"), 2, 3, 9));
		assertThat(MAPPER.readTree(MAPPER.writeValueAsString(page))).isEqualTo(MAPPER.readTree(json));
	}

	@Test
	void countThatIsMissingIsThatOfTheItems() {
		NumberedPage<String> page = MAPPER.readValue("{\"data\":[\"a\",\"b\"]}", new TypeReference<>() {
		});
		assertThat(page.count()).isEqualTo(2);
	}

}
