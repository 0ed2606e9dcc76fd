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

import java.util.Set;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TriggerCredentials}.
 */
class TriggerCredentialsTests {

	private static final TriggerCredential KEY = TriggerCredential.of("tr_prod_0123456789abcdefABCD");

	private static final TriggerCredential TOKEN = TriggerCredential.of("tr_pat_0123456789abcdefABCD");

	@Test
	void credentialsAreFoundByTheirMode() {
		TriggerCredentials credentials = TriggerCredentials.of(KEY, TOKEN);
		assertThat(credentials.modes()).isEqualTo(Set.of(AuthMode.SECRET_KEY, AuthMode.PERSONAL_ACCESS_TOKEN));
		assertThat(credentials.fixed(AuthMode.SECRET_KEY)).isSameAs(KEY);
		assertThat(credentials.provider(AuthMode.PERSONAL_ACCESS_TOKEN).getCredential().block()).isSameAs(TOKEN);
		assertThat(credentials.provider(AuthMode.SECRET_KEY).refresh(KEY).block()).isSameAs(KEY);
		assertThat(credentials.fixed(AuthMode.PUBLIC_ACCESS_TOKEN)).isNull();
		assertThat(credentials).hasToString("[SECRET_KEY, PERSONAL_ACCESS_TOKEN]");
	}

	@Test
	void providerMayChangeItsMindAndIsNotFixed() {
		TriggerCredentials credentials = TriggerCredentials.of(KEY).with(AuthMode.SECRET_KEY, () -> Mono.just(TOKEN));
		assertThat(credentials.fixed(AuthMode.SECRET_KEY)).isNull();
		assertThat(credentials.provider(AuthMode.SECRET_KEY).getCredential().block()).isSameAs(TOKEN);
		assertThat(TriggerCredentials.of(KEY).fixed(AuthMode.SECRET_KEY)).isSameAs(KEY);
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		assertThat(TriggerCredentials.none().modes()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerCredentials.of((TriggerCredential) null))
			.withMessage("'credential' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerCredential.of(null))
			.withMessage("'token' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerCredentials.none().with(null, Mono::empty))
			.withMessage("'mode' must be the mode of a credential");
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerCredentials.none().with(AuthMode.SECRET_KEY, null))
			.withMessage("'provider' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerCredentials.of(KEY, KEY))
			.withMessage("Two credentials are of the same kind, secret key");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TriggerCredentials.none().with(AuthMode.NONE, TriggerCredentialProvider.of(KEY)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TriggerCredentials.none().provider(AuthMode.PERSONAL_ACCESS_TOKEN))
			.withMessage("There is no personal access token");
	}

	@Test
	void modesNameTheirProperties() {
		assertThat(AuthMode.SECRET_KEY.property()).isEqualTo("trigger.secret-key");
		assertThat(AuthMode.PERSONAL_ACCESS_TOKEN.property()).isEqualTo("trigger.access-token");
		assertThat(AuthMode.PUBLIC_ACCESS_TOKEN.property()).isEqualTo("trigger.access-token");
		assertThat(AuthMode.NONE.property()).isEmpty();
		assertThat(AuthMode.NONE.description()).isEqualTo("no credential");
	}

	@Test
	void credentialsAreEqualByTheirToken() {
		assertThat(KEY).isEqualTo(TriggerCredential.of(KEY.token()))
			.hasSameHashCodeAs(TriggerCredential.of(KEY.token()))
			.isNotEqualTo(TOKEN)
			.isNotEqualTo(KEY.token());
	}

}
