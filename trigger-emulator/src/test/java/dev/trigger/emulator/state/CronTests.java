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

package dev.trigger.emulator.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares times and refusals with those of the library that servers use (cron-parser
 * 4.9), and descriptions with those of another one (cronstrue 2.21): {@code cron.json}
 * has what they gave.
 */
class CronTests {

	@Test
	void comesAtTheTimesOfTheServer() {
		List<String> differences = new ArrayList<>();
		for (JsonNode row : read().path("next")) {
			List<String> expected = row.path("next").valueStream().map(JsonNode::asString).toList();
			List<String> actual = next(row);
			if (!actual.equals(expected)) {
				differences.add(row + " but was " + actual);
			}
		}
		assertThat(differences).isEmpty();
	}

	@Test
	void isRefusedInTheWordsOfTheServer() {
		List<String> differences = new ArrayList<>();
		for (JsonNode row : read().path("errors")) {
			String cron = row.path("cron").asString();
			String actual = error(cron);
			String expected = Json.text(row, "error");
			boolean same = (expected == null) ? actual == null : expected.equals(actual);
			if (!same || (actual == null && Cron.parse(cron).isDescribable() != row.path("describable").asBoolean())) {
				differences.add(row + " but was " + actual);
			}
		}
		assertThat(differences).isEmpty();
	}

	@Test
	void isDescribedInTheWordsOfTheServer() {
		List<String> differences = new ArrayList<>();
		for (JsonNode row : read().path("descriptions")) {
			String actual = Cron.parse(row.path("cron").asString()).describe();
			if (!actual.equals(row.path("description").asString())) {
				differences.add(row + " but was " + actual);
			}
		}
		assertThat(differences).isEmpty();
	}

	private static List<String> next(JsonNode row) {
		try {
			Cron cron = Cron.parse(row.path("cron").asString());
			ZoneId zone = ZoneId.of(row.path("zone").asString());
			List<String> times = new ArrayList<>();
			Instant time = Instant.parse(row.path("from").asString());
			for (int i = 0; i < 3 && time != null; i++) {
				time = cron.next(time, zone);
				times.add((time != null) ? Json.instant(time) : "never");
			}
			return times;
		}
		catch (RuntimeException ex) {
			return List.of(ex.toString());
		}
	}

	private static @Nullable String error(String cron) {
		try {
			Cron.parse(cron);
			return null;
		}
		catch (IllegalArgumentException ex) {
			return ex.getMessage();
		}
	}

	private static JsonNode read() {
		try (InputStream stream = CronTests.class.getResourceAsStream("cron.json")) {
			return Json.mapper().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
