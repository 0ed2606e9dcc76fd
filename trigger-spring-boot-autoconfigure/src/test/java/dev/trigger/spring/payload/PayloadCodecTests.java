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

package dev.trigger.spring.payload;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.PermissionDeniedException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.util.RawValue;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PayloadCodec}, with a server on loopback for what is too large.
 */
@ExtendWith(OutputCaptureExtension.class)
class PayloadCodecTests {

	private static final String SIGNATURE = "c0ffee0123456789c0ffee0123456789";

	private static final String LARGE = "x".repeat(PayloadCodec.UPLOAD_THRESHOLD);

	private final LoopbackServer server = new LoopbackServer();

	private final PayloadCodec codec = codec(JsonMapper.shared(), Duration.ofSeconds(30));

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void stringIsText() {
		assertEncoded("say \"hi\"\n", "\"say \\\"hi\\\"\\n\"", "text/plain");
		assertEncoded("", "\"\"", "text/plain");
		assertEncoded(StringNode.valueOf("tree"), "\"tree\"", "text/plain");
	}

	@Test
	void everythingElseIsJson() {
		assertEncoded(Map.of("a", List.of(1, "two")), "{\"a\":[1,\"two\"]}", "application/json");
		assertEncoded(42, "42", "application/json");
		assertEncoded(null, "null", "application/json");
	}

	@Test
	void payloadIsWrittenWithTheSettingsOfTheApplication() {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		EncodedPayload encoded = codec(mapper, null).encode(new Receipt("r_1", null), null);
		assertThat(json(encoded)).isEqualTo("{\"receipt_id\":\"r_1\",\"paid_at\":null}");
	}

	@Test
	void indentedPayloadHasNoLineBreakThatWouldEndAnItemOfABatch() {
		JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		assertThat(json(codec(mapper, null).encode(Map.of("a", 1), null))).isEqualTo("{\"a\":1}");
		JsonMapper raw = JsonMapper.builder().build();
		assertThat(json(codec(raw, null).encode(new RawValue("{\n\"a\":1\r\n}"), null))).isEqualTo("{ \"a\":1  }");
	}

	@Test
	void payloadThatCannotBeWrittenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> encode(new Broken("secret")))
			.withMessageContaining("cannot be written as JSON")
			.withMessageNotContaining("secret");
	}

	@Test
	void payloadIsWrittenOnceForTheValidatorAndTheRequest() {
		AtomicInteger written = new AtomicInteger();
		List<JsonNode> validated = new ArrayList<>();
		PayloadCodec validating = codec(JsonMapper.shared(), null, (task, payload) -> validated.add(payload));
		EncodedPayload encoded = validating.encode("mail", new Object() {
			public int getNumber() {
				return written.incrementAndGet();
			}
		}, null);
		assertThat(json(encoded)).isEqualTo("{\"number\":1}");
		assertThat(validated).containsExactly(read("{\"number\":1}"));
		validating.encode("mail", "text", null);
		assertThat(validated).last().isEqualTo(read("\"text\""));
	}

	@Test
	void payloadBelowTheThresholdTravelsInline() {
		assertThat(encode(LARGE.substring(1))).isNotNull().extracting(EncodedPayload::type).isEqualTo("text/plain");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void largeTextIsUploadedWithoutTheCredential() {
		prepareUpload();
		EncodedPayload encoded = encode(LARGE);
		assertThat(json(encoded)).isEqualTo("\"s3://packets/1\"");
		assertThat(encoded).isNotNull().extracting(EncodedPayload::type).isEqualTo("application/store");
		assertThat(this.server.received()).hasSize(2);
		LoopbackServer.Received question = this.server.received().get(0);
		assertThat(question.method()).isEqualTo("PUT");
		assertThat(question.uri()).matches("/api/v2/packets/trigger%2Fpacket_[0-9a-z]{21}%2Fpayload\\.txt");
		assertThat(question.header("authorization")).startsWith("Bearer tr_dev_");
		LoopbackServer.Received upload = this.server.received().get(1);
		assertThat(upload.method()).isEqualTo("PUT");
		assertThat(upload.uri()).isEqualTo("/bucket/1?X-Amz-Signature=" + SIGNATURE);
		assertThat(upload.header("content-type")).isEqualTo("text/plain");
		assertThat(upload.body()).isEqualTo(LARGE);
		assertThat(upload.headers().keySet()).noneMatch(
				(name) -> name.equals("authorization") || name.startsWith("x-trigger") || name.startsWith("trigger"));
	}

	@Test
	void sizeOfJsonIsCountedInBytes() {
		prepareUpload();
		Map<String, String> payload = Map.of("big", "\u00e9".repeat(70_000));
		assertThat(encode(payload)).isNotNull().extracting(EncodedPayload::type).isEqualTo("application/store");
		assertThat(this.server.received().get(0).uri()).endsWith("%2Fpayload.json");
		assertThat(this.server.received().get(1).header("content-type")).isEqualTo("application/json");
	}

	@Test
	void responseWithoutStoragePathFailsBeforeTheUpload() {
		this.server.respond(200, "{\"presignedUrl\":\"" + this.server.url() + "/bucket/1\"}");
		assertThatExceptionOfType(TriggerException.class).isThrownBy(() -> encode(LARGE))
			.withMessageContaining("storage path");
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void refusedUploadFailsTheCallAndDoesNotRepeatTheSignature() {
		this.server
			.respond(200,
					"{\"presignedUrl\":\"" + this.server.url() + "/bucket/1?X-Amz-Signature=" + SIGNATURE
							+ "\",\"storagePath\":\"p\"}")
			.respond(403, "<Error><SignatureProvided>" + SIGNATURE + "</SignatureProvided></Error>");
		assertThatExceptionOfType(PermissionDeniedException.class).isThrownBy(() -> encode(LARGE))
			.withMessageContaining("403")
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(SIGNATURE))
			.satisfies(
					(ex) -> assertThat(ex.getResponseBody()).contains("SignatureProvided").doesNotContain(SIGNATURE));
	}

	@Test
	void uploadThatTakesTooLongFails() {
		this.server.silence();
		assertThatExceptionOfType(TriggerTimeoutException.class)
			.isThrownBy(() -> encode(codec(JsonMapper.shared(), Duration.ofMillis(200)), LARGE));
	}

	@Test
	void callWithinTransferIsNotToldThatBothTookTooLong() {
		PayloadCodec codec = codec(JsonMapper.shared(), Duration.ofMillis(50));
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Hooks.onErrorDropped(dropped::add);
		try {
			for (int i = 0; i < 20; i++) {
				this.server.silence();
				StepVerifier.create(codec.offload(codec.encode(LARGE, null)))
					.verifyError(TriggerTimeoutException.class);
			}
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
		assertThat(dropped).isEmpty();
	}

	@Test
	void decodedValueStandsAsItIs() {
		assertDecoded(new EncodedOutput(read("{\"a\":1}"), null, null), "{\"a\":1}");
		assertDecoded(new EncodedOutput(read("\"[1,2]\""), null, null), "\"[1,2]\"");
	}

	@Test
	void storedJsonIsParsedOutOfItsString() {
		assertDecoded(new EncodedOutput(read("\"[1,2]\""), "application/json", null), "[1,2]");
		assertDecoded(new EncodedOutput(read("{\"a\":1}"), "application/json; charset=utf-8", null), "{\"a\":1}");
		assertDecoded(new EncodedOutput(read("\"no json\""), "application/json", null), "\"no json\"");
	}

	@Test
	void storedTextStaysText() {
		assertDecoded(new EncodedOutput(read("\"[1,2]\""), "text/plain", null), "\"[1,2]\"");
	}

	@Test
	void superJsonIsRevivedInlineAndOutOfAString() {
		String superJson = "{\"json\":{\"n\":\"5\"},\"meta\":{\"values\":{\"n\":[\"bigint\"]}}}";
		assertDecoded(new EncodedOutput(read(superJson), "application/super+json", null), "{\"n\":5}");
		JsonNode inString = StringNode.valueOf(superJson);
		assertDecoded(new EncodedOutput(inString, "application/super+json", null), "{\"n\":5}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{\"json\":null,\"meta\":{\"values\":[\"undefined\"]}}", "{\"json\":null}" })
	void noValueIsEmpty(String data) {
		EncodedOutput output = new EncodedOutput(read(data), "application/super+json", null);
		StepVerifier.create(this.codec.decodeTree(output)).verifyComplete();
		StepVerifier.create(this.codec.decode(output, Receipt.class)).verifyComplete();
		StepVerifier.create(this.codec.decodeTree(new EncodedOutput(null, null, null))).verifyComplete();
	}

	@Test
	void outputIsReadAsTheTypeOfTheApplication() {
		EncodedOutput output = new EncodedOutput(
				read("{\"json\":{\"receiptId\":\"r_1\",\"paidAt\":\"2025-01-02T03:04:05.678Z\"},"
						+ "\"meta\":{\"values\":{\"paidAt\":[\"Date\"]}}}"),
				"application/super+json", null);
		assertThat(this.codec.<Receipt>decode(output, Receipt.class).block())
			.isEqualTo(new Receipt("r_1", Instant.parse("2025-01-02T03:04:05.678Z")));
	}

	@Test
	void mapsSetsAndBigintsAreReadAsTheTypesOfTheApplication() {
		EncodedOutput output = new EncodedOutput(
				read("{\"json\":{\"counts\":[[\"a\",\"1\"]],\"names\":[\"x\",\"y\"],\"pairs\":[[\"k\",\"v\"]]},"
						+ "\"meta\":{\"values\":{\"counts\":[\"map\",{\"0.1\":[\"bigint\"]}],\"names\":[\"set\"]}}}"),
				"application/super+json", null);
		assertThat(this.codec.<Collections>decode(output, Collections.class).block())
			.isEqualTo(new Collections(Map.of("a", BigInteger.ONE), Set.of("x", "y"), List.of(List.of("k", "v"))));
	}

	@Test
	void mapIsReadAsPairsIfTheTypeWantsThem() {
		EncodedOutput output = new EncodedOutput(read("{\"json\":[[\"k\",\"v\"]],\"meta\":{\"values\":[\"map\"]}}"),
				"application/super+json", null);
		ParameterizedTypeReference<List<List<String>>> type = new ParameterizedTypeReference<>() {
		};
		assertThat(this.codec.<List<List<String>>>decode(output, type.getType()).block())
			.isEqualTo(List.of(List.of("k", "v")));
	}

	@Test
	void outputOfAnotherTypeFailsWithoutQuotingIt() {
		EncodedOutput output = new EncodedOutput(read("{\"paidAt\":\"secret\"}"), null, null);
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> this.codec.decode(output, Receipt.class).block())
			.withMessageContaining("Receipt")
			.withMessageContaining("paidAt")
			.withMessageNotContaining("secret");
	}

	@Test
	void downloadIsUnderstoodByItsContentType() {
		this.server.respond(200, "just text", "content-type", "text/plain")
			.respond(200, "{\"a\":1}", "content-type", "application/json; charset=utf-8")
			.respond(200, "{\"json\":[\"7\"],\"meta\":{\"values\":{\"0\":[\"bigint\"]}}}", "content-type",
					"application/super+json")
			.respond(200, "{\"a\":1}", "content-type", "application/octet-stream");
		assertDecoded(presigned(), "\"just text\"");
		assertDecoded(presigned(), "{\"a\":1}");
		assertDecoded(presigned(), "[7]");
		assertDecoded(presigned(), "\"{\\\"a\\\":1}\"");
		assertThat(this.server.received()).allSatisfy((received) -> {
			assertThat(received.method()).isEqualTo("GET");
			assertThat(received.uri()).isEqualTo("/get?X-Amz-Signature=" + SIGNATURE);
			assertThat(received.header("authorization")).isNull();
		});
	}

	@Test
	void downloadOfUnknownTypeIsReadAsJsonIfTheTypeNeedsIt() {
		this.server.respond(200, "{\"receiptId\":\"r_1\"}", "content-type", "binary/octet-stream")
			.respond(200, "plain", "content-type", "binary/octet-stream");
		assertThat(this.codec.<Receipt>decode(presigned(), Receipt.class).block()).isEqualTo(new Receipt("r_1", null));
		assertThat(this.codec.<String>decode(presigned(), String.class).block()).isEqualTo("plain");
	}

	@Test
	void failedDownloadFailsTheTypedOutput() {
		this.server.respond(404, "<Error>" + SIGNATURE + "</Error>");
		assertThatExceptionOfType(TriggerException.class)
			.isThrownBy(() -> this.codec.decode(presigned(), Receipt.class).block())
			.satisfies((ex) -> assertThat(stackTrace(ex)).contains("404").doesNotContain(SIGNATURE));
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void failedDownloadLeavesTheTreeOutAndIsLogged(CapturedOutput output) {
		this.server.respond(404, "<Error><Code>NoSuchKey</Code></Error>");
		StepVerifier.create(this.codec.decodeTree(presigned())).verifyComplete();
		assertThat(this.server.received()).hasSize(1);
		assertThat(output).contains("could not be downloaded").contains("404").doesNotContain(SIGNATURE);
	}

	@Test
	void malformedPresignedUrlFailsWithoutRepeatingIt() {
		EncodedOutput output = new EncodedOutput(null, null, "http://h/a b?X-Amz-Signature=" + SIGNATURE);
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> this.codec.decode(output, String.class).block())
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain(SIGNATURE));
		assertThat(output.toString()).doesNotContain(SIGNATURE);
	}

	@Test
	void storedPacketIsFetchedByItsName() {
		this.server.respond(200, "{\"presignedUrl\":\"" + presigned().presignedUrl() + "\"}")
			.respond(200, "{\"a\":1}", "content-type", "application/json");
		EncodedOutput output = new EncodedOutput(read("\"packets/a b.json\""), "application/store", null);
		assertDecoded(output, "{\"a\":1}");
		assertThat(this.server.received().get(0).uri()).isEqualTo("/api/v1/packets/packets%2Fa%20b.json");
	}

	private void prepareUpload() {
		this.server
			.respond(200,
					"{\"presignedUrl\":\"" + this.server.url() + "/bucket/1?X-Amz-Signature=" + SIGNATURE
							+ "\",\"storagePath\":\"s3://packets/1\"}")
			.respond(200, "");
	}

	private EncodedOutput presigned() {
		return new EncodedOutput(null, null, this.server.url() + "/get?X-Amz-Signature=" + SIGNATURE);
	}

	private EncodedPayload encode(Object payload) {
		return encode(this.codec, payload);
	}

	private static EncodedPayload encode(PayloadCodec codec, Object payload) {
		EncodedPayload encoded = codec.offload(codec.encode(payload, null)).block();
		assertThat(encoded).isNotNull();
		return encoded;
	}

	private void assertEncoded(Object payload, String json, String type) {
		EncodedPayload encoded = encode(payload);
		assertThat(json(encoded)).isEqualTo(json);
		assertThat(encoded).isNotNull().extracting(EncodedPayload::type).isEqualTo(type);
	}

	private void assertDecoded(EncodedOutput output, String json) {
		JsonNode tree = this.codec.decodeTree(output).block();
		assertThat(tree).isNotNull();
		assertThat(tree.toString()).isEqualTo(json);
	}

	private static String json(EncodedPayload encoded) {
		return new String(TriggerJson.shared().write(encoded.value()), StandardCharsets.UTF_8);
	}

	private static JsonNode read(String json) {
		return TriggerJson.shared().readTree(json);
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private PayloadCodec codec(JsonMapper mapper, @Nullable Duration timeout) {
		return codec(mapper, timeout, null);
	}

	private PayloadCodec codec(JsonMapper mapper, @Nullable Duration timeout, @Nullable PayloadValidator validator) {
		RetryPolicy quick = RetryPolicy.defaults()
			.withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1))
			.withJitter(false);
		CallSettings settings = new CallSettings(
				TriggerCredentials.of(TriggerCredential.of("tr_dev_0123456789abcdefDEV1")), PreviewBranch.none(), null,
				quick, timeout);
		return new PayloadCodec(TriggerHttp.builder(this.server.url(), settings).build(), mapper, validator);
	}

	record Receipt(String receiptId, Instant paidAt) {

	}

	record Collections(Map<String, BigInteger> counts, Set<String> names, List<List<String>> pairs) {

	}

	record Broken(String secret) {

		@JsonProperty
		String broken() {
			throw new IllegalStateException(this.secret);
		}

	}

}
