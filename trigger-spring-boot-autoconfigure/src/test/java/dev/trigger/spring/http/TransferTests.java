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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for transfers to and from presigned URLs, as a user meets them: by payloads and
 * outputs that are too large to travel inline.
 */
class TransferTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String SIGNED = "?X-Amz-Signature=c0ffee0123456789abcdef";

	private static final TaskType<String, Void> TASK = TaskType.of("t", String.class, Void.class);

	private static final String PAYLOAD = "x".repeat(200_000);

	@ParameterizedTest
	@ValueSource(ints = { 307, 308, 302 })
	void uploadThatTheObjectStoreSendsOnIsFollowedWithoutCredentials(int status) {
		try (RawServer region = new RawServer((request) -> request.write(RawServer.response("200 OK", "")));
				RawServer store = new RawServer((request) -> request
					.write(RawServer.response(status + " Redirect", "", "location: " + region.url() + request.path())));
				RawServer api = api(store.url() + "/bucket/1" + SIGNED)) {
			client(api).build().tasks().trigger(TASK, PAYLOAD).block(PATIENCE);
			assertThat(region.heads()).singleElement()
				.satisfies((head) -> assertThat(head).startsWith("PUT /bucket/1" + SIGNED)
					.contains("content-length: 200000")
					.doesNotContainIgnoringCase("authorization")
					.doesNotContainIgnoringCase("x-trigger"));
		}
	}

	@Test
	void relativeRedirectIsFollowedThreeTimesAtMost() {
		try (RawServer store = new RawServer((request) -> {
			int hop = Integer.parseInt(request.path().substring(1, 2));
			request.write((hop == 3) ? RawServer.response("200 OK", "")
					: RawServer.response("307 Temporary Redirect", "", "location: /" + (hop + 1) + SIGNED));
		}); RawServer api = api(store.url() + "/0" + SIGNED)) {
			client(api).build().tasks().trigger(TASK, PAYLOAD).block(PATIENCE);
			assertThat(store.heads()).hasSize(4);
		}
		try (RawServer store = new RawServer((request) -> request
			.write(RawServer.response("307 Temporary Redirect", "", "location: /again" + SIGNED)));
				RawServer api = api(store.url() + "/0" + SIGNED)) {
			assertThatExceptionOfType(TriggerApiException.class)
				.isThrownBy(() -> client(api).build().tasks().trigger(TASK, PAYLOAD).block(PATIENCE))
				.satisfies((ex) -> {
					assertThat(ex.getStatus()).isEqualTo(307);
					assertThat(ex.getHeaders().toString()).contains("/again").doesNotContain("c0ffee");
				});
			assertThat(store.heads()).hasSize(4);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://store.example/1", "ftp://127.0.0.1/1", "https://user:secret@127.0.0.1/1", "", "::" })
	void redirectToAnAddressThatMayNotBeUsedIsNotFollowed(String location) {
		try (RawServer store = new RawServer(
				(request) -> request.write(RawServer.response("307 Temporary Redirect", "", "location: " + location)));
				RawServer api = api(store.url() + "/0" + SIGNED)) {
			assertThatExceptionOfType(TriggerApiException.class)
				.isThrownBy(() -> client(api).build().tasks().trigger(TASK, PAYLOAD).block(PATIENCE))
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(307));
		}
	}

	@Test
	void presignedUrlWithoutTlsOnAnotherHostIsRefusedUnlessTheNetworkIsTrusted() {
		try (RawServer api = api("http://store.invalid:9000/bucket/1" + SIGNED)) {
			assertThatExceptionOfType(TriggerDecodingException.class)
				.isThrownBy(() -> client(api).build().tasks().trigger(TASK, PAYLOAD).block(PATIENCE))
				.withMessageContaining("store.invalid")
				.withMessageContaining("'trigger.http.allow-insecure'")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("c0ffee"));
			assertThatExceptionOfType(TriggerException.class)
				.isThrownBy(
						() -> client(api).allowInsecure(true).build().tasks().trigger(TASK, PAYLOAD).block(PATIENCE))
				.withMessageContaining(
						"The object store at store.invalid (from a presigned URL of the server) could not "
								+ "be reached");
		}
	}

	@Test
	void uploadAndCallShareOneTimeLimit() {
		Duration step = Duration.ofSeconds(1);
		AtomicReference<String> url = new AtomicReference<>("");
		try (RawServer api = new RawServer((request) -> {
			Thread.sleep(step.toMillis());
			request.write(
					request.path().startsWith("/api/v2/packets/")
							? RawServer.response("200 OK",
									"{\"presignedUrl\":\"" + url.get() + "/bucket/1" + SIGNED
											+ "\",\"storagePath\":\"1\"}")
							: RawServer.response("200 OK", "{\"id\":\"run_1\"}"));
		})) {
			url.set(api.url());
			long start = System.nanoTime();
			assertThatExceptionOfType(TriggerTimeoutException.class)
				.isThrownBy(() -> client(api).timeout(step.multipliedBy(5).dividedBy(2))
					.build()
					.tasks()
					.trigger(TASK, PAYLOAD)
					.block(PATIENCE))
				.withMessageStartingWith("tasks.trigger")
				.withMessageContaining("'trigger.timeout'");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(step.multipliedBy(5));
			// two steps are done, the third is under way
			assertThat(api.heads()).hasSize(3);
		}
	}

	@Test
	void callAndDownloadShareOneTimeLimit() {
		Duration step = Duration.ofMillis(500);
		AtomicReference<String> url = new AtomicReference<>("");
		try (RawServer api = new RawServer((request) -> {
			Thread.sleep(step.toMillis());
			request.write(request.path().startsWith("/api/") ? RawServer.response("200 OK",
					"{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"outputPresignedUrl\":\"" + url.get() + "/1\"}")
					: RawServer.response("200 OK", "{}"));
		})) {
			url.set(api.url());
			assertThatExceptionOfType(TriggerTimeoutException.class)
				.isThrownBy(() -> client(api).timeout(step.multipliedBy(3).dividedBy(2))
					.build()
					.runs()
					.retrieve("run_1")
					.block(PATIENCE))
				.withMessageStartingWith("runs.retrieve");
			assertThat(client(api).timeout(step.multipliedBy(6)).build().runs().retrieve("run_1").block(PATIENCE))
				.isNotNull();
		}
	}

	@Test
	void uploadsDrawOnTheRetryBudgetOfTheClient() {
		try (RawServer store = new RawServer(
				(request) -> request.write(RawServer.response("503 Service Unavailable", "")));
				RawServer api = api(store.url() + "/bucket/1" + SIGNED)) {
			TriggerOperations trigger = client(api).retry(RetryPolicy.defaults()).retryBudget(10).build();
			Flux.range(0, 3)
				.flatMap((i) -> trigger.tasks().trigger(TASK, PAYLOAD).onErrorResume((ex) -> Mono.empty()))
				.blockLast(PATIENCE);
			// three uploads, and the two retries that the budget allows
			assertThat(store.heads()).hasSize(5);
			assertThatExceptionOfType(ServerException.class)
				.isThrownBy(() -> trigger.tasks().trigger(TASK, PAYLOAD).block(PATIENCE))
				.withMessageContaining("'trigger.retry.budget'");
		}
	}

	@Test
	void itemsDrawOnTheRetryBudgetOfTheClient() {
		try (ScriptedServer api = new ScriptedServer(
				(request) -> request.uri().endsWith("/items") ? new ScriptedServer.Response(503, "{}")
						: new ScriptedServer.Response(202, "{\"id\":\"batch_1\",\"runCount\":1}"))) {
			TriggerOperations trigger = TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
				.apiUrl(api.url())
				.retry((policy) -> policy.withMaxAttempts(10)
					.withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
				.retryBudget(10)
				.build();
			assertThatExceptionOfType(BatchException.class)
				.isThrownBy(() -> trigger.tasks().batchTrigger(TASK, List.of("a")).blockLast(PATIENCE))
				.withMessageContaining("'trigger.retry.budget'");
			assertThat(api.received()).filteredOn((request) -> request.uri().endsWith("/items")).hasSize(3);
		}
	}

	private static RawServer api(String presignedUrl) {
		return new RawServer((request) -> request.write(request.path().startsWith("/api/v2/packets/")
				? RawServer.response("200 OK", "{\"presignedUrl\":\"" + presignedUrl + "\",\"storagePath\":\"1\"}")
				: RawServer.response("200 OK", "{\"id\":\"run_1\"}")));
	}

	private static dev.trigger.spring.TriggerTemplateBuilder client(RawServer api) {
		return TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl(api.url())
			.retry((policy) -> policy.withMaxAttempts(1));
	}

}
