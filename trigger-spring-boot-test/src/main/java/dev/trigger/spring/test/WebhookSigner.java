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

package dev.trigger.spring.test;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.trigger.spring.alert.WebhookVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Signs alerts as Trigger.dev does, so that a test can send one to an endpoint of the
 * application.
 * <p>
 * With MockMvc:
 *
 * <!-- snippet: com/example/alerts/AlertControllerMvcTests.java#post -->
 * <pre class="code">
 * String body = "{\"id\":\"webhook_1\",\"type\":\"alert.new\"}";
 * this.mvc.perform(post("/alerts").content(body).headers(WebhookSigner.of("whsec_test").headers(body)))
 *     .andExpect(status().isOk());
 * </pre>
 *
 * @since 1.0.0
 */
public final class WebhookSigner {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	private WebhookSigner(SecretKeySpec key) {
		this.key = key;
	}

	/**
	 * Return a signer.
	 * @param secret the value of {@code trigger.webhook.secret} in the test
	 * @return the signer
	 * @throws IllegalArgumentException if the secret is blank
	 */
	public static WebhookSigner of(String secret) {
		if (secret.isBlank()) {
			throw new IllegalArgumentException("'secret' must not be blank: use the value of 'trigger.webhook.secret'");
		}
		return new WebhookSigner(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
	}

	/**
	 * Return the signature of a body.
	 * @param body the bytes of the body exactly as the test sends them
	 * @return the signature, 64 hexadecimal digits
	 */
	public String sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has HMAC-SHA256", ex);
		}
	}

	/**
	 * Return the signature of a body.
	 * @param body the body exactly as the test sends it, in UTF-8
	 * @return the signature, 64 hexadecimal digits
	 */
	public String sign(String body) {
		return sign(body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return the headers of a signed alert: the signature and the content type.
	 * @param body the body exactly as the test sends it, in UTF-8
	 * @return the headers
	 */
	public HttpHeaders headers(String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.set(WebhookVerifier.SIGNATURE_HEADER, sign(body));
		return headers;
	}

	@Override
	public String toString() {
		return "WebhookSigner";
	}

}
