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

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checked address of an API.
 */
final class ApiUrl {

	private static final Pattern API_PATH = Pattern.compile("/api(/v\\d+)?$");

	private static final int MAX_PORT = 65535;

	private final URI uri;

	private final boolean allowInsecure;

	private ApiUrl(URI uri, boolean allowInsecure) {
		this.uri = uri;
		this.allowInsecure = allowInsecure;
	}

	/**
	 * Check an address.
	 * @param value the address; slashes at its end are removed
	 * @param allowInsecure whether http is allowed for hosts other than loopback
	 * @return the checked address
	 */
	static ApiUrl of(String value, boolean allowInsecure) {
		URI uri = parse(value);
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		String host = uri.getHost();
		if (host == null && uri.getRawAuthority() != null) {
			throw notAHost(uri.getAuthority());
		}
		if (!(scheme.equals("https") || scheme.equals("http")) || host == null) {
			throw new InvalidApiUrlException("The API URL is not a web address",
					"Set 'trigger.api-url' to an address such as https://api.trigger.dev");
		}
		if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
			throw new InvalidApiUrlException("The API URL has the port " + uri.getPort() + ", which no server can have",
					"Use a port from 1 to " + MAX_PORT + " in 'trigger.api-url'");
		}
		if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
			throw new InvalidApiUrlException("The API URL contains user information, a query or a fragment",
					"Leave only scheme, host, port and path in 'trigger.api-url'");
		}
		Matcher suffix = API_PATH.matcher(uri.toString());
		if (suffix.find()) {
			throw new InvalidApiUrlException(
					"The API URL ends with '" + suffix.group() + "', which the client adds itself",
					"Set 'trigger.api-url' to '" + uri.toString().substring(0, suffix.start()) + "'");
		}
		if (scheme.equals("http") && !allowInsecure && !Loopback.isLoopback(host)) {
			throw new InvalidApiUrlException(
					"The API URL is http on the host '" + host + "', where the credential "
							+ "could be read on its way",
					"Use https in 'trigger.api-url', or set 'trigger.http.allow-insecure' to true if the network is "
							+ "trusted");
		}
		return new ApiUrl(URI.create(uri.toASCIIString()), allowInsecure);
	}

	/**
	 * Container engines let services have names that no URL can have, and names in other
	 * scripts have a form in ASCII for URLs.
	 */
	private static InvalidApiUrlException notAHost(String authority) {
		String name = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
		return new InvalidApiUrlException("The API URL has the host '" + name + "', which is not a valid host name",
				(name.indexOf('_') >= 0)
						? "Give the server a name or alias of letters, digits and hyphens, and use it in 'trigger.api-url'"
						: "Use the name in ASCII in 'trigger.api-url'" + ascii(name));
	}

	private static String ascii(String name) {
		try {
			return ", such as '" + IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES) + "'";
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static URI parse(String value) {
		String url = value.strip();
		while (url.endsWith("/")) {
			url = url.substring(0, url.length() - 1);
		}
		try {
			return new URI(url);
		}
		catch (URISyntaxException ex) {
			throw new InvalidApiUrlException("The API URL cannot be parsed, at index " + ex.getIndex(),
					"Set 'trigger.api-url' to an address such as https://api.trigger.dev");
		}
	}

	/**
	 * Return whether a presigned URL may be used: over https, or where the API itself may
	 * be called without.
	 */
	boolean allows(URI url) {
		String host = url.getHost();
		return isTls(url) || this.allowInsecure || Loopback.isLoopback(host)
				|| this.uri.getHost().equalsIgnoreCase(host);
	}

	/**
	 * Return whether a transfer may be sent on from one URL to another.
	 */
	boolean allowsRedirect(URI from, URI to) {
		boolean downgrade = isTls(from) && !isTls(to);
		return allows(to) && (!downgrade || this.allowInsecure);
	}

	boolean isTls() {
		return isTls(this.uri);
	}

	static boolean isTls(URI url) {
		return "https".equalsIgnoreCase(url.getScheme());
	}

	URI toUri() {
		return this.uri;
	}

	@Override
	public String toString() {
		return this.uri.toString();
	}

}
