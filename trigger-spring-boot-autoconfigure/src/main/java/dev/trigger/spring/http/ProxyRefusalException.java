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

import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Thrown where a proxy does not connect to the server: the response is its own, and the
 * request has gone nowhere.
 */
final class ProxyRefusalException extends ConnectException {

	private static final long serialVersionUID = 1L;

	private static final int CREDENTIALS_REQUIRED = 407;

	/**
	 * What the connectors of Reactor Netty, the JDK and Jetty say. Not all of them have
	 * the response of the proxy in an exception.
	 */
	private static final List<Pattern> MESSAGES = List.of(
			Pattern.compile("^https?, [^,]*, [^,]* => [^,]*, status: (\\d{3})\\b"),
			Pattern.compile("^Tunnel failed, got: (\\d{3})\\b"),
			Pattern.compile("^Unexpected \\w+\\[HTTP/[\\d.]+ (\\d{3})\\b.*TunnelRequest\\[CONNECT ", Pattern.DOTALL));

	private final int status;

	/**
	 * Create an exception.
	 * @param status the status of the response of the proxy
	 */
	ProxyRefusalException(int status) {
		super("The proxy responded with " + status);
		this.status = status;
	}

	/**
	 * Return the refusal of a proxy that is a failure, or the cause of one.
	 * @param failure the failure of a connector
	 * @return the refusal, {@code null} if there is none
	 */
	static @Nullable ProxyRefusalException find(Throwable failure) {
		ProxyRefusalException refusal = Causes.find(failure, ProxyRefusalException.class);
		if (refusal != null) {
			return refusal;
		}
		String message = Causes.root(failure).getMessage();
		for (Pattern pattern : MESSAGES) {
			Matcher matcher = (message != null) ? pattern.matcher(message) : null;
			if (matcher != null && matcher.find()) {
				return new ProxyRefusalException(Integer.parseInt(matcher.group(1)));
			}
		}
		return null;
	}

	/**
	 * Return whether a response can only be that of a proxy which was to connect: in the
	 * place of a server it requires credentials only if it sees what is sent.
	 * @param status the status of the response
	 * @param url the URL of the request
	 * @return {@code true} if the request has gone nowhere
	 */
	static boolean isRefusal(int status, URI url) {
		return status == CREDENTIALS_REQUIRED && ApiUrl.isTls(url);
	}

	/**
	 * Return whether the proxy requires credentials, which another attempt has not
	 * either.
	 */
	boolean requiresCredentials() {
		return this.status == CREDENTIALS_REQUIRED;
	}

	/**
	 * Explain the refusal.
	 * @param property the property that the host of the proxy may come from
	 * @return the explanation
	 */
	String explain(String property) {
		String hint = requiresCredentials() ? "it requires credentials: set them in a ClientHttpConnectorBuilder bean"
				: "check whether it may connect to this server";
		return "the proxy ('" + property + "', or what the connector has) responded with " + this.status
				+ " instead of connecting; " + hint;
	}

}
