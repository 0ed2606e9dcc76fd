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

package dev.trigger.spring.test.jdbc;

import org.junit.jupiter.api.Assumptions;

/**
 * What the machine has to have for tests with a real database.
 */
final class InstalledServers {

	private InstalledServers() {
	}

	/**
	 * Skip the test where a server is not installed, or let it fail where
	 * {@code TRIGGER_DATABASES_REQUIRED} is set.
	 */
	static void require(boolean installed, String name, String packages) {
		String reason = name + " is not installed: on Debian, apt-get install " + packages;
		if (!installed && System.getenv("TRIGGER_DATABASES_REQUIRED") != null) {
			throw new AssertionError(reason);
		}
		Assumptions.assumeTrue(installed, reason);
	}

}
