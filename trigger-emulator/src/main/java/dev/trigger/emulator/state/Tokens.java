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

package dev.trigger.emulator.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Signs and reads public access tokens.
 *
 * @since 1.0.0
 */
public final class Tokens {

	private static final String HEADER = encode("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));

	private Tokens() {
	}

	/**
	 * Sign a token.
	 * @param claims the claims, completed by issuer, audience and times
	 * @param key the secret key of the environment
	 * @param now when the token is issued
	 * @param lifetime how long it is valid
	 * @return the token
	 */
	public static String sign(JsonBody claims, String key, Instant now, Duration lifetime) {
		JsonBody all = new JsonBody();
		all.putAll(claims);
		all.with("iss", "https://id.trigger.dev")
			.with("aud", "https://api.trigger.dev")
			.with("exp", now.plus(lifetime).getEpochSecond())
			.with("iat", now.getEpochSecond());
		String content = HEADER + "." + encode(Json.bytes(all));
		return content + "." + encode(hmac(key, content));
	}

	/**
	 * Read the claims without looking at the signature.
	 * @param token the token
	 * @return the claims, or {@code null} when this is no token
	 */
	public static @Nullable JsonNode claims(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3) {
			return null;
		}
		try {
			return Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Return whether a token was signed with a key.
	 * @param token the token
	 * @param key the key
	 * @return {@code true} when the signature is right
	 */
	public static boolean isSignedWith(String token, String key) {
		int dot = token.lastIndexOf('.');
		String expected = encode(hmac(key, token.substring(0, dot)));
		return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
				token.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return a keyed hash.
	 * @param key the key
	 * @param content the content
	 * @return 64 hexadecimal digits
	 */
	public static String hash(String key, String content) {
		return HexFormat.of().formatHex(hmac(key, content));
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static byte[] hmac(String key, String content) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is part of every Java platform", ex);
		}
	}

}
