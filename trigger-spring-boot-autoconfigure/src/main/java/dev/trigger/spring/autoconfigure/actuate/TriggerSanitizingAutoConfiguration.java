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

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that keeps credentials and webhook
 * secrets out of the actuator's {@code env} and {@code configprops}, even where these
 * show values: under the names of their properties, under misspelled ones, and wherever a
 * placeholder takes them from.
 *
 * @since 1.0.0
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class TriggerSanitizingAutoConfiguration {

	/**
	 * May also be in sources that don't tell which properties they have.
	 */
	private static final List<ConfigurationPropertyName> SECRETS = Stream
		.of("trigger.secret-key", "trigger.access-token", "trigger.webhook.secret")
		.map(ConfigurationPropertyName::of)
		.toList();

	private static final Pattern SECRET_NAME = Pattern
		.compile("trigger.*(secret|token|password|credential).*|trigger.*key");

	private static final Pattern USER_INFORMATION = Pattern.compile("[^/@\\s]+:[^/@\\s]+@");

	@Bean
	@ConditionalOnMissingBean(name = "triggerSanitizingFunction")
	SanitizingFunction triggerSanitizingFunction(Environment environment) {
		Supplier<Set<String>> secrets = SingletonSupplier.of(() -> secrets(environment));
		return SanitizingFunction.sanitizeValue()
			.ifKeyMatches(TriggerSanitizingAutoConfiguration::isSecret)
			.ifMatches((data) -> isSecret(data.getLowerCaseKey(), data.getValue(), secrets));
	}

	private static boolean isSecret(String key) {
		return SECRET_NAME.matcher(key.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "")).matches();
	}

	private static boolean isSecret(String key, @Nullable Object value, Supplier<Set<String>> secrets) {
		String text = String.valueOf(value);
		return !text.equals(CredentialRedactor.redact(text))
				|| (key.startsWith("trigger") && USER_INFORMATION.matcher(text).find())
				|| secrets.get().stream().anyMatch(text::contains);
	}

	/**
	 * What a secret is set to, which may come from a property of another name.
	 */
	private static Set<String> secrets(Environment environment) {
		Set<String> secrets = new HashSet<>();
		TriggerPropertyBinder binder = new TriggerPropertyBinder(environment);
		for (ConfigurationPropertyName name : secretNames(environment)) {
			try {
				String secret = binder.get(name);
				if (secret != null && secret.length() >= 8) {
					secrets.add(secret);
				}
			}
			catch (InvalidTriggerPropertyException ex) {
				// a value that can't be resolved is no secret that could be shown
			}
		}
		return secrets;
	}

	private static Set<ConfigurationPropertyName> secretNames(Environment environment) {
		Set<ConfigurationPropertyName> names = new HashSet<>(SECRETS);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter((name) -> isSecret(name.toString())).forEach(names::add);
			}
		}
		return names;
	}

}
