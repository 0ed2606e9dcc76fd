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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import dev.trigger.spring.outbox.OutboxEntry;
import dev.trigger.spring.outbox.OutboxListener;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.test.jdbc.TestDatabase;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.junit.jupiter.api.Test;

import static dev.trigger.spring.test.outbox.OutboxRig.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the outbox on a database that lacks characters that servers use.
 */
class Latin1OutboxTests extends OutboxTestSupport {

	@Override
	DataSource dataSource() {
		return OutboxRig.pool(TestDatabase.createUrlInLatin1());
	}

	@Test
	void parksWhatIsRefusedForAReasonThatTheDatabaseCannotEncode() {
		this.rig.emulator()
			.faults()
			.onOperation("tasks.trigger")
			.status(422, "application/json", "{\"error\":\"Müller \uD83D\uDE00 owes 5 € " + "x".repeat(2000) + "\"}")
			.times(2);
		List<String> heard = new CopyOnWriteArrayList<>();
		Instance instance = this.rig.instance(new OutboxListener() {

			@Override
			public void onRetry(String id, Throwable failure) {
				heard.add("retry");
			}

			@Override
			public void onParked(String id, Throwable failure) {
				heard.add("parked " + instanceState(id) + " " + failure.getMessage().contains("5 €"));
			}

			private OutboxState instanceState(String id) {
				return OutboxState.valueOf(Latin1OutboxTests.this.rig.jdbc()
					.sql("SELECT state FROM trigger_outbox WHERE id = ?")
					.param(id)
					.query(String.class)
					.single());
			}

		}).started();
		String id = instance.inTransaction(() -> instance.outbox().inOrder("Müller").trigger(TASK, 1).id());
		String next = instance.inTransaction(() -> instance.outbox().inOrder("Müller").trigger(TASK, 2).id());
		awaitSent(instance.outbox(), next);
		await().atMost(PATIENCE).until(() -> heard.size() >= 2);
		assertThat(heard).containsExactly("retry", "parked PARKED true");
		OutboxEntry parked = instance.outbox().find(id).orElseThrow();
		assertThat(parked.state()).isEqualTo(OutboxState.PARKED);
		assertThat(parked.lastError()).contains("M?ller ? owes 5 ? xxx").endsWith("xxx...").hasSizeBetween(890, 900);
	}

}
