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
import java.time.Instant;

import dev.trigger.spring.run.RunError;
import dev.trigger.spring.run.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link WebhookVerifier} and the alerts that it reads.
 */
class WebhookVerifierTests {

	private static final String SIGNATURE_OF_NOPE = "5b8ecc52cfe772ffe0bd999d2acb30e53db6a4598353496416dd06f8cbd1a344";

	private static final String SIGNATURE_OF_NOTHING = "43c0f4d23c8e8841358fad4624b1a592799222b29f25bb59baea43cdcb522ed1";

	private final WebhookVerifier verifier = WebhookVerifier.of("whsec_test");

	@Test
	void rightSignatureIsAccepted() {
		assertThatNoException().isThrownBy(() -> verify("nope", SIGNATURE_OF_NOPE));
		assertThatNoException().isThrownBy(() -> verify("", SIGNATURE_OF_NOTHING));
		assertThatNoException().isThrownBy(() -> verify("{\"\u00e9\":\"\u2603\"}",
				"16af7130cf5aa52147d86dd8c7b433fd965ee3a83658f75a62a33a99859d128c"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "5B8ECC52CFE772FFE0BD999D2ACB30E53DB6A4598353496416DD06F8CBD1A344",
			"5b8ecc52cfe772ffe0bd999d2acb30e53db6a4598353496416dd06f8cbd1a34",
			" 5b8ecc52cfe772ffe0bd999d2acb30e53db6a4598353496416dd06f8cbd1a344",
			"5b8ecc52cfe772ffe0bd999d2acb30e53db6a4598353496416dd06f8cbd1a344\u00e9",
			"sha256=5b8ecc52cfe772ffe0bd999d2acb30e53db6a4598353496416dd06f8cbd1a344", SIGNATURE_OF_NOTHING })
	void otherSignatureIsRefused(String signature) {
		assertThatExceptionOfType(WebhookSignatureException.class).isThrownBy(() -> verify("nope", signature))
			.withMessageNotContaining("whsec_test");
	}

	@Test
	void changedBodyIsRefused() {
		assertThatExceptionOfType(WebhookSignatureException.class).isThrownBy(() -> verify("nope ", SIGNATURE_OF_NOPE));
	}

	@Test
	void missingAndRepeatedSignaturesAreRefused() {
		assertThatExceptionOfType(WebhookSignatureException.class).isThrownBy(() -> verify("nope"))
			.withMessageContaining("no header");
		assertThatExceptionOfType(WebhookSignatureException.class)
			.isThrownBy(() -> verify("nope", SIGNATURE_OF_NOPE, SIGNATURE_OF_NOPE))
			.withMessageContaining("more than one");
	}

	@Test
	void signatureOfAnotherSecretIsRefused() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE_OF_NOPE);
		assertThatExceptionOfType(WebhookSignatureException.class)
			.isThrownBy(() -> WebhookVerifier.of("other").verify(bytes("nope"), headers));
	}

	@Test
	void bodyThatIsTooLargeIsRefusedWhateverItsSignature() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE_OF_NOPE);
		assertThatNoException().isThrownBy(() -> this.verifier.withMaxBodySize(4).verify(bytes("nope"), headers));
		assertThatExceptionOfType(WebhookTooLargeException.class)
			.isThrownBy(() -> this.verifier.withMaxBodySize(3).verify(bytes("nope"), headers))
			.withMessageContaining("'trigger.webhook.max-body-size'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void blankSecretIsRefused(String secret) {
		assertThatIllegalArgumentException().isThrownBy(() -> WebhookVerifier.of(secret))
			.withMessageContaining("'trigger.webhook.secret'");
	}

	@Test
	void secretDoesNotShow() {
		assertThat(this.verifier.toString()).doesNotContain("whsec");
	}

	@Test
	void signatureIsVerifiedBeforeTheBodyIsParsed() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE_OF_NOPE);
		assertThatExceptionOfType(WebhookPayloadException.class)
			.isThrownBy(() -> this.verifier.read(bytes("nope"), headers));
		assertThatExceptionOfType(WebhookSignatureException.class)
			.isThrownBy(() -> this.verifier.read(bytes("{]"), headers));
	}

	@Test
	void failedRunIsRead() {
		AlertEvent event = AlertEventReader.read(bytes("""
				{"id":"webhook_1","created":"2025-03-01T10:00:00.000Z","webhookVersion":"v1","type":"alert.run.failed",
				"object":{"task":{"id":"my-task","filePath":"src/a.ts"},
				"run":{"id":"run_1","number":1,"status":"CRASHED","createdAt":"2025-03-01T10:00:00.000Z","isTest":false,
				"tags":["t"],"error":{"type":"BUILT_IN_ERROR","message":"boom","name":"Error","stackTrace":"s",
				"causes":[{"name":"TypeError","message":"inner"}]},
				"isOutOfMemoryError":true,"machine":"small-1x","newField":1},
				"environment":{"id":"e","type":"PRODUCTION","slug":"prod"},
				"organization":{"id":"o","slug":"o","name":"O"},
				"project":{"id":"p","ref":"proj_1","slug":"p","name":"P"}}}"""));
		assertThat(event).isInstanceOfSatisfying(AlertEvent.RunFailed.class, (failed) -> {
			assertThat(failed.id()).isEqualTo("webhook_1");
			assertThat(failed.created()).isEqualTo(Instant.parse("2025-03-01T10:00:00Z"));
			assertThat(failed.webhookVersion()).isEqualTo("v1");
			assertThat(failed.type()).isEqualTo("alert.run.failed");
			assertThat(failed.task().id()).isEqualTo("my-task");
			assertThat(failed.run().status()).isEqualTo(RunStatus.CRASHED);
			assertThat(failed.run().startedAt()).isNull();
			assertThat(failed.run().isOutOfMemoryError()).isTrue();
			assertThat(failed.run().error().message()).isEqualTo("boom");
			assertThat(failed.run().error().causes()).extracting(RunError::message).containsExactly("inner");
			assertThat(failed.project().ref()).isEqualTo("proj_1");
		});
	}

	@Test
	void deploymentsAreRead() {
		assertThat(AlertEventReader.read(bytes("""
				{"id":"w","type":"alert.deployment.success","object":{"deployment":{"id":"d","version":"1",
				"deployedAt":"2025-03-01T10:00:00.000Z"},"tasks":[{"id":"t","triggerSource":"STANDARD"}],
				"git":{"branch":"main","commitSha":"abc","pullRequestNumber":7},
				"vercel":{"deploymentUrl":"https://shop.example"}}}""")))
			.isInstanceOfSatisfying(AlertEvent.DeploymentSuccess.class, (success) -> {
				assertThat(success.deployment().deployedAt()).isEqualTo(Instant.parse("2025-03-01T10:00:00Z"));
				assertThat(success.tasks()).extracting(AlertEvent.Task::triggerSource).containsExactly("STANDARD");
				assertThat(success.git().branch()).isEqualTo("main");
				assertThat(success.git().commitSha()).isEqualTo("abc");
				assertThat(success.git().pullRequestNumber()).isEqualTo(7);
				assertThat(success.vercel().deploymentUrl()).isEqualTo("https://shop.example");
				assertThat(success.environment()).isNull();
			});
		assertThat(AlertEventReader.read(bytes("""
				{"id":"w","type":"alert.deployment.failed","object":{"deployment":{"id":"d"},
				"error":{"name":"E","message":"m","stderr":"s"},"git":{"commitUrl":"https://git.example/abc"}}}""")))
			.isInstanceOfSatisfying(AlertEvent.DeploymentFailed.class, (failed) -> {
				assertThat(failed.error().stderr()).isEqualTo("s");
				assertThat(failed.git().commitUrl()).isEqualTo("https://git.example/abc");
				assertThat(failed.vercel()).isNull();
			});
	}

	@Test
	void groupOfErrorsIsRead() {
		assertThat(AlertEventReader.read(bytes("""
				{"id":"w","type":"alert.error","object":{"classification":"regression","error":{"fingerprint":"f",
				"occurrenceCount":5000000000,"lastSeen":"2025-03-01T10:00:00.000Z"},"environment":{"id":"e",
				"name":"Production"},"dashboardUrl":"https://x"}}""")))
			.isInstanceOfSatisfying(AlertEvent.ErrorGroup.class, (group) -> {
				assertThat(group.classification()).isEqualTo("regression");
				assertThat(group.error().occurrenceCount()).isEqualTo(5_000_000_000L);
				assertThat(group.environment().name()).isEqualTo("Production");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"w\",\"created\":\"x\",\"type\":\"alert.new\",\"object\":{\"a\":1}}",
			"{\"id\":\"w\",\"type\":\"alert.run.failed\",\"object\":7}", "{\"task\":{}}" })
	void alertOfAnUnknownFormIsAValue(String body) {
		assertThat(AlertEventReader.read(bytes(body))).isInstanceOfSatisfying(AlertEvent.Unknown.class,
				(unknown) -> assertThat(unknown.body().toString()).isEqualTo(body));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "[]", "null", "\"x\"", "{\"type\":\"alert.error\",\"object\":{\"error\":\"secret\"}}" })
	void bodyThatIsNoAlertIsRefusedWithoutQuotingIt(String body) {
		assertThatExceptionOfType(WebhookPayloadException.class).isThrownBy(() -> AlertEventReader.read(bytes(body)))
			.withMessageNotContaining("secret");
	}

	private void verify(String body, String... signatures) {
		HttpHeaders headers = new HttpHeaders();
		for (String signature : signatures) {
			headers.add("X-Trigger-Signature-HmacSha256", signature);
		}
		this.verifier.verify(bytes(body), headers);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
