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

import java.util.List;
import java.util.regex.Pattern;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.EndpointAvailability;
import dev.trigger.spring.exception.ErrorResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Explains a response with which the API refused a call: what the server does not say,
 * but the client knows.
 */
final class ErrorExplanation {

	private static final int MAX_ID_CHARS = 80;

	private static final int MAX_BODY_CHARS = 500;

	private static final Pattern USER_INFO = Pattern.compile("^([^/]*//)[^/]*@");

	private ErrorExplanation() {
	}

	/**
	 * Explain a response of the API.
	 * @param call the call
	 * @param response the response
	 * @param noJson whether the body is something else than JSON
	 * @return the explanation, {@code null} if the message of the server is enough
	 */
	static @Nullable String of(CallContext call, ErrorResponse response, boolean noJson) {
		boolean page = noJson && isPage(response);
		String text = page ? "a page of HTML" : text(response);
		return switch (response.status()) {
			case 301, 302, 303, 307, 308 -> text + redirected(call, response);
			case 401 -> text + ". " + rejected(call);
			case 404 -> page ? missing(call) : text + ids(call);
			case 407 -> text + ". The proxy requires credentials: set them in a ClientHttpConnectorBuilder bean";
			default -> page ? HtmlPage.describe(response.body()) : !text.equals(response.message()) ? text : null;
		};
	}

	/**
	 * Explain a response of the object store.
	 * @param response the response
	 * @return the explanation, {@code null} if the message of the server is enough
	 */
	static @Nullable String of(ErrorResponse response) {
		return isPage(response) ? HtmlPage.describe(response.body()) : null;
	}

	/**
	 * A proxy or gateway reports its errors in a form of its own, in which the API's
	 * rules find no message.
	 */
	private static String text(ErrorResponse response) {
		String body = response.body().strip();
		boolean silent = response.message().equals(response.status() + ExceptionTranslator.NO_BODY);
		return (silent && body.length() > "{}".length()) ? shorten(body, MAX_BODY_CHARS) : response.message();
	}

	private static String redirected(CallContext call, ErrorResponse response) {
		String location = response.headers().getFirst(HttpHeaders.LOCATION);
		String target = (location != null) ? " to '" + shorten(withoutSecrets(location), MAX_BODY_CHARS) + "'" : "";
		return ". The server redirects" + target + ", but the client does not follow, since it would send the "
				+ "credential there: check '" + call.property("api-url") + "'";
	}

	private static String withoutSecrets(String location) {
		return USER_INFO.matcher(location.split("[?#]", 2)[0]).replaceFirst("$1");
	}

	private static boolean isPage(ErrorResponse response) {
		return HtmlPage.isAnnounced(response.headers()) ? !response.body().isEmpty() : HtmlPage.isPage(response.body());
	}

	private static String missing(CallContext call) {
		return "the server does not have this endpoint. " + EndpointAvailability.describe(call.endpoint())
				+ ". Either the server is of an older version, or '" + call.property("api-url")
				+ "' is not the URL of its API";
	}

	private static String ids(CallContext call) {
		String path = call.endpoint().path();
		List<String> values = call.request().pathVariables();
		StringBuilder ids = new StringBuilder();
		int index = 0;
		for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', open + 1)) {
			String name = path.substring(open + 1, path.indexOf('}', open));
			String value = values.get(index++);
			if (!EndpointUri.isSecret(name)) {
				ids.append(ids.isEmpty() ? " (" : ", ")
					.append(name)
					.append(" '")
					.append(shorten(CredentialRedactor.redact(value), MAX_ID_CHARS))
					.append('\'');
			}
		}
		return ids.isEmpty() ? "" : ids.append(')').toString();
	}

	private static String shorten(String value, int length) {
		return (value.length() > length) ? value.substring(0, length) + "…" : value;
	}

	private static String rejected(CallContext call) {
		TriggerCredential credential = call.credential();
		if (credential == null) {
			return "No credential was sent";
		}
		StringBuilder text = new StringBuilder("The server rejected the ").append(call.mode().description())
			.append(' ')
			.append(credential)
			.append(origin(call));
		TriggerEnvironment environment = call.targetEnvironment();
		String branch = call.branch();
		if (environment != null) {
			text.append(" for the environment '").append(environment).append('\'');
		}
		text.append(": it may be revoked, or belong to another server than '")
			.append(call.property("api-url"))
			.append('\'');
		if (branch != null) {
			text.append(", or the branch '")
				.append(branch)
				.append("' may not exist or be archived ('")
				.append(call.property("preview-branch"))
				.append("')");
		}
		else if (environment == null && call.mode() == AuthMode.PERSONAL_ACCESS_TOKEN) {
			text.append(", or its user may not be a member of the project");
		}
		return text.toString();
	}

	private static String origin(CallContext call) {
		if (call.settings().credentials().fixed(call.mode()) == null) {
			return " (from the TriggerCredentialProvider)";
		}
		if (!call.usesOwnCredentials()) {
			return " (given for this call)";
		}
		TriggerCredential credential = call.credential();
		String property = (credential != null) ? credential.property() : call.mode().property();
		return " (from '" + call.property(property.substring(property.lastIndexOf('.') + 1)) + "')";
	}

}
