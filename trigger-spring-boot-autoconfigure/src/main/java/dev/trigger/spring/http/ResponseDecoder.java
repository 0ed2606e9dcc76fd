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

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.json.JsonFailures;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Decodes the body of a successful response to the type that the request expects.
 */
final class ResponseDecoder {

	private ResponseDecoder() {
	}

	@SuppressWarnings("unchecked")
	static <T> TriggerResponse<T> decode(CallContext call, ClientResponse response) {
		byte[] content = (response instanceof ReceivedResponse received) ? received.content() : new byte[0];
		HttpHeaders headers = response.headers().asHttpHeaders();
		return new TriggerResponse<>((T) decode(call, headers, content), headers, call.credential());
	}

	/**
	 * Decode the content of a body.
	 * @param call the call, which says the type
	 * @param headers the headers of the response
	 * @param content the content
	 * @return the value, {@code null} if the call returns nothing
	 */
	static @Nullable Object decode(CallContext call, HttpHeaders headers, byte[] content) {
		String page = HtmlPage.describe(headers, content);
		if (page != null) {
			// the server has done nothing, although the status says so
			throw new TriggerDecodingException(call.endpoint(),
					call.endpoint() + " returned " + call.redact(page) + " in place of a response of the API: check '"
							+ call.property("api-url") + "', and whether a proxy or a login stands before the server",
					null);
		}
		Type type = call.request().responseType();
		if (type == Void.class || call.lostResponse().isAlreadyDone()) {
			return null;
		}
		if (type == String.class) {
			return new String(content, StandardCharsets.UTF_8);
		}
		try {
			Object value = !isBlank(content) ? TriggerJson.shared().read(content, type) : null;
			if (value == null) {
				throw TriggerDecodingException.missing(call.endpoint(), "a body");
			}
			return value;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new TriggerDecodingException(call.endpoint(),
					call.endpoint() + " returned a body that is not what was expected: " + reason(ex),
					withoutCredential(ex, call));
		}
	}

	private static boolean isBlank(byte[] content) {
		for (byte next : content) {
			if (!Character.isWhitespace(next)) {
				return false;
			}
		}
		return true;
	}

	private static String reason(Exception ex) {
		return (ex instanceof JacksonException json) ? JsonFailures.ofReading(json) : ex.getClass().getSimpleName();
	}

	/**
	 * The parser quotes what it doesn't understand, which may be a credential.
	 */
	private static @Nullable Exception withoutCredential(Exception failure, CallContext call) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && !message.equals(call.redact(message))) {
				return null;
			}
		}
		return failure;
	}

}
