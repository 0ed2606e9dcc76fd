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

import javax.sql.DataSource;

import dev.trigger.emulator.Faults;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import dev.trigger.spring.test.reliability.FailingHandler;
import dev.trigger.spring.test.reliability.FailingHandler.Callback;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever only looks on does not change what the outbox writes and sends.
 */
class OutboxObservationTests extends OutboxTestSupport {

	private final ObservationRegistry registry = ObservationRegistry.create();

	@Override
	DataSource dataSource() {
		return OutboxRig.h2();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVENT")
	void handlerThatFailsDoesNotKeepTriggersFromBeingSent(Callback failing) {
		FailingHandler handler = FailingHandler.in(this.registry, "trigger.outbox", failing);
		Faults.Rule refused = this.rig.emulator().faults().onOperation("tasks.trigger").status(422).once();
		Instance instance = this.rig.instance(this.registry).started();
		Observation caller = Observation.start("caller", this.registry);
		String id = caller.scoped(() -> {
			String written = instance.trigger(1);
			assertThat(this.registry.getCurrentObservation()).isSameAs(caller);
			return written;
		});
		assertThat(this.registry.getCurrentObservationScope()).isNull();
		awaitSent(instance.outbox(), id);
		assertThat(refused.count()).isOne();
		assertThat(count("failures = 1")).isOne();
		assertThat(this.rig.emulator().runs()).hasSize(1);
		assertThat(handler.failures()).isPositive();
	}

	@Test
	void predicateThatFailsDoesNotKeepTriggersFromBeingSent() {
		this.registry.observationConfig()
			.observationHandler((context) -> true)
			.observationPredicate((name, context) -> {
				throw new IllegalStateException("broken predicate");
			});
		Instance instance = this.rig.instance(this.registry).started();
		awaitSent(instance.outbox(), instance.trigger(1));
	}

}
