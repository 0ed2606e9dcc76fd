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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.Batch;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.payload.RunPacket;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunDetailOperations;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.run.RunSummary;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chapters of the tour that are about runs.
 */
abstract class RunsTour extends TourSteps {

	@Test
	void runFromTriggerToOutput() {
		IdempotencyKey key = IdempotencyKey.create(IdempotencyKey.Scope.GLOBAL, this.server.name("once"));
		Map<String, Object> payload = Map.of("hello", "tour");
		Supplier<Mono<RunHandle<Map<String, Object>>>> call = () -> this.trigger.tasks()
			.trigger(this.task, payload,
					(options) -> options.idempotencyKey(key)
						.idempotencyKeyTtl(Duration.ofMinutes(5))
						.tags(this.server.name("tag"))
						.metadata(Map.of("step", 1)));
		RunHandle<Map<String, Object>> run = await(call.get());
		assertThat(await(call.get())).satisfies((again) -> {
			assertThat(again.id()).isEqualTo(run.id());
			assertThat(again.isCached()).isTrue();
		});
		assertThat(await(this.trigger.runs().awaitOutput(run))).containsEntry("hello", "tour");
		Run finished = await(this.trigger.runs().retrieve(run.id()));
		assertThat(finished.status()).isEqualTo(RunStatus.COMPLETED);
		assertThat(finished.tags()).contains(this.server.name("tag"));
		await(this.trigger.runs().addTags(run.id(), List.of(this.server.name("second"))));
		details(run.id());
		RunHandle<Object> replay = await(this.trigger.runs().replay(run.id()));
		assertThat(replay.id()).isNotEqualTo(run.id());
		assertThat(await(this.trigger.runs().awaitCompletion(replay.id())).isSuccess()).isTrue();
		await(this.trigger.idempotencyKeys().reset(this.task.id(), key));
		assertThat(await(call.get()).isCached()).isFalse();
	}

	private void details(String runId) {
		RunDetailOperations details = this.trigger.runs().details(runId);
		assertThat(await(details.metadata()).path("step").asInt()).isEqualTo(1);
		// some servers keep no results: then there is none, but no error
		await(details.result());
		optional("trace", () -> {
			String span = await(details.trace()).rootSpan().id();
			assertThat(await(details.span(span)).spanId()).isEqualTo(span);
			assertThat(await(details.tracePage(10))).isNotNull();
		});
		optional("events", () -> assertThat(await(details.events())).isNotNull());
	}

	@Test
	void delayedRunIsRescheduledAndCancelled() {
		RunHandle<?> run = delayed("later");
		Run moved = await(this.trigger.runs().reschedule(run.id(), Duration.ofHours(2)));
		assertThat(moved.delayedUntil()).isAfter(Instant.now().plus(Duration.ofMinutes(90)));
		JsonNode metadata = await(this.trigger.runs()
			.details(run.id())
			.updateMetadata((changes) -> changes.set("moved", true).increment("times", 1)));
		assertThat(metadata.path("moved").asBoolean()).isTrue();
		await(this.trigger.runs().cancel(run.id()));
		assertThat(await(this.trigger.runs().awaitCompletion(run.id())).status()).isEqualTo(RunStatus.CANCELED);
	}

	@Test
	void runsAreListedWithBothCredentials() {
		String tag = this.server.name("list");
		RunHandle<?> first = delayed("list");
		RunHandle<?> second = delayed("list");
		try {
			RunQuery query = RunQuery.of((builder) -> builder.tags(tag).size(10));
			eventually(() -> assertThat(await(this.trigger.runs().list(query).map(RunSummary::id).collectList()))
				.containsExactlyInAnyOrder(first.id(), second.id()));
			RunQuery ofProject = query.with((builder) -> builder
				.environments(TriggerEnvironment.DEV, TriggerEnvironment.STAGING, TriggerEnvironment.PROD)
				.projectRef(this.server.required("PROJECT_REF")));
			assertThat(await(this.personal.runs().list(ofProject).map(RunSummary::id).collectList()))
				.containsExactlyInAnyOrder(first.id(), second.id());
		}
		finally {
			await(this.trigger.runs().cancel(first.id()));
			await(this.trigger.runs().cancel(second.id()));
		}
	}

	@Test
	void batchOfAllItsRuns() {
		BatchHandle<?> batch = await(
				this.trigger.tasks().batchTrigger(this.task, List.of(Map.of("n", 1), Map.of("n", 2))).single());
		assertThat(batch.runCount()).isEqualTo(2);
		Batch finished = await(this.trigger.batches().awaitCompletion(batch.id()));
		assertThat(finished.runs()).hasSize(2);
		for (String run : finished.runs()) {
			assertThat(await(this.trigger.runs().awaitCompletion(run)).isSuccess()).isTrue();
		}
		optional("batch results", () -> assertThat(await(this.trigger.batches().results(batch.id())).items())
			.hasSizeLessThanOrEqualTo(2));
		BatchHandle<?> byHand = await(
				this.trigger.batches().create(1, (options) -> options.taskIdentifiers(List.of(this.task.id()))));
		assertThat(await(this.trigger.batches()
			.streamItems(byHand.id(), Flux.just(BatchItem.of(this.task.id(), Map.of("n", 3))))).sealed()).isTrue();
	}

	@Test
	void bulkActions() {
		RunHandle<?> run = delayed("bulk");
		optional("bulk actions", () -> {
			String id = await(
					this.trigger.bulkActions().cancel((action) -> action.runs(run.id()).name(this.server.name(""))));
			assertThat(await(this.trigger.bulkActions().retrieve(id)).id()).isEqualTo(id);
			assertThat(await(this.trigger.bulkActions().list().take(100).any((action) -> id.equals(action.id()))))
				.isTrue();
			eventually(() -> assertThat(await(this.trigger.bulkActions().retrieve(id)).isFinished()).isTrue());
			assertThat(await(this.trigger.runs().awaitCompletion(run.id())).status()).isEqualTo(RunStatus.CANCELED);
			refusable(this.trigger.withRetry((policy) -> policy.withMaxAttempts(1)).bulkActions().abort(id));
		});
	}

	@Test
	void largePayloadIsOffloaded() {
		String text = "0123456789".repeat(20_000);
		RunHandle<Map<String, Object>> run = await(this.trigger.tasks().trigger(this.task, Map.of("text", text)));
		assertThat(await(this.trigger.runs().awaitOutput(run))).containsEntry("text", text);
		optional("packets", () -> {
			assertThat(await(this.trigger.packets().runUrl(run.id(), RunPacket.PAYLOAD)).presignedUrl()).isNotEmpty();
			String path = await(this.trigger.packets().uploadUrl(this.server.name("packet.json"))).storagePath();
			assertThat(await(this.trigger.packets().downloadUrl(path)).presignedUrl()).isNotEmpty();
		});
	}

}
