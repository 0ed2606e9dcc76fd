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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What scopes of public access tokens allow.
 */
class ScopesTests {

	@ParameterizedTest(name = "{0} for {1} {2}: {3}")
	@CsvSource({ "read:runs, read, runs, true", "read:runs, read, runs:run_1, true", "read:runs, write, runs, false",
			"read:runs:run_1, read, runs:run_1, true", "read:runs:run_1, read, runs:run_2, false",
			"read:runs:run_1, read, runs, false", "read:tags:user:1, read, tags:user:1, true",
			"read:tags:user, read, tags:user:1, false", "read:all, read, runs:run_1, true",
			"read:all:run_2, read, runs:run_1, true", "*:runs, write, runs, true", "*:all, write, runs, true",
			"admin, write, runs, true", "admin:sessions, admin, sessions:s, true",
			"admin:sessions, read, sessions:s, false", "read:runs:, read, runs:run_1, true",
			"admin:, write, runs, true", "read, read, runs, false", "READ:runs, read, runs, false",
			"read::runs, read, runs, false" })
	void allowWhatTheServerReadsIntoThem(String scope, String action, String resource, boolean allowed) {
		assertThat(ApiCall.allows(scope, action, resource)).isEqualTo(allowed);
	}

}
