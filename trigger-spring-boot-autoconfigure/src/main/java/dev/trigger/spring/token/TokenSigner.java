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

package dev.trigger.spring.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.json.TriggerJson;

/**
 * Signs tokens with the secret key of an environment.
 */
final class TokenSigner {

	private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);

	private static final int MIN_KEY_BYTES = 32;

	private TokenSigner() {
	}

	static String sign(Map<String, Object> claims, TriggerCredential credential) {
		JWSObject token = new JWSObject(HEADER, new Payload(TriggerJson.shared().write(claims)));
		try {
			token.sign(new MACSigner(key(credential.token())));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("The public access token cannot be signed", ex);
		}
		return token.serialize();
	}

	/**
	 * Secret keys have 28 characters, while the signer insists on 32 bytes. HMAC itself
	 * fills a key up with zeros to its block of 64 bytes (RFC 2104), so that some zeros
	 * more change nothing.
	 */
	private static byte[] key(String secretKey) {
		byte[] key = secretKey.getBytes(StandardCharsets.UTF_8);
		return (key.length < MIN_KEY_BYTES) ? Arrays.copyOf(key, MIN_KEY_BYTES) : key;
	}

}
