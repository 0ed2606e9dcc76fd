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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TriggerCredential}.
 */
class TriggerCredentialTests {

	@ParameterizedTest
	@CsvSource({ "tr_dev_0123456789abcdefABCD, dev", "tr_stg_0123456789abcdefABCD, stg",
			"tr_prod_0123456789abcdefABCD, prod", "tr_preview_0123456789abcdefABCD, preview",
			"tr_prod_sk_0123456789abcdefABCDEFgh, prod" })
	void secretKeyIsToldByItsPrefixTogetherWithItsEnvironment(String token, String environment) {
		TriggerCredential credential = TriggerCredential.of(token);
		assertThat(credential.mode()).isEqualTo(AuthMode.SECRET_KEY);
		assertThat(credential.environment()).isEqualTo(TriggerEnvironment.of(environment));
		assertThat(credential.isRecognized()).isTrue();
	}

	@Test
	void additionalKeyCannotSign() {
		assertThat(TriggerCredential.of("tr_prod_sk_0123456789abcdefABCDEFgh").canSignPublicTokens()).isFalse();
		assertThat(TriggerCredential.of("tr_prod_0123456789abcdefABCD").canSignPublicTokens()).isTrue();
	}

	@Test
	void personalAccessTokenHasNoEnvironment() {
		TriggerCredential credential = TriggerCredential.of("tr_pat_0123456789abcdef");
		assertThat(credential.mode()).isEqualTo(AuthMode.PERSONAL_ACCESS_TOKEN);
		assertThat(credential.environment()).isNull();
		assertThat(credential.canSignPublicTokens()).isFalse();
	}

	@Test
	void tokenOfUserActorIsOneOfItsUser() {
		String token = "tr_uat_" + jwt("{\"sub\":\"user_1\"}");
		TriggerCredential credential = TriggerCredential.of(token);
		assertThat(credential.mode()).isEqualTo(AuthMode.PERSONAL_ACCESS_TOKEN);
		assertThat(credential.isRecognized()).isTrue();
		assertThat(CredentialRedactor.redact("with " + token + ".")).isEqualTo("with tr_uat_••••ture.");
		assertThat(CredentialRedactor.redact("tr_uat_a.b-c")).isEqualTo("tr_uat_••••");
	}

	@Test
	void jwtWithThePublicClaimIsPublicAccessToken() {
		assertThat(TriggerCredential.of(jwt("{\"pub\":true}")).mode()).isEqualTo(AuthMode.PUBLIC_ACCESS_TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"pub\":false}", "{\"pub\":\"true\"}", "{}", "not json" })
	void jwtWithoutThePublicClaimIsTakenForSecretKey(String claims) {
		TriggerCredential credential = TriggerCredential.of(jwt(claims));
		assertThat(credential.mode()).isEqualTo(AuthMode.SECRET_KEY);
		assertThat(credential.isRecognized()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tr_qa_0123456789abcdef", "tr_oat_a.b", "self-hosted-key", "tok", "a.b~c+d/e_f-g==" })
	void unknownFormIsTakenForSecretKeyOfUnknownEnvironment(String token) {
		TriggerCredential credential = TriggerCredential.of(token);
		assertThat(credential.mode()).isEqualTo(AuthMode.SECRET_KEY);
		assertThat(credential.environment()).isNull();
		assertThat(credential.isRecognized()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "Bearer tr_dev_0123456789abcdef", "tr_dev_", "tr_pat_", "tr_dev_abc def",
			"tr_dev_abc\r\nx: y", "\"tr_dev_0123456789abcdef\"", "${TRIGGER_SECRET_KEY}", "tr_dev_\u00e9\u00e9\u00e9",
			"pk_prod_0123456789abcdef", "TRIGGER_SECRET_KEY=tr_dev_0123456789abcdef", "tr_dev_...",
			"tr_prod_<your-key>", "$TRIGGER_SECRET_KEY", "%TRIGGER_SECRET_KEY%", "process.env.TRIGGER_SECRET_KEY",
			"ENC(0123456789abcdef==)", "{cipher}0123456789abcdef", "op://vault/trigger/key", "<n/a>",
			"arn:aws:secretsmanager:eu-west-1:1:secret:trigger", "/run/secrets/trigger_key" })
	void whatCannotBeCredentialIsRefusedWithoutQuotingIt(String token) {
		assertThatExceptionOfType(MalformedCredentialException.class).isThrownBy(() -> TriggerCredential.of(token))
			.satisfies((ex) -> {
				if (token.length() > 15) {
					assertThat(ex.getMessage()).doesNotContain(token).doesNotContain("0123456789abcdef");
				}
			});
	}

	@Test
	void surroundingWhiteSpaceIsRemoved() {
		assertThat(TriggerCredential.of(" tr_dev_0123456789abcdef\n").token()).isEqualTo("tr_dev_0123456789abcdef");
	}

	@Test
	void toStringShowsThePrefixAndTheLastFourCharactersAtMost() {
		assertThat(TriggerCredential.of("tr_prod_0123456789abcdef1b2c")).hasToString("tr_prod_••••1b2c");
		assertThat(TriggerCredential.of("tr_prod_sk_0123456789abcdefABCD1b2c")).hasToString("tr_prod_sk_••••1b2c");
		assertThat(TriggerCredential.of("tr_dev_short")).hasToString("tr_dev_••••");
		assertThat(TriggerCredential.of("tok")).hasToString("••••");
	}

	@Test
	void redactorMasksCredentialsInsideOfText() {
		assertThat(CredentialRedactor.redact("key tr_dev_0123456789abcdefABCD, and " + jwt("{\"pub\":true}") + "!"))
			.isEqualTo("key tr_dev_••••ABCD, and ••••" + "ture!");
	}

	private static String jwt(String claims) {
		Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
		return encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
				+ encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".signature";
	}

}
