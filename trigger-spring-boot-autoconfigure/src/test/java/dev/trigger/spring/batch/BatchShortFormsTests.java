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

package dev.trigger.spring.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that the short forms of {@link BatchOperations} do what their long forms do, and
 * that a batch that fails says where.
 */
class BatchShortFormsTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final List<BatchItem> ITEMS = List.of(BatchItem.of("a", 1));

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.realtime((live) -> live.withMaxFeeds(0))
		.retry((policy) -> policy.withMaxAttempts(1))
		.build();

	private final BatchOperations batches = this.trigger.batches();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void created(String id, String... more) {
		this.server.respond(202, "{\"id\":\"" + id + "\"" + String.join("", more) + "}");
	}

	private void sealed() {
		this.server.respond(202, "{\"itemsAccepted\":1,\"sealed\":true}");
	}

	@Test
	void batchIsTriggeredWithoutOptionsOrWithABuilderOfThem() {
		created("batch_1");
		sealed();
		assertThat(this.batches.trigger(ITEMS).block(LONGEST)).extracting(BatchHandle::id, BatchHandle::runCount)
			.containsExactly("batch_1", 1);
		created("batch_2", ",\"runCount\":7");
		sealed();
		assertThat(this.batches.trigger(ITEMS, (options) -> options.idempotencyKey("import")).block(LONGEST))
			.extracting(BatchHandle::id, BatchHandle::runCount)
			.containsExactly("batch_2", 7);
		assertThat(this.server.received()).hasSize(4);
		assertThat(this.server.received().get(0).body()).doesNotContain("idempotencyKey");
		assertThat(this.server.received().get(2).body()).contains("idempotencyKey");
	}

	@Test
	void sourceIsTriggeredWithoutOptionsOrWithABuilderOfThem() {
		created("batch_1");
		sealed();
		assertThat(this.batches.triggerAll(Flux.fromIterable(ITEMS)).map(BatchHandle::id).collectList().block(LONGEST))
			.containsExactly("batch_1");
		created("batch_2");
		sealed();
		assertThat(this.batches.triggerAll(Flux.fromIterable(ITEMS), (options) -> options.idempotencyKey("import"))
			.map(BatchHandle::id)
			.collectList()
			.block(LONGEST)).containsExactly("batch_2");
		assertThat(this.server.received().get(0).body()).doesNotContain("idempotencyKey");
		assertThat(this.server.received().get(2).body()).contains("idempotencyKey");
	}

	@Test
	void batchIsCreatedWithABuilderOfOptions() {
		created("batch_1");
		assertThat(this.batches.create(2, (options) -> options.taskIdentifiers(List.of("a"))).block(LONGEST))
			.isNotNull();
		assertThat(this.server.received()).singleElement()
			.satisfies(
					(request) -> assertThat(request.body()).isEqualTo("{\"runCount\":2,\"taskIdentifiers\":[\"a\"]}"));
	}

	@Test
	void itemWithoutPayloadIsSentWithoutOne() {
		created("batch_1");
		sealed();
		this.batches.trigger(List.of(BatchItem.withoutPayload("a"))).block(LONGEST);
		assertThat(this.server.received().get(1).body()).contains("\"task\":\"a\"").doesNotContain("\"payload\"");
	}

	@Test
	void largeItemOfAStreamIsUploaded() {
		this.server.respond(200, "{\"presignedUrl\":\"" + this.server.url() + "/1\",\"storagePath\":\"packets/1\"}")
			.respond(200, "");
		sealed();
		this.batches.streamItems("batch_1", Flux.just(BatchItem.of("a", "x".repeat(200_000)))).block(LONGEST);
		assertThat(this.server.received().get(1).body()).hasSize(200_000);
		assertThat(this.server.received().get(2).body()).contains("packets/1", "application/store")
			.doesNotContain("xxxx");
	}

	@Test
	void timeoutNamesTheFailureOfTheLastAttempt() {
		BatchCreation creation = new BatchCreation(3);
		TriggerTimeoutException bare = new TriggerTimeoutException("too late", LONGEST, null);
		assertThat(creation.timedOut(bare)).hasMessageContaining("too late").cause().isSameAs(bare);
		IllegalStateException last = new IllegalStateException("last");
		creation.attemptFailed(last);
		assertThat(creation.timedOut(bare).getCause()).isInstanceOf(TriggerTimeoutException.class)
			.hasMessage("too late")
			.cause()
			.isSameAs(last);
		TriggerTimeoutException caused = new TriggerTimeoutException("too late", LONGEST, new IllegalStateException());
		assertThat(creation.timedOut(caused)).cause().isSameAs(caused);
	}

	@Test
	void failureOfAnotherKindIsNotDescribed() {
		IllegalStateException failure = new IllegalStateException();
		assertThat(new SourceProgress().describe(failure)).isSameAs(failure);
	}

	@Test
	void batchIsRetrievedAsItIs() {
		this.server.respond(200, "{\"id\":\"batch_1\",\"status\":\"PENDING\"}");
		assertThat(this.batches.retrieve("batch_1").map(Batch::isFinished).block(LONGEST)).isFalse();
		this.server.respond(200, "{\"id\":\"batch_1\",\"items\":[{\"ok\":true,\"id\":\"run_1\"}]}");
		assertThat(this.batches.results("batch_1").block(LONGEST))
			.satisfies((results) -> assertThat(results.items()).singleElement()
				.satisfies((item) -> assertThat(item.id()).isEqualTo("run_1")));
		assertThat(this.server.received()).extracting(LoopbackServer.Received::uri)
			.containsExactly("/api/v2/batches/batch_1", "/api/v1/batches/batch_1/results");
	}

	@Test
	void waitsTakeTheirPollingAsAValueToo() {
		Polling often = Polling.defaults().every(Duration.ofMillis(5));
		String over = "{\"id\":\"batch_1\",\"status\":\"COMPLETED\",\"runs\":[\"run_1\"]}";
		BatchHandle<String> handle = new BatchHandle<>("batch_1", 1, false, String.class, null);
		this.server.respond(200, over).respond(200, over).respond(200, over).respond(200, over);
		assertThat(this.batches.awaitCompletion("batch_1").map(Batch::isFinished).block(LONGEST)).isTrue();
		assertThat(this.batches.awaitCompletion("batch_1", often).map(Batch::isFinished).block(LONGEST)).isTrue();
		assertThat(this.batches.runs(handle).map(RunHandle::id).collectList().block(LONGEST)).containsExactly("run_1");
		assertThat(this.batches.runs(handle, often).map(RunHandle::id).collectList().block(LONGEST))
			.containsExactly("run_1");
	}

	@Test
	void itemsThatGotNoRunFailAfterTheRunsOfTheOthers() {
		this.server.respond(200, """
				{"id":"batch_1","status":"PARTIAL_FAILED","runCount":2,"runs":["run_1"],
				"processing":{"errors":[{"index":1,"error":"Too large"}]}}""");
		BatchHandle<Object> handle = new BatchHandle<>("batch_1", 2, false, Object.class, null);
		List<String> runs = new ArrayList<>();
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.batches.runs(handle).map(RunHandle::id).doOnNext(runs::add).blockLast(LONGEST))
			.withMessageContaining("item 1 (Too large)")
			.satisfies((ex) -> assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.RUNS));
		assertThat(runs).containsExactly("run_1");
	}

	@Test
	void batchOfTooManyItemsNamesTheOtherMethod() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.batches.trigger(Collections.nCopies(1001, BatchItem.of("a", 1))))
			.withMessageContaining("not 1001: use triggerAll");
		created("batch_1");
		sealed();
		assertThat(this.batches.trigger(Collections.nCopies(1000, BatchItem.of("a", 1))).block(LONGEST)).isNotNull();
	}

	@Test
	void batchOfOneLargeItemIsUploaded() {
		this.server
			.respond(200, "{\"presignedUrl\":\"" + this.server.url() + "/bucket/1\",\"storagePath\":\"stored/1\"}")
			.respond(200, "");
		created("batch_1");
		sealed();
		assertThat(this.batches.trigger(List.of(BatchItem.of("a", "x".repeat(200_000)))).block(LONGEST)).isNotNull();
		assertThat(this.server.received()).hasSize(4)
			.last()
			.satisfies((items) -> assertThat(items.body()).contains("stored/1").hasSizeLessThan(1000));
	}

	@Test
	void uploadThatFailsNamesItsItemInTheWholeSource() {
		created("batch_1");
		sealed();
		this.server.respond(400, "{\"error\":\"no\"}");
		Flux<BatchItem> items = Flux.range(0, 1003)
			.map((i) -> BatchItem.of("a", (i == 1002) ? "x".repeat(200_000) : "small"));
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.batches.triggerAll(items).blockLast(LONGEST))
			.withMessageContaining("at item 1002")
			.satisfies((ex) -> assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.OFFLOAD))
			.satisfies((ex) -> assertThat(ex.getItemIndex()).isEqualTo(1002))
			.satisfies((ex) -> assertThat(ex.getItemCount()).isEqualTo(3))
			.satisfies((ex) -> assertThat(ex.getSentItems()).isEqualTo(1000));
	}

	@Test
	void idThatIsNoneIsTheFaultOfTheServer() {
		created("..");
		assertThatExceptionOfType(BatchException.class).isThrownBy(() -> this.batches.trigger(ITEMS).block(LONGEST))
			.withCauseInstanceOf(TriggerDecodingException.class)
			.withMessageContaining("returned an invalid id");
	}

	@Test
	void batchThatIsNotSealedSaysWhatIsMissing() {
		created("batch_1");
		this.server.respond(202, "{\"itemsAccepted\":1,\"sealed\":false,\"enqueuedCount\":1,\"expectedCount\":3}");
		assertThatExceptionOfType(BatchException.class).isThrownBy(() -> this.batches.trigger(ITEMS).block(LONGEST))
			.havingCause()
			.isInstanceOfSatisfying(BatchNotSealedException.class,
					(ex) -> assertThat(ex.getStreamed().expectedCount()).isEqualTo(3));
	}

	@Test
	void timeoutBetweenTwoAttemptsNamesTheFailureOfTheLast() {
		TriggerTimeoutException timeout = new TriggerTimeoutException("no response in 1 s", Duration.ofSeconds(1),
				null);
		BatchCreation creation = new BatchCreation(2);
		creation.enter(BatchException.Phase.STREAM, "batch_1");
		assertThat(creation.timedOut(timeout)).hasCause(timeout);
		Throwable reset = new TriggerConnectionException(null, "connection reset", false, null);
		creation.attemptFailed(reset);
		assertThat(creation.timedOut(timeout)).hasMessageContaining("batch_1")
			.cause()
			.isInstanceOfSatisfying(TriggerTimeoutException.class,
					(ex) -> assertThat(ex.getTimeout()).isEqualTo(Duration.ofSeconds(1)))
			.hasMessage("no response in 1 s")
			.hasCause(reset);
		TriggerTimeoutException caused = new TriggerTimeoutException("no response", Duration.ofSeconds(1),
				new IllegalStateException("its own reason"));
		assertThat(creation.timedOut(caused)).hasCause(caused);
	}

	@Test
	void buildersGoOn() {
		IdempotencyKey key = IdempotencyKey.of("import", "1");
		created("batch_1");
		sealed();
		this.batches
			.trigger(ITEMS,
					(options) -> options.idempotencyKeyTtl(Duration.ofMinutes(1))
						.idempotencyKeyTtl("90m")
						.idempotencyKey("other")
						.idempotencyKey(key)
						.taskIdentifiers(List.of("a")))
			.block(LONGEST);
		assertThat(this.server.received().get(0).body()).contains(key.value());
		assertThat(this.server.received().get(1).body()).contains(key.ofItem(0).value(), "\"90m\"");
	}

	@Test
	void itemTakesOptionsAndDoesNotShowItsPayload() {
		BatchItem item = BatchItem.of("a", "card 4111").with((options) -> options.tags("vip"));
		assertThat(item).hasToString("BatchItem[task=a]");
		created("batch_1");
		sealed();
		this.batches.trigger(List.of(item)).block(LONGEST);
		assertThat(this.server.received().get(1).body()).contains("\"vip\"");
	}

	@Test
	void handlesOfDifferentBatchesHaveDifferentHashes() {
		assertThat(new BatchHandle<>("batch_1", 1, false, Object.class, null))
			.doesNotHaveSameHashCodeAs(new BatchHandle<>("batch_2", 1, false, Object.class, null));
	}

}
