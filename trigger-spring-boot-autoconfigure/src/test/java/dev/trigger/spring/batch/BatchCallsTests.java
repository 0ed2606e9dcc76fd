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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.run.Polling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the calls of {@link BatchOperations} and what they take and return.
 */
class BatchCallsTests {

	private static final String CREATED = "{\"id\":\"batch_1\",\"runCount\":2,\"isCached\":false}";

	private static final String SEALED = "{\"id\":\"batch_1\",\"itemsAccepted\":2,\"sealed\":true}";

	private static final List<BatchItem> TWO = List.of(BatchItem.of("a", 1), BatchItem.of("a", 2));

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.realtime((live) -> live.withMaxFeeds(0))
		.retry((policy) -> policy.withMaxAttempts(1))
		.build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void largePayloadsAreUploadedAndSmallOnesTravelInTheirLines() {
		this.server
			.respond(200, "{\"presignedUrl\":\"" + this.server.url() + "/bucket/1\",\"storagePath\":\"stored/1\"}")
			.respond(200, "")
			.respond(202, CREATED)
			.respond(202, SEALED);
		BatchHandle<Object> batch = this.trigger.batches()
			.trigger(List.of(BatchItem.of("b", "small"), BatchItem.of("a", "x".repeat(200_000))), BatchOptions.none())
			.block();
		assertThat(batch).isNotNull()
			.isEqualTo(new BatchHandle<>("batch_1", 0, true, Object.class, null))
			.hasToString("BatchHandle[id=batch_1, runCount=2]");
		assertThat(batch.isCached()).isFalse();
		List<LoopbackServer.Received> received = this.server.received();
		assertThat(received).hasSize(4);
		assertThat(received.get(2).body()).isEqualTo("{\"runCount\":2,\"taskIdentifiers\":[\"a\",\"b\"]}");
		assertThat(received.get(3).body().lines()).hasSize(2)
			.element(0)
			.asString()
			.contains("\"small\"")
			.contains("\"index\":0");
		assertThat(received.get(3).body().lines()).element(1)
			.asString()
			.contains("stored/1")
			.contains("\"index\":1")
			.contains("application/store");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1001 })
	void batchHasOneToAThousandItems(int count) {
		List<BatchItem> items = Collections.nCopies(count, BatchItem.of("a", 1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.batches().trigger(items, BatchOptions.none()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.batches().create(count, BatchOptions.none()))
			.withMessageContaining("from 1 to 1000, not " + count);
		assertThat(this.server.received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 1000 })
	void batchMayBeCreatedApartFromItsItems(int count) {
		this.server.respond(202, CREATED);
		assertThat(this.trigger.batches()
			.create(count, BatchOptions.of((batch) -> batch.taskIdentifiers(List.of("a"))))
			.block()).isNotNull();
		assertThat(this.server.received()).singleElement()
			.satisfies((request) -> assertThat(request.body())
				.isEqualTo("{\"runCount\":" + count + ",\"taskIdentifiers\":[\"a\"]}"));
	}

	@Test
	void batchThatIsCreatedApartRefusesWhatBelongsToItsItems() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.batches().create(1, (batch) -> batch.idempotencyKeyTtl("90m")).block())
			.withMessageContaining("'idempotencyKeyTtl'")
			.withMessageContaining("items");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void batchIsPolledUntilItIsOver() {
		this.server.respond(200, "{\"id\":\"batch_1\",\"status\":\"PENDING\"}")
			.respond(200, "{\"id\":\"batch_1\",\"status\":\"PROCESSING\"}")
			.respond(200, "{\"id\":\"batch_1\",\"status\":\"PARTIAL_FAILED\"}");
		Polling often = Polling.defaults().every(Duration.ofMillis(5));
		StepVerifier.create(this.trigger.batches().awaitCompletion("batch_1", (polling) -> often))
			.assertNext((batch) -> assertThat(batch.status()).isEqualTo(BatchStatus.PARTIAL_FAILED))
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		assertThat(this.server.received()).hasSize(3);
	}

	@Test
	void failureNamesTheStepThatFailed() {
		this.server.respond(429, "{}", "x-ratelimit-reset", "1");
		assertThatExceptionOfType(BatchException.class).isThrownBy(() -> triggerTwo().block())
			.satisfies((ex) -> assertThat(ex.isRateLimited()).isTrue())
			.satisfies((ex) -> assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.CREATE))
			.satisfies((ex) -> assertThat(ex.getBatchId()).isNull())
			.withCauseInstanceOf(RateLimitException.class);
		this.server.respond(202, CREATED).respond(500, "{}");
		assertThatExceptionOfType(BatchException.class).isThrownBy(() -> triggerTwo().block())
			.satisfies((ex) -> assertThat(ex.isRateLimited()).isFalse())
			.satisfies((ex) -> assertThat(ex.getBatchId()).isEqualTo("batch_1"))
			.satisfies((ex) -> assertThat(ex.getItemCount()).isEqualTo(2))
			.withCauseInstanceOf(ServerException.class)
			.withMessageContaining("A batch of 2 item(s), batch_1, failed while");
	}

	private Mono<BatchHandle<Object>> triggerTwo() {
		return this.trigger.batches()
			.trigger(List.of(BatchItem.of("a", 1), BatchItem.withoutPayload("a")), BatchOptions.none());
	}

	/**
	 * As servers respond that are older than the one which takes a repeat for the first.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "Batch batch_1 is already sealed and cannot accept more items",
			"Batch batch_1 is not in PENDING status (current: COMPLETED)",
			"Batch batch_1 is not in PENDING status (current: PROCESSING)" })
	void batchThatWasSealedByItemsWhoseResponseWasLostIsMade(String message) {
		TriggerOperations repeating = this.trigger.withRetry(
				(policy) -> policy.withMaxAttempts(3).withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1)));
		this.server.respond(202, CREATED).drop().respond(422, "{\"error\":\"" + message + "\"}");
		assertThat(repeating.batches().trigger(TWO, BatchOptions.none()).block()).isNotNull()
			.extracting(BatchHandle::id)
			.isEqualTo("batch_1");
		this.server.respond(202, CREATED)
			.respond(202, SEALED.replace("true", "false"))
			.respond(422, "{\"error\":\"" + message + "\"}");
		assertThat(repeating.batches().trigger(TWO, BatchOptions.none()).block()).isNotNull();
		assertThat(this.server.received()).hasSize(6);
	}

	@Test
	void batchThatCannotHaveBeenSealedByItsItemsFails() {
		TriggerOperations repeating = this.trigger.withRetry(
				(policy) -> policy.withMaxAttempts(3).withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1)));
		this.server.respond(202, CREATED).respond(422, "{\"error\":\"Batch batch_1 is already sealed\"}");
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> repeating.batches().trigger(TWO, BatchOptions.none()).block())
			.withMessageContaining("already sealed");
		this.server.respond(202, CREATED)
			.drop()
			.respond(422, "{\"error\":\"Batch batch_1 is not in PENDING status (current: ABORTED)\"}");
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> repeating.batches().trigger(TWO, BatchOptions.none()).block())
			.withMessageContaining("ABORTED");
	}

	@Test
	void linesGoInPiecesOfSixteenKilobytes() {
		Chunks chunks = new Chunks(Stream.of("b", "a", "b"));
		assertThat(chunks.tasks()).containsExactly("a", "b");
		IntStream.range(0, 4).forEach((i) -> chunks.add(new byte[8 * 1024]));
		chunks.add(new byte[1]);
		assertThat(chunks.count()).isEqualTo(5);
		for (int attempt = 0; attempt < 2; attempt++) {
			assertThat(chunks.pieces().map((piece) -> piece.length).collectList().block()).containsExactly(16 * 1024,
					16 * 1024, 1);
		}
	}

	@Test
	void optionsOfItemsGoAheadOfThoseOfTheBatch() {
		TriggerOptions own = TriggerOptions.of((options) -> options.idempotencyKey("own"));
		BatchOptions keyed = BatchOptions.of((batch) -> batch.idempotencyKey("import"));
		assertThat(BatchOptions.none().ofItem(0, own)).isSameAs(own);
		assertThat(keyed.ofItem(1, own)).usingRecursiveComparison().isEqualTo(own);
		assertThat(keyed.ofItem(1, TriggerOptions.none())).usingRecursiveComparison()
			.isNotEqualTo(keyed.ofItem(2, TriggerOptions.none()));
		assertThat(BatchOptions.of((batch) -> batch.idempotencyKeyTtl(Duration.ofMinutes(90)))
			.ofItem(0, TriggerOptions.none())).usingRecursiveComparison()
			.isEqualTo(TriggerOptions.of((options) -> options.idempotencyKeyTtl("90m")));
	}

	@Test
	void firstPartKeepsTheKey() {
		BatchOptions keyed = BatchOptions.of((batch) -> batch.idempotencyKey("import"));
		assertThat(keyed.ofPart(0)).isSameAs(keyed);
		assertThat(keyed.ofPart(1).idempotencyKey()).isNotNull()
			.isNotEqualTo(keyed.idempotencyKey())
			.isNotEqualTo(keyed.ofPart(2).idempotencyKey());
		assertThat(BatchOptions.none().ofPart(1)).isSameAs(BatchOptions.none());
		assertThat(keyed.with((batch) -> batch.idempotencyKey("")).idempotencyKey()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "PENDING, 2, 2, true, false", "PENDING, 3, 2, true, false", "PENDING, 4, 2, false, false",
			"PENDING, , 2, false, false", "PROCESSING, 4, 2, false, false", "COMPLETED, 4, 0, true, true",
			"PARTIAL_FAILED, 4, 0, true, true", "ABORTED, 4, 0, true, true", "OTHER, 4, 0, false, false" })
	void batchIsMadeWhenEachItemHasItsRunOrError(String status, Integer runCount, int runs, boolean made,
			boolean finished) {
		List<String> ids = IntStream.range(0, runs).mapToObj((i) -> "run_" + i).toList();
		Batch.ItemError error = new Batch.ItemError(2, "a", "Too large", null);
		Batch batch = new Batch("batch_1", new BatchStatus(status), null, null, null, runCount, ids,
				new Batch.Processing(null, List.of(error)));
		assertThat(batch.isMade()).isEqualTo(made);
		assertThat(batch.isFinished()).isEqualTo(finished);
		assertThat(batch.errors()).containsExactly(error);
		assertThat(batch.status()).hasToString(status);
		assertThat(new Batch("batch_1", new BatchStatus(status), null, null, null, runCount, ids,
				new Batch.Processing(Instant.EPOCH, List.of()))
			.isMade()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "1, 'item 0 (e0)'", "3, 'item 0 (e0), item 1 (e1), item 2 (e2)'",
			"4, 'item 0 (e0), item 1 (e1), item 2 (e2), ...'" })
	void failureListsTheFirstThreeItems(int count, String expected) {
		List<Batch.ItemError> errors = IntStream.range(0, count)
			.mapToObj((i) -> new Batch.ItemError(i, "a", "e" + i, null))
			.toList();
		ItemsFailedException failure = new ItemsFailedException(errors);
		assertThat(failure).hasMessage("There are no runs for " + count + " item(s): " + expected);
		assertThat(failure.getErrors()).isEqualTo(errors);
	}

	@Test
	void handlesAreEqualByBatchAndType() {
		BatchHandle<String> handle = new BatchHandle<>("batch_1", 2, true, String.class, () -> "token");
		assertThat(handle).isEqualTo(new BatchHandle<>("batch_1", 3, false, String.class, null))
			.hasSameHashCodeAs(new BatchHandle<>("batch_1", 3, false, String.class, null))
			.isNotEqualTo(new BatchHandle<>("batch_2", 2, true, String.class, null))
			.isNotEqualTo(handle.withOutputType(Integer.class))
			.isNotEqualTo("batch_1");
		assertThat(handle.isCached()).isTrue();
		assertThat(handle.runCount()).isEqualTo(2);
		assertThat(handle.outputType()).isEqualTo(String.class);
		assertThat(handle.run("run_1").outputType()).isEqualTo(String.class);
		assertThat(handle.publicAccessToken()).isEqualTo("token");
		assertThat(handle.withoutToken().publicAccessToken()).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> new BatchHandle<>(" ", 1, false, String.class, null));
	}

}
