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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Knows the names and addresses by which a machine calls itself.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Loopback {

	private Loopback() {
	}

	/**
	 * Return whether a URL leads to this machine.
	 * @param url the URL
	 * @return {@code false} also if it is none
	 */
	public static boolean isLoopbackUrl(String url) {
		try {
			return isLoopback(new URI(url.strip()).getHost());
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	static boolean isLoopback(@Nullable String host) {
		return host != null
				&& (host.equalsIgnoreCase("localhost") || host.toLowerCase(Locale.ROOT).endsWith(".localhost")
						|| host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]"));
	}

}
