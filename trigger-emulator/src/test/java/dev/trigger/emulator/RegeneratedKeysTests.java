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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys of environments that were replaced.
 */
class RegeneratedKeysTests {

	private final TriggerEmulator emulator = TriggerEmulator.start();

	private final String firstKey = this.emulator.secretKey("prod");

	private final TestClient user = new TestClient(this.emulator.apiUrl()).token(this.emulator.personalAccessToken());

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void replacedKeyAndItsTokensEndADayLater() {
		String token = with(this.firstKey)
			.post("/api/v1/auth/jwt",
					Map.of("claims", Map.of("scopes", new String[] { "read:runs" }), "expirationTime", "7d"))
			.json()
			.path("token")
			.asString();
		assertThat(runs(token)).isEqualTo(200);
		String newKey = regenerate();
		assertThat(newKey).startsWith("tr_prod_").isNotEqualTo(this.firstKey);
		assertThat(this.emulator.secretKey("prod")).isEqualTo(newKey);
		this.emulator.advance(Duration.ofHours(23));
		assertThat(runs(token)).isEqualTo(200);
		assertThat(runs(this.firstKey)).isEqualTo(200);
		this.emulator.advance(Duration.ofHours(2));
		assertThat(runs(token)).isEqualTo(401);
		assertThat(runs(this.firstKey)).isEqualTo(401);
		assertThat(runs(newKey)).isEqualTo(200);
	}

	@Test
	void resetBringsTheFirstKeyBack() {
		String second = regenerate();
		String third = regenerate();
		this.emulator.advance(Duration.ofHours(25));
		assertThat(runs(this.firstKey)).isEqualTo(401);
		this.emulator.reset();
		assertThat(this.emulator.secretKey("prod")).isEqualTo(this.firstKey);
		assertThat(runs(this.firstKey)).isEqualTo(200);
		assertThat(runs(second)).isEqualTo(401);
		assertThat(runs(third)).isEqualTo(401);
	}

	private String regenerate() {
		return this.user.post("/api/v1/projects/" + this.emulator.projectRef() + "/prod/regenerate-api-key", Map.of())
			.json()
			.path("apiKey")
			.asString();
	}

	private int runs(String credential) {
		return with(credential).get("/api/v1/runs").status();
	}

	private TestClient with(String credential) {
		return new TestClient(this.emulator.apiUrl()).token(credential);
	}

}
