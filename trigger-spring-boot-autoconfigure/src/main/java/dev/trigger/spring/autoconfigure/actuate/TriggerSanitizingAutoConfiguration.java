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

package dev.trigger.spring.autoconfigure.actuate;

import java.util.Locale;

import dev.trigger.spring.auth.CredentialRedactor;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that keeps credentials out of the
 * actuator's {@code env} and {@code configprops}, even where these show values.
 *
 * @since 1.0.0
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class TriggerSanitizingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "triggerSanitizingFunction")
	SanitizingFunction triggerSanitizingFunction() {
		return SanitizingFunction.sanitizeValue()
			.ifKeyMatches(TriggerSanitizingAutoConfiguration::isCredential)
			.ifValueStringMatches(TriggerSanitizingAutoConfiguration::containsCredential);
	}

	private static boolean isCredential(String key) {
		String uniform = key.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
		return uniform.startsWith("trigger") && (uniform.endsWith("secretkey") || uniform.endsWith("accesstoken"));
	}

	private static boolean containsCredential(String value) {
		return !value.equals(CredentialRedactor.redact(value));
	}

}
