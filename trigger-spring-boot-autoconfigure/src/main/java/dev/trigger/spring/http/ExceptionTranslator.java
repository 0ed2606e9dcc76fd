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
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.ErrorResponse;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;

/**
 * Makes the client's own exceptions out of what went wrong.
 */
final class ExceptionTranslator {

	private static final int MAX_BODY_CHARS = 65_536;

	private static final int MAX_MESSAGE_CHARS = 2_048;

	private static final String OBJECT_STORE = "The object store";

	static final String NO_BODY = " status code (no body)";

	private ExceptionTranslator() {
	}

	/**
	 * Translate the failure of an attempt. Exceptions that are already the client's own,
	 * or a mistake of the caller, stay as they are, and those of the application's code
	 * are a {@link ForeignException}.
	 */
	static Throwable translate(Throwable failure, CallContext call) {
		return translate(failure, call.endpoint(), () -> call.endpoint() + ": " + call.describeServer(),
				call::describeEffort, call::property);
	}

	/**
	 * Translate the failure of a transfer to or from the object store.
	 */
	static Throwable translate(Throwable failure, URI presignedUrl) {
		return translate(failure, null,
				() -> OBJECT_STORE + " at " + presignedUrl.getHost() + " (from a presigned URL of the server)",
				() -> "", (name) -> CallContext.property(TriggerHttpBuilder.DEFAULT_CLIENT, name));
	}

	private static Throwable translate(Throwable failure, @Nullable TriggerEndpoint endpoint, Supplier<String> server,
			Supplier<String> effort, UnaryOperator<String> property) {
		ForeignException foreign = Causes.find(failure, ForeignException.class);
		if (foreign != null) {
			return foreign;
		}
		if (failure instanceof TriggerException || failure instanceof IllegalArgumentException) {
			return failure;
		}
		String what = (endpoint != null) ? endpoint.toString() : OBJECT_STORE;
		if (Causes.root(failure) instanceof DataBufferLimitException) {
			return new TriggerDecodingException(endpoint,
					what + " returned more than 'trigger.http.max-in-memory-size' allows", failure);
		}
		if (failure instanceof MalformedContentException) {
			return new TriggerDecodingException(endpoint, what + ": " + failure.getMessage(), failure);
		}
		ConnectionFailure connection = ConnectionFailure.of(failure);
		if (connection != null) {
			boolean unsent = connection.isUnsent();
			String message = server.get() + (unsent ? " could not be reached" : " sent no complete response")
					+ effort.get() + ": " + connection.reason(property);
			return new TriggerConnectionException(endpoint, message, unsent, connection.cause());
		}
		return failure;
	}

	/**
	 * Create the exception for a response of the API other than 2xx.
	 * @return the exception, which is yet to be translated if the response is not of the
	 * API
	 */
	static Exception ofResponse(CallContext call, int status, HttpHeaders headers, byte[] bytes) {
		if (ProxyRefusalException.isRefusal(status, call.apiUrl())) {
			return new ProxyRefusalException(status);
		}
		UnaryOperator<String> redaction = call::redact;
		return TriggerApiException.of(call.endpoint(), read(status, headers, bytes, redaction,
				(response, json) -> ErrorExplanation.of(call, response, json.isMissingNode())));
	}

	/**
	 * Create the exception for a response of the object store other than 2xx.
	 * @return the exception, as with
	 * {@link #ofResponse(CallContext, int, HttpHeaders, byte[])}
	 */
	static Exception ofResponse(URI presignedUrl, int status, HttpHeaders headers, byte[] bytes) {
		if (ProxyRefusalException.isRefusal(status, presignedUrl)) {
			return new ProxyRefusalException(status);
		}
		PresignedUrlRedactor redactor = new PresignedUrlRedactor(presignedUrl);
		return TriggerApiException.of(null,
				read(status, headers, bytes, redactor::redact, (response, json) -> ErrorExplanation.of(response)));
	}

	private static ErrorResponse read(int status, HttpHeaders headers, byte[] bytes, UnaryOperator<String> redaction,
			BiFunction<ErrorResponse, JsonNode, @Nullable String> explanation) {
		int length = Math.min(bytes.length, 4 * MAX_BODY_CHARS);
		String text = redaction.apply(new String(bytes, 0, length, StandardCharsets.UTF_8));
		text = truncate(text, MAX_BODY_CHARS);
		JsonNode json = parse(text);
		JsonNode error = json.path("error");
		JsonNode details = error.isObject() ? error : json;
		ErrorResponse response = new ErrorResponse(status, message(status, text, json), string(details, "code"),
				string(details, "type"), string(details, "param"), redact(headers, redaction), text);
		return response.explainedBy(explanation.apply(response, json));
	}

	private static HttpHeaders redact(HttpHeaders headers, UnaryOperator<String> redaction) {
		HttpHeaders redacted = new HttpHeaders();
		headers.forEach((name, values) -> values.forEach((value) -> redacted.add(name, redaction.apply(value))));
		return HttpHeaders.readOnlyHttpHeaders(redacted);
	}

	private static JsonNode parse(String text) {
		try {
			return TriggerJson.shared().readTree(text);
		}
		catch (JacksonException ex) {
			return TriggerJson.shared().missing();
		}
	}

	private static String message(int status, String text, JsonNode json) {
		if (text.isEmpty()) {
			return status + NO_BODY;
		}
		if (json.isMissingNode() || json.isNull()) {
			return status + " " + truncate(text, MAX_MESSAGE_CHARS);
		}
		JsonNode error = json.path("error");
		JsonNode message = error.path("message");
		for (JsonNode candidate : new JsonNode[] { message, error, json.path("message") }) {
			String value = text(candidate);
			if (!value.isEmpty()) {
				return truncate(value, MAX_MESSAGE_CHARS);
			}
		}
		return status + NO_BODY;
	}

	private static String text(JsonNode node) {
		if (node.isMissingNode() || node.isNull()) {
			return "";
		}
		return node.isString() ? node.stringValue() : node.toString();
	}

	private static @Nullable String string(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isString() ? value.stringValue() : null;
	}

	private static String truncate(String text, int length) {
		return (text.length() > length) ? text.substring(0, length) + "…" : text;
	}

}
