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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ObjectStore}, against a server on loopback.
 */
class ObjectStoreTests {

	private static final String SIGNATURE = "c0ffee0123456789%2Bc0ffee";

	private static final List<Integer> WAITS = List.of(500, 1000, 2000, 4000);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
		this.time.dispose();
	}

	@Test
	void lostUploadIsTriedAgainAfterItsOwnWaits() throws Exception {
		this.server.drop().drop().drop().drop().respond(200, "");
		CompletableFuture<Void> upload = upload();
		int attempts = 1;
		for (int wait : WAITS) {
			awaitAttempt(attempts);
			this.time.advanceTimeBy(Duration.ofMillis(wait - 1));
			assertThat(this.server.received()).as("not before %d ms", wait).hasSize(attempts);
			this.time.advanceTimeBy(Duration.ofMillis(1));
			attempts++;
		}
		upload.get(30, TimeUnit.SECONDS);
		assertThat(this.server.received()).hasSize(5).allSatisfy((received) -> {
			assertThat(received.method()).isEqualTo("PUT");
			assertThat(received.body()).isEqualTo("content");
		});
	}

	@Test
	void fifthLossIsTheLastAndDoesNotRepeatTheSignature() {
		this.server.drop().drop().drop().drop().drop();
		CompletableFuture<Void> upload = upload();
		int attempts = 1;
		for (int wait : WAITS) {
			awaitAttempt(attempts++);
			this.time.advanceTimeBy(Duration.ofMillis(wait));
		}
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> upload.get(30, TimeUnit.SECONDS))
			.withCauseInstanceOf(TriggerConnectionException.class)
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain("c0ffee"));
	}

	@Test
	void refusalIsNotTriedAgainAndDoesNotRepeatTheSignature() {
		this.server.respond(403, "<Given>c0ffee0123456789+c0ffee</Given><Query>X-Sig=" + SIGNATURE + "&amp;</Query>");
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> store().download(url()).block(Duration.ofSeconds(30)))
			.withMessageContaining("403")
			.satisfies((ex) -> assertThat(stackTrace(ex) + ex.getResponseBody()).contains("Given")
				.doesNotContain("c0ffee"));
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void policyOfAViewDecidesHowOftenATransferIsTried() {
		this.server.drop().drop().drop();
		assertThatExceptionOfType(TriggerConnectionException.class)
			.isThrownBy(() -> http().with((settings) -> settings.withRetry(RetryPolicy.defaults().withMaxAttempts(1)))
				.objectStore()
				.download(url())
				.block(Duration.ofSeconds(30)));
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void delaysOfThePolicyApplyWhereTheyAreShorter() throws Exception {
		RetryPolicy policy = RetryPolicy.defaults()
			.withJitter(false)
			.withBackoff(Duration.ofMillis(10), 1.6, Duration.ofMillis(15));
		this.server.drop().drop().drop().respond(200, "content");
		CompletableFuture<ObjectStore.Content> download = http().with((settings) -> settings.withRetry(policy))
			.objectStore()
			.download(url())
			.toFuture();
		int attempts = 1;
		for (int wait : List.of(10, 15, 15)) {
			awaitAttempt(attempts++);
			this.time.advanceTimeBy(Duration.ofMillis(wait));
		}
		assertThat(download.get(30, TimeUnit.SECONDS).bytes()).hasSize(7);
	}

	private void awaitAttempt(int attempts) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.server.received()).hasSize(attempts));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.time.getScheduledTaskCount()).isEqualTo(attempts));
	}

	private CompletableFuture<Void> upload() {
		byte[] content = "content".getBytes(StandardCharsets.UTF_8);
		return store().upload(url(), MediaType.TEXT_PLAIN, content).toFuture();
	}

	private ObjectStore store() {
		return http().objectStore();
	}

	private TriggerHttp http() {
		RetryPolicy policy = RetryPolicy.defaults().withJitter(false);
		CallSettings settings = new CallSettings(TriggerCredentials.none(), PreviewBranch.none(), null, policy, null);
		return TriggerHttp.builder(this.server.url(), settings).scheduler(this.time).build();
	}

	private String url() {
		return this.server.url() + "/bucket/1?X-Sig=" + SIGNATURE;
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
