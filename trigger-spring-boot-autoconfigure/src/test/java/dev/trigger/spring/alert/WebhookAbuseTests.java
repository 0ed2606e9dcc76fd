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

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Webhooks that were not sent by Trigger.dev, or not like this.
 */
class WebhookAbuseTests {

	private static final String SECRET = "whsec_test";

	private static final String BODY = "{\"id\":\"webhook_1\",\"type\":\"alert.new\",\"name\":\"caf\u00e9 \u2603\"}";

	private final WebhookVerifier verifier = WebhookVerifier.of(SECRET);

	@Test
	void replayedWebhookHasTheSameId() {
		// the signature has no time, so that only the id tells
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		AlertEvent first = this.verifier.read(body, signed(body));
		AlertEvent second = this.verifier.read(body, signed(body));
		assertThat(second.id()).isEqualTo(first.id()).isEqualTo("webhook_1");
	}

	@Test
	void everyTruncationIsRefused() {
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		HttpHeaders headers = signed(body);
		for (int length = 0; length < body.length; length++) {
			assertRefused(Arrays.copyOf(body, length), headers);
		}
	}

	@Test
	void everyChangedBitIsRefused() {
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		HttpHeaders headers = signed(body);
		for (int bit = 0; bit < body.length * 8; bit++) {
			byte[] changed = body.clone();
			changed[bit / 8] ^= (byte) (1 << (bit % 8));
			assertRefused(changed, headers);
		}
	}

	@Test
	void reEncodedBodyIsRefused() {
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		HttpHeaders headers = signed(body);
		JsonMapper mapper = JsonMapper.shared();
		assertRefused(mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(mapper.readTree(body)), headers);
		assertRefused(BODY.replace("\u00e9", "\\u00e9").getBytes(StandardCharsets.UTF_8), headers);
		assertRefused(("\uFEFF" + BODY).getBytes(StandardCharsets.UTF_8), headers);
		assertThatNoException().isThrownBy(() -> this.verifier.verify(body, headers));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-16BE" })
	void bodyInAnotherCharsetIsRefused(String charset) {
		byte[] body = BODY.getBytes(Charset.forName(charset));
		assertRefused(body, signed(BODY.getBytes(StandardCharsets.UTF_8)));
		// signed nevertheless, it is read as UTF-8 or not at all
		assertThatNoException().isThrownBy(() -> this.verifier.verify(body, signed(body)));
		try {
			assertThat(this.verifier.read(body, signed(body)).type()).isEqualTo("alert.new");
		}
		catch (WebhookPayloadException ex) {
			assertThat(ex.getMessage()).doesNotContain("caf");
		}
	}

	@Test
	void signatureInAnotherFormIsRefused() {
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		String signature = sign(body);
		for (String other : new String[] { signature.toUpperCase(Locale.ROOT), " " + signature, signature + " ",
				signature + "," + signature, "sha256=" + signature, signature.substring(1), signature + "0", "",
				"0".repeat(64), "null" }) {
			HttpHeaders headers = new HttpHeaders();
			headers.add(WebhookVerifier.SIGNATURE_HEADER, other);
			assertRefused(body, headers);
		}
	}

	@Test
	void nameOfTheHeaderMayHaveAnyCase() {
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		HttpHeaders headers = new HttpHeaders();
		headers.add("X-TRIGGER-Signature-HMACSHA256", sign(body));
		assertThatNoException().isThrownBy(() -> this.verifier.verify(body, headers));
	}

	@Test
	void missingAndRepeatedSignaturesAreRefused() {
		byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
		assertRefused(body, new HttpHeaders());
		HttpHeaders twice = signed(body);
		twice.add("X-Trigger-Signature-HmacSha256", sign(body));
		assertRefused(body, twice);
		HttpHeaders rightAndWrong = signed(body);
		rightAndWrong.add(WebhookVerifier.SIGNATURE_HEADER, "0".repeat(64));
		assertRefused(body, rightAndWrong);
	}

	@Test
	void bodyOfTenMegabytesIsRefusedThoughItIsSigned() {
		byte[] body = new byte[10 * 1024 * 1024];
		new Random(1).nextBytes(body);
		HttpHeaders headers = signed(body);
		assertThatExceptionOfType(WebhookTooLargeException.class).isThrownBy(() -> this.verifier.verify(body, headers));
		assertThatNoException().isThrownBy(() -> this.verifier.withMaxBodySize(10 * 1024 * 1024).verify(body, headers));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":", "{\"type\":\"alert.error\",\"object\":{\"a\":" })
	@Timeout(10)
	void signedBodyThatIsTooDeepIsRefused(String level) {
		byte[] body = level.repeat(10_000).getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(WebhookPayloadException.class)
			.isThrownBy(() -> this.verifier.read(body, signed(body)));
	}

	@Test
	void signedBodyWithHugeNumbersIsRefused() {
		byte[] body = ("{\"type\":\"alert.new\",\"n\":" + "9".repeat(100_000) + "}").getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(WebhookPayloadException.class)
			.isThrownBy(() -> this.verifier.read(body, signed(body)));
	}

	@Test
	void ofTheSameKeyTheLastOneCountsAsInJavaScript() {
		byte[] body = "{\"id\":\"a\",\"id\":\"b\",\"type\":\"alert.new\"}".getBytes(StandardCharsets.UTF_8);
		assertThat(this.verifier.read(body, signed(body)).id()).isEqualTo("b");
	}

	private void assertRefused(byte[] body, HttpHeaders headers) {
		assertThatExceptionOfType(WebhookSignatureException.class).isThrownBy(() -> this.verifier.read(body, headers))
			.withMessageNotContaining(SECRET);
	}

	private static HttpHeaders signed(byte[] body) {
		HttpHeaders headers = new HttpHeaders();
		headers.add(WebhookVerifier.SIGNATURE_HEADER, sign(body));
		return headers;
	}

	private static String sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
