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

package dev.trigger.spring.autoconfigure;

import java.util.List;

import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Finds the SSL bundle that a property names.
 */
final class NamedSslBundle {

	private NamedSslBundle() {
	}

	/**
	 * Find a bundle.
	 * @param name the value of the property, {@code null} if it is not set
	 * @param prefix the prefix of the client's properties
	 * @param sslBundles the bundles of the application, if any
	 * @return the bundle, {@code null} if the property is not set
	 * @throws InvalidTriggerPropertyException if there is no such bundle
	 */
	static @Nullable SslBundle find(@Nullable String name, String prefix, @Nullable SslBundles sslBundles) {
		if (name == null) {
			return null;
		}
		String property = prefix + ".http.ssl.bundle";
		if (sslBundles == null) {
			throw missing(property, name, List.of());
		}
		try {
			return sslBundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw missing(property, name, sslBundles.getBundleNames());
		}
	}

	private static InvalidTriggerPropertyException missing(String property, String name, List<String> existing) {
		return new InvalidTriggerPropertyException(property,
				"'" + property + "' names the SSL bundle '" + name + "', which does not exist; there "
						+ (existing.isEmpty() ? "are none" : "are: " + String.join(", ", existing)),
				"Define it below 'spring.ssl.bundle', such as 'spring.ssl.bundle.pem." + name
						+ ".truststore.certificate', or remove '" + property + "'");
	}

}
