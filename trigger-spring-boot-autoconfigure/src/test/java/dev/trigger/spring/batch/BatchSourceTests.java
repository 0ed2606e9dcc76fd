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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that nothing that was sent is lost to the caller when the rest of a source can't
 * be sent: who repeats has to know where to go on.
 */
class BatchSourceTests {

	private static final TaskType<Object, Object> TASK = TaskType.of("welcome", Object.class, Object.class);

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.retry((policy) -> policy.withMaxAttempts(1))
		.build();

	private final List<String> handles = new ArrayList<>();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void sourceThatFailsWhileABatchIsUnderWayFailsAfterItsHandle() {
		responseBatches("batch_1", "batch_2");
		IllegalStateException failure = new IllegalStateException("the file ends here");
		Flux<Object> source = Flux.range(0, 2300).cast(Object.class).concatWith(Flux.error(failure));
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.tasks()
				.batchTrigger(TASK, source)
				.doOnNext((batch) -> this.handles.add(batch.id()))
				.blockLast())
			.withMessageContaining("the file ends here")
			.withMessageContaining("2 batch(es)")
			.withCause(failure)
			.satisfies((ex) -> {
				assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.SOURCE);
				assertThat(ex.getItemIndex()).isEqualTo(2300);
				assertThat(ex.getSentItems()).isEqualTo(2000);
				assertThat(ex.getItemCount()).isEqualTo(300);
				assertThat(ex.getHandles()).extracting(BatchHandle::id).containsExactly("batch_1", "batch_2");
			});
		assertThat(this.handles).containsExactly("batch_1", "batch_2");
		assertThat(this.server.received()).hasSize(4);
	}

	@Test
	void sourceThatFailsAtOnceSendsNothing() {
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.tasks()
				.batchTrigger(TASK, Flux.error(new IllegalStateException("no file")))
				.blockLast())
			.satisfies((ex) -> {
				assertThat(ex.getItemIndex()).isZero();
				assertThat(ex.getHandles()).isEmpty();
				assertThat(ex.getSentItems()).isZero();
			});
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void itemThatCannotBeEncodedIsNamedAfterTheHandlesOfTheBatchesBefore() {
		responseBatches("batch_1");
		Flux<Object> source = Flux.range(0, 5000).map((index) -> (index == 1500) ? Map.of("at", new Object()) : index);
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.tasks()
				.batchTrigger(TASK, source)
				.doOnNext((batch) -> this.handles.add(batch.id()))
				.blockLast())
			.withMessageContaining("at item 1500")
			.withCauseInstanceOf(IllegalArgumentException.class)
			.satisfies((ex) -> {
				assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.ENCODE);
				assertThat(ex.getItemIndex()).isEqualTo(1500);
				assertThat(ex.getSentItems()).isEqualTo(1000);
				assertThat(ex.getHandles()).extracting(BatchHandle::id).containsExactly("batch_1");
			});
		assertThat(this.handles).containsExactly("batch_1");
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void batchThatIsRefusedCarriesTheHandlesOfThoseBefore() {
		responseBatches("batch_1");
		this.server.respond(400, "{\"error\":\"no more\"}");
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(
					() -> this.trigger.tasks().batchTrigger(TASK, Flux.range(0, 1200).cast(Object.class)).blockLast())
			.withCauseInstanceOf(BadRequestException.class)
			.satisfies((ex) -> {
				assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.CREATE);
				assertThat(ex.getItemIndex()).isNull();
				assertThat(ex.getItemCount()).isEqualTo(200);
				assertThat(ex.getSentItems()).isEqualTo(1000);
				assertThat(ex.getHandles()).extracting(BatchHandle::id).containsExactly("batch_1");
			});
	}

	@Test
	void runsOfATaskMethodComeBeforeTheFailureOfItsSource() {
		responseBatches("batch_1");
		this.server.respond(200, """
				{"id":"batch_1","status":"PENDING","runCount":1000,"runs":["run_1","run_2"],
				"processing":{"completedAt":"2026-11-24T04:13:25.100Z","errors":[]}}""");
		List<String> runs = new ArrayList<>();
		Flux<Integer> source = Flux.range(0, 1100).concatWith(Flux.error(new IllegalStateException("no more")));
		assertThatExceptionOfType(BatchException.class).isThrownBy(() -> TriggerTasksFactory.of(this.trigger)
			.create(Welcomes.class)
			.welcomeAll(source)
			.doOnNext((run) -> runs.add(run.id()))
			.blockLast());
		assertThat(runs).containsExactly("run_1", "run_2");
	}

	private void responseBatches(String... ids) {
		for (String id : ids) {
			this.server.respond(202, "{\"id\":\"" + id + "\",\"runCount\":1000,\"isCached\":false}");
			this.server.respond(202, "{\"id\":\"" + id + "\",\"itemsAccepted\":1000,\"sealed\":true}");
		}
	}

	interface Welcomes {

		@TriggerTask("welcome")
		Flux<RunHandle<Object>> welcomeAll(Flux<Integer> source);

	}

}
