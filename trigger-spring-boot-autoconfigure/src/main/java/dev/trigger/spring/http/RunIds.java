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

package dev.trigger.spring.http;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.endpoint.TriggerEndpoint;

import org.springframework.util.Assert;

/**
 * Refuses what can't be the id of a run. The server takes it for one that is not visible
 * yet, and asks to try again.
 */
final class RunIds {

	private static final String PREFIX = "run_";

	private static final Set<TriggerEndpoint> ENDPOINTS = EnumSet.noneOf(TriggerEndpoint.class);

	static {
		Arrays.stream(TriggerEndpoint.values())
			.filter((endpoint) -> endpoint.path().contains("/runs/{runId}"))
			.forEach(ENDPOINTS::add);
	}

	private RunIds() {
	}

	static void check(TriggerRequest<?> request) {
		if (ENDPOINTS.contains(request.endpoint())) {
			String id = request.pathVariables().get(0);
			// ids that are blank, long or have control characters are refused
			// elsewhere, without being quoted
			Assert.isTrue(
					id.startsWith(PREFIX) || id.isBlank() || id.length() > 100
							|| id.chars().anyMatch(Character::isISOControl),
					() -> "'" + CredentialRedactor.redact(id) + "' is not the id of a run, which begins with '" + PREFIX
							+ "'");
		}
	}

}
