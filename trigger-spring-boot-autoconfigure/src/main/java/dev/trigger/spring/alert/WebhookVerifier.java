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

package dev.trigger.spring.alert;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * Verifies that webhooks were sent by Trigger.dev, and reads them. Immutable and
 * thread-safe.
 * <p>
 * The signature covers the bytes of the body as they arrived: verify them before anything
 * parses or re-encodes them.
 *
 * @since 1.0.0
 */
public final class WebhookVerifier {

	/**
	 * The name of the header with the signature.
	 */
	public static final String SIGNATURE_HEADER = "x-trigger-signature-hmacsha256";

	/**
	 * The default maximum size of a body in bytes: 1 MiB.
	 */
	public static final int DEFAULT_MAX_BODY_SIZE = 1024 * 1024;

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	private final int maxBodySize;

	private WebhookVerifier(SecretKeySpec key, int maxBodySize) {
		this.key = key;
		this.maxBodySize = maxBodySize;
	}

	/**
	 * Return a verifier.
	 * @param secret the secret of the webhook, as the dashboard shows it
	 * @return the verifier
	 * @throws IllegalArgumentException if the secret is blank: anybody could sign with it
	 */
	public static WebhookVerifier of(String secret) {
		Assert.hasText(secret, "The secret of the webhook must not be empty: set 'trigger.webhook.secret'");
		return new WebhookVerifier(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM),
				DEFAULT_MAX_BODY_SIZE);
	}

	/**
	 * Return a copy of this verifier with another maximum body size.
	 * @param bytes the maximum size of a body in bytes
	 * @return the new verifier
	 */
	public WebhookVerifier withMaxBodySize(int bytes) {
		Assert.isTrue(bytes > 0, "'maxBodySize' must be positive");
		return new WebhookVerifier(this.key, bytes);
	}

	/**
	 * Return the maximum size of a body, for code that reads it.
	 * @return the size in bytes
	 */
	public int maxBodySize() {
		return this.maxBodySize;
	}

	/**
	 * Verify a webhook.
	 * @param body the bytes of the body as they arrived
	 * @param headers the headers of the request
	 * @throws WebhookTooLargeException if the body is larger than allowed
	 * @throws WebhookSignatureException if there is not exactly one signature, or if it
	 * does not match the body
	 */
	public void verify(byte[] body, HttpHeaders headers) {
		if (body.length > this.maxBodySize) {
			throw new WebhookTooLargeException(this.maxBodySize);
		}
		List<String> signatures = headers.getOrEmpty(SIGNATURE_HEADER);
		if (signatures.size() != 1) {
			throw new WebhookSignatureException("The webhook has " + (signatures.isEmpty() ? "no" : "more than one")
					+ " header '" + SIGNATURE_HEADER + "'");
		}
		if (!isSignature(signatures.get(0), body)) {
			throw new WebhookSignatureException("The signature of the webhook does not match its body: "
					+ "check that 'trigger.webhook.secret' is the secret that the dashboard shows");
		}
	}

	/**
	 * Verify a webhook and read it, in this order.
	 * @param body the bytes of the body as they arrived
	 * @param headers the headers of the request
	 * @return the alert
	 * @throws WebhookTooLargeException if the body is larger than allowed
	 * @throws WebhookSignatureException if there is not exactly one signature, or if it
	 * does not match the body
	 * @throws WebhookPayloadException if the body is not the JSON of an alert
	 */
	public AlertEvent read(byte[] body, HttpHeaders headers) {
		verify(body, headers);
		return AlertEventReader.read(body);
	}

	/**
	 * Compare in constant time, which reveals nothing about the expected signature.
	 */
	private boolean isSignature(String signature, byte[] body) {
		byte[] expected = HexFormat.of().formatHex(sign(body)).getBytes(StandardCharsets.US_ASCII);
		return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
	}

	private byte[] sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return mac.doFinal(body);
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java platform has HMAC-SHA256", ex);
		}
	}

	@Override
	public String toString() {
		return "WebhookVerifier[maxBodySize=" + this.maxBodySize + "]";
	}

}
