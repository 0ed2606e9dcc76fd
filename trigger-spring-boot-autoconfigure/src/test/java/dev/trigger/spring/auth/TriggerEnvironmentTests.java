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

package dev.trigger.spring.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TriggerEnvironment}.
 */
class TriggerEnvironmentTests {

	@ParameterizedTest
	@CsvSource({ "dev, dev, dev, true", "STG, stg, staging, false", "staging, staging, staging, false",
			"prod, prod, prod, false", "Preview, preview, preview, true", "eu-West_1, eu-west_1, eu-west_1, false" })
	void slugAndNameAreThoseOfTheApi(String slug, String expected, String longName, boolean branches) {
		TriggerEnvironment environment = TriggerEnvironment.of(slug);
		assertThat(environment.slug()).isEqualTo(expected);
		assertThat(environment.longName()).isEqualTo(longName);
		assertThat(environment.hasBranches()).isEqualTo(branches);
		assertThat(environment).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a/b", "a.b", "prod\n", "pr\u00f6d", "a\u0080" })
	void whatIsNoSlugIsRefusedWithThoseThatThereAre(String slug) {
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerEnvironment.of(slug))
			.withMessageContaining("use dev, stg, prod or preview");
	}

	@Test
	void stagingIsOneEnvironmentByBothNames() {
		assertThat(TriggerEnvironment.of("staging")).isEqualTo(TriggerEnvironment.STAGING)
			.hasSameHashCodeAs(TriggerEnvironment.STAGING);
		assertThat(TriggerEnvironment.STAGING).isEqualTo(TriggerEnvironment.of("staging"));
		assertThat(TriggerEnvironment.of("other")).isEqualTo(TriggerEnvironment.of("other"))
			.hasSameHashCodeAs(TriggerEnvironment.of("other"))
			.isNotEqualTo(TriggerEnvironment.PROD)
			.isNotEqualTo("other");
		assertThat(TriggerEnvironment.DEV.hashCode()).isNotEqualTo(TriggerEnvironment.PROD.hashCode());
	}

}
