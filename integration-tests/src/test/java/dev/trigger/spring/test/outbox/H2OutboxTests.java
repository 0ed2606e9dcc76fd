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

package dev.trigger.spring.test.outbox;

import java.util.Map;

import javax.sql.DataSource;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.spring.annotation.InvalidTriggerTaskException;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.outbox.OutboxHandle;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.transaction.IllegalTransactionStateException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the outbox on H2.
 */
class H2OutboxTests extends AbstractOutboxTests {

	@Override
	DataSource dataSource() {
		return OutboxRig.h2();
	}

	@Test
	void methodsOfInterfacesTriggerWithTheTransaction() {
		Instance instance = this.rig.instance().started();
		OrderTasks tasks = TriggerTasksFactory.of(this.rig.client("prod"), instance.outbox()).create(OrderTasks.class);
		String id = instance.inTransaction(() -> {
			tasks.announce(2);
			return tasks.square(3).id();
		});
		awaitSent(instance.outbox(), id);
		awaitRuns(2);
		assertThat(this.rig.emulator().runs()).extracting((run) -> run.payload().asInt())
			.containsExactlyInAnyOrder(2, 3);
		EmulatedRun run = this.rig.emulator().run(instance.outbox().find(id).orElseThrow().runId());
		assertThat(run.tags()).contains("square", "outbox:" + id);
		assertThat(run.options().path("idempotencyKeyOptions").path("key").asString()).isEqualTo("order-3");
		assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> tasks.announce(1));
	}

	@Test
	void methodsThatCannotBeTransactionalAreRefused() {
		Instance instance = this.rig.instance();
		TriggerTasksFactory factory = TriggerTasksFactory.of(this.rig.client("prod"), instance.outbox());
		Map.<Class<?>, String>of(Reactive.class, "no run when it returns", Waiting.class, "no run when it returns",
				NotTransactional.class, "not transactional", Wrapped.class, "an output or a handle is expected")
			.forEach((type, message) -> assertThatExceptionOfType(InvalidTriggerTaskException.class)
				.isThrownBy(() -> factory.create(type))
				.withMessageContaining(message));
		assertThatExceptionOfType(InvalidTriggerTaskException.class)
			.isThrownBy(() -> TriggerTasksFactory.of(this.rig.client("prod")).create(OrderTasks.class))
			.withMessageContaining("there is no TriggerOutbox")
			.withMessageContaining("A test with @TriggerTest gets a DataSource by @AutoConfigureJdbc");
	}

	@TriggerTasks
	interface OrderTasks {

		@TriggerTask(id = "square", transactional = true)
		void announce(int order);

		@TriggerTask(id = "square", transactional = true, tags = "square", idempotencyKey = "{'order', #payload}")
		OutboxHandle<Integer> square(int order);

	}

	interface Reactive {

		@TriggerTask(id = "square", transactional = true)
		Mono<Void> square(int order);

	}

	interface Waiting {

		@TriggerTask(id = "square", transactional = true)
		int square(int order);

	}

	interface NotTransactional {

		@TriggerTask(id = "square")
		OutboxHandle<Integer> square(int order);

	}

	interface Wrapped {

		@TriggerTask(id = "square", transactional = true)
		Mono<OutboxHandle<Integer>> square(int order);

	}

}
