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

package dev.trigger.emulator.api;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.ResponseException;

/**
 * The URLs that servers don't send webhooks to: those of their own network.
 */
final class WebhookUrls {

	private static final Pattern LOCAL_NAME = Pattern.compile("(?:.*\\.)?(?:localhost|internal|local)");

	private static final Pattern LOCAL_IPV4 = Pattern.compile("(?:0|127|10|22[4-9]|2[3-5]\\d)(?:\\.\\d{1,3}){3}"
			+ "|172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2}|(?:192\\.168|169\\.254|198\\.1[89])(?:\\.\\d{1,3}){2}"
			+ "|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])(?:\\.\\d{1,3}){2}");

	private static final Pattern LOCAL_IPV6 = Pattern
		.compile("\\[(?:::1?|::0|0(?::0){7}|fe[89ab][0-9a-f]?:.*|f[cd][0-9a-f]{2}:.*|ff.*|::ffff:.*)]");

	private WebhookUrls() {
	}

	/**
	 * Refuse a URL that is none, or that leads into the server's own network.
	 * @param text the URL
	 */
	static void refuseUnsafe(String text) {
		URI url;
		try {
			url = URI.create(text.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseException(422, "Webhook URL is not a valid URL");
		}
		String scheme = (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
		if (scheme.isEmpty()) {
			throw new ResponseException(422, "Webhook URL is not a valid URL");
		}
		if (!scheme.equals("http") && !scheme.equals("https")) {
			throw new ResponseException(422, "Webhook URL must use http or https (got " + scheme + ":)");
		}
		if (url.getHost() == null) {
			throw new ResponseException(422, "Webhook URL is not a valid URL");
		}
		String host = url.getHost().toLowerCase(Locale.ROOT);
		if (LOCAL_NAME.matcher(host).matches()) {
			throw new ResponseException(422, "Webhook URL host is not allowed: " + host);
		}
		if (LOCAL_IPV4.matcher(host).matches()) {
			throw new ResponseException(422, "Webhook URL points at a private/loopback/link-local address: " + host);
		}
		if (LOCAL_IPV6.matcher(host).matches()) {
			throw new ResponseException(422,
					"Webhook URL points at a private/loopback/link-local IPv6 address: " + host);
		}
	}

}
