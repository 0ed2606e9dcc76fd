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

package dev.trigger.spring.autoconfigure.property;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.trigger.spring.auth.ProjectRef;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.unit.DataSize;

/**
 * Which values are accepted. A property without an entry of its own must not be negative.
 */
final class PropertyRules {

	private static final Rule AT_LEAST_ONE = (value) -> (number(value) >= 1) ? null
			: new Violation("but must be at least 1", "a number of at least 1");

	private static final Rule POSITIVE_TIME = (
			value) -> (value instanceof Duration time && !time.isZero() && !time.isNegative()) ? null
					: new Violation("but must be a time longer than zero", "a time such as 30s, or remove it");

	private static final Rule FACTOR = (value) -> (number(value) >= 1 && number(value) <= 1000) ? null
			: new Violation("but must be between 1 and 1000", "a factor such as 1.6; 1 keeps all waits equal");

	private static final Pattern HOST = Pattern
		.compile("[^\\s/@?#:\\\\]+|\\[?\\p{XDigit}*:[\\p{XDigit}:.]*:[\\p{XDigit}:.%\\w]*]?");

	private static final Pattern TABLE_PREFIX = Pattern.compile("[A-Za-z]\\w{0,19}");

	private static final Pattern CREDENTIAL = Pattern
		.compile("tr_(dev|stg|prod|preview|pat|uat)_\\S+|eyJ[\\w-]+(\\.[\\w-]+){2}");

	/**
	 * The properties that may hold a credential, or a secret that looks like one.
	 */
	private static final Set<String> SECRETS = Set.of("secret-key", "access-token", "secret");

	private static final long TWO_GIGABYTES = DataSize.ofGigabytes(2).toBytes();

	/**
	 * By the name of the property below that of the client.
	 */
	private static final Map<String, Rule> RULES = Map.ofEntries(Map.entry("retry.max-attempts", AT_LEAST_ONE),
			Map.entry("retry.multiplier", FACTOR), Map.entry("polling.multiplier", FACTOR),
			Map.entry("polling.delay", POSITIVE_TIME), Map.entry("polling.max-delay", POSITIVE_TIME),
			Map.entry("http.proxy.host", PropertyRules::checkProxyHost),
			Map.entry("http.proxy.port",
					(value) -> (number(value) >= 1 && number(value) <= 65535) ? null
							: new Violation("but must be between 1 and 65535", "the port of the proxy, such as 8080")),
			Map.entry("port",
					(value) -> (number(value) >= 0 && number(value) <= 65535) ? null
							: new Violation("but must be between 0 and 65535",
									"a port such as 8030; 0 means any free one")),
			Map.entry("http.pool.max-connections", AT_LEAST_ONE), Map.entry("http.pool.max-idle-time", POSITIVE_TIME),
			Map.entry("http.pool.max-life-time", POSITIVE_TIME),
			Map.entry("http.max-in-memory-size", PropertyRules::checkResponseSize),
			Map.entry("max-body-size", PropertyRules::checkBodySize), Map.entry("concurrency", AT_LEAST_ONE),
			Map.entry("max-failures", AT_LEAST_ONE), Map.entry("poll-interval", POSITIVE_TIME),
			Map.entry("table-prefix", PropertyRules::checkTablePrefix), Map.entry("lease-duration", POSITIVE_TIME),
			Map.entry("sweep-after", POSITIVE_TIME), Map.entry("project-ref", PropertyRules::checkProjectRef));

	private PropertyRules() {
	}

	/**
	 * Check a value.
	 * @param name the name of the property, below the prefix that is bound
	 * @param value the value
	 * @return what is wrong with it, {@code null} if nothing is
	 */
	static @Nullable Violation check(ConfigurationPropertyName name, Object value) {
		if (value instanceof String text && CREDENTIAL.matcher(text).matches() && !SECRETS.contains(name.toString())) {
			return new Violation("but that is a credential",
					"another value: a key belongs to 'secret-key', a token to 'access-token'");
		}
		Rule rule = RULES.get(name.toString());
		return (rule != null) ? rule.check(value) : checkNotNegative(value);
	}

	private static @Nullable Violation checkProjectRef(Object value) {
		return ProjectRef.isValid(value.toString()) ? null : new Violation("but " + ProjectRef.RULE, ProjectRef.REMEDY);
	}

	private static @Nullable Violation checkTablePrefix(Object value) {
		return TABLE_PREFIX.matcher(value.toString()).matches() ? null
				: new Violation("but must be a letter and up to 19 letters, digits and underscores",
						"the beginning of the names of tables, such as 'shop_trigger_'");
	}

	private static @Nullable Violation checkNotNegative(Object value) {
		if (value instanceof Duration time && time.isNegative()) {
			return new Violation("but a time must not be negative", "a time such as 30s");
		}
		if (value instanceof Number number && number.doubleValue() < 0) {
			return new Violation("but must not be negative", "a number of at least 0");
		}
		if (value instanceof DataSize size && size.isNegative()) {
			return new Violation("but a size must not be negative", "a size such as 16MB");
		}
		return null;
	}

	private static @Nullable Violation checkProxyHost(Object value) {
		return HOST.matcher(String.valueOf(value)).matches() ? null
				: new Violation("but must be the name of a host, without a scheme, user information, path or port",
						"a name such as proxy.example.com, and 'trigger.http.proxy.port' to its port. A proxy that "
								+ "requires a password needs a ClientHttpConnectorBuilder bean");
	}

	private static @Nullable Violation checkResponseSize(Object value) {
		long bytes = ((DataSize) value).toBytes();
		return (bytes == -1 || (bytes > 0 && bytes <= TWO_GIGABYTES)) ? null
				: new Violation("but must be positive and at most 2GB",
						"a size such as 16MB, or to -1 for as much as is possible (2GB)");
	}

	private static @Nullable Violation checkBodySize(Object value) {
		long bytes = ((DataSize) value).toBytes();
		return (bytes > 0 && bytes < TWO_GIGABYTES) ? null
				: new Violation("but must be positive and less than 2GB", "a size such as 1MB");
	}

	private static double number(Object value) {
		return ((Number) value).doubleValue();
	}

	/**
	 * What is wrong with a value.
	 *
	 * @param problem continues "The property is set to …,"
	 * @param remedy continues "Set it to "
	 */
	record Violation(String problem, String remedy) {

	}

	/**
	 * Checks a value.
	 */
	private interface Rule {

		@Nullable Violation check(Object value);

	}

}
