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

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PreviewBranch}.
 */
class PreviewBranchTests {

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "a, preview, a", "a, dev, a", "a, -, a", "a, prod, -", "a, stg, -",
			"a, other, -", "'', preview, -", "' refs/heads/feature/x ', preview, feature/x", "refs/heads/, preview, -",
			"refs/tags/x, dev, refs/tags/x", "'a b~', preview, 'a b~'", "\u00a0x\u00ff, preview, \u00a0x\u00ff" })
	void branchIsNamedWhereItHasMeaning(String name, @Nullable String environment, @Nullable String branch) {
		assertThat(PreviewBranch.of(name).in((environment != null) ? TriggerEnvironment.of(environment) : null))
			.isEqualTo(branch);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "set, one, two, three, set, set", "'', one, two, three, -, -", "-, one, two, three, one, one",
					"-, '', two, three, -, -", "-, -, two, three, two, two", "-, -, -, three, -, three",
					"-, -, -, default, -, -", "-, -, -, refs/heads/x, -, x", "-, -, -, -, -, -" })
	void settingGoesAheadOfVariables(@Nullable String setting, @Nullable String preview, @Nullable String vercel,
			@Nullable String dev, @Nullable String inPreview, @Nullable String inDev) {
		PreviewBranch branch = PreviewBranch.resolve(setting, (name) -> switch (name) {
			case "TRIGGER_PREVIEW_BRANCH" -> preview;
			case "VERCEL_GIT_COMMIT_REF" -> vercel;
			case "TRIGGER_DEV_BRANCH" -> dev;
			default -> throw new AssertionError(name);
		});
		assertThat(branch.in(TriggerEnvironment.PREVIEW)).isEqualTo(inPreview);
		assertThat(branch.in(TriggerEnvironment.DEV)).isEqualTo(inDev);
		assertThat(branch).hasToString((inDev != null) ? inDev : "none");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\u001fb", "a\u007fb", "a\u009fb", "a\u0100b", "\u20ac" })
	void nameThatNoHeaderCanHaveIsRefused(String name) {
		assertThatExceptionOfType(InvalidBranchException.class).isThrownBy(() -> PreviewBranch.of(name))
			.satisfies((ex) -> assertThat(ex.getSource()).isEqualTo("trigger.preview-branch"));
		for (String variable : new String[] { "TRIGGER_PREVIEW_BRANCH", "VERCEL_GIT_COMMIT_REF",
				"TRIGGER_DEV_BRANCH" }) {
			assertThatExceptionOfType(InvalidBranchException.class)
				.isThrownBy(() -> PreviewBranch.resolve(null, Map.of(variable, name)::get))
				.satisfies((ex) -> assertThat(ex.getSource()).isEqualTo(variable));
		}
	}

	@Test
	void noneIsNoBranchAnywhere() {
		assertThat(PreviewBranch.none().in(TriggerEnvironment.PREVIEW)).isNull();
		assertThat(PreviewBranch.none().in(TriggerEnvironment.DEV)).isNull();
		assertThat(PreviewBranch.none().in(null)).isNull();
	}

}
