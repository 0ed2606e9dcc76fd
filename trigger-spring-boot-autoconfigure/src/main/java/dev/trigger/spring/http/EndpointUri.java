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
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds the address of a call. Each variable becomes exactly one segment of the path,
 * encoded as JavaScript's {@code encodeURIComponent} does.
 */
final class EndpointUri {

	private static final String UNRESERVED = "-_.!~*'()";

	static final String MASK = "****";

	/**
	 * Whoever knows the hash may complete the token.
	 */
	private static final String SECRET = "callbackHash";

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private EndpointUri() {
	}

	static URI of(String baseUrl, TriggerEndpoint endpoint, List<String> variables,
			List<Map.Entry<String, String>> query) {
		StringBuilder uri = new StringBuilder(baseUrl.length() + 96).append(baseUrl);
		appendPath(uri, endpoint, variables);
		char separator = '?';
		for (Map.Entry<String, String> parameter : query) {
			uri.append(separator);
			encode(uri, parameter.getKey(), parameter.getKey());
			uri.append('=');
			encode(uri, parameter.getKey(), parameter.getValue());
			separator = '&';
		}
		return URI.create(uri.toString());
	}

	/**
	 * Return whether a variable of a path is a secret.
	 */
	static boolean isSecret(String name) {
		return SECRET.equals(name);
	}

	/**
	 * Return the value of the variable that is a secret.
	 * @return the value, {@code null} if the endpoint has none
	 */
	static @Nullable String secret(TriggerEndpoint endpoint, List<String> variables) {
		return endpoint.path().endsWith("{" + SECRET + "}") ? variables.get(variables.size() - 1) : null;
	}

	/**
	 * Return the variables of a path with a mask in the place of the secret.
	 */
	static List<String> maskSecret(List<String> variables) {
		List<String> masked = new ArrayList<>(variables);
		masked.set(masked.size() - 1, MASK);
		return masked;
	}

	private static void appendPath(StringBuilder uri, TriggerEndpoint endpoint, List<String> variables) {
		String path = endpoint.path();
		int index = 0;
		int start = 0;
		for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', start)) {
			int close = path.indexOf('}', open);
			uri.append(path, start, open);
			Assert.state(index < variables.size(), () -> "Variables are missing for " + endpoint);
			appendSegment(uri, path.substring(open + 1, close), variables.get(index++));
			start = close + 1;
		}
		uri.append(path, start, path.length());
		Assert.state(index == variables.size(), () -> "There are too many variables for " + endpoint);
	}

	private static void appendSegment(StringBuilder uri, String name, String value) {
		Assert.isTrue(!value.isBlank(), () -> "'" + name + "' must not be empty");
		Assert.isTrue(!value.equals(".") && !value.equals(".."),
				() -> "'" + name + "' must not be '.' or '..': they would change the path of the request");
		Assert.isTrue(value.length() <= 4096, () -> "'" + name + "' must not be longer than 4096 characters");
		for (int i = 0; i < value.length(); i++) {
			Assert.isTrue(!Character.isISOControl(value.charAt(i)),
					() -> "'" + name + "' must not contain line breaks or other control characters");
		}
		encode(uri, name, value);
	}

	private static void encode(StringBuilder uri, String name, String value) {
		int index = 0;
		int length = value.length();
		while (index < length && isUnreserved(value.charAt(index))) {
			index++;
		}
		uri.append(value, 0, index);
		if (index == length) {
			return;
		}
		ByteBuffer bytes = toUtf8(name, value, index);
		while (bytes.hasRemaining()) {
			int octet = bytes.get() & 0xff;
			if (octet < 128 && isUnreserved((char) octet)) {
				uri.append((char) octet);
			}
			else {
				uri.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
			}
		}
	}

	private static ByteBuffer toUtf8(String name, String value, int start) {
		try {
			return StandardCharsets.UTF_8.newEncoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(value, start, value.length()));
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("'" + name + "' contains half of a surrogate pair", ex);
		}
	}

	private static boolean isUnreserved(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || UNRESERVED.indexOf(character) >= 0;
	}

}
