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

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.outbox.JdbcTriggerOutbox;
import dev.trigger.spring.outbox.OutboxEntry;
import dev.trigger.spring.outbox.OutboxListener;
import dev.trigger.spring.outbox.OutboxSettings;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static dev.trigger.spring.test.outbox.OutboxRig.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * How the outbox sends, which does not depend on the database.
 */
class OutboxSendingTests extends OutboxTestSupport {

	@Override
	DataSource dataSource() {
		return OutboxRig.manualCommit(OutboxRig.h2());
	}

	/**
	 * Whatever keeps the repeats from being sent, there may be a run.
	 */
	@ParameterizedTest
	@CsvSource({ "503, 3", "401, 2", "429, 2", "422, 2" })
	void adoptsTheRunOfAnAttemptWhoseResponseWasLost(int status, int requests) {
		// a run that failed has given its key free
		this.rig.emulator().task("fail", Integer.class, (number) -> {
			throw new IllegalStateException("broken");
		});
		this.rig.emulator().faults().onOperation("tasks.trigger").loseResponse().once();
		this.rig.emulator().faults().onOperation("tasks.trigger").status(status).times(requests - 1);
		List<Boolean> adopted = new CopyOnWriteArrayList<>();
		Instance instance = this.rig.instance(new OutboxListener() {

			@Override
			public void onSent(String id, String runId, boolean wasThere, Duration age) {
				adopted.add(wasThere);
			}

		}).started();
		TaskType<Integer, Integer> fail = TaskType.of("fail", Integer.class, Integer.class);
		String id = instance
			.inTransaction(() -> instance.outbox().trigger(fail, 1, (options) -> options.maxAttempts(1)).id());
		OutboxEntry entry = awaitSent(instance.outbox(), id);
		assertThat(this.rig.emulator().runs()).extracting(EmulatedRun::id).containsExactly(entry.runId());
		assertThat(this.rig.emulator().requests("tasks.trigger")).hasSize(requests);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(adopted).containsExactly(true));
	}

	/**
	 * Whoever takes a response away does not say whether the server acted on the request.
	 */
	@Test
	void adoptsTheRunOfAnAttemptWhoseResponseAFilterLost() {
		this.rig.emulator().task("fail", Integer.class, (number) -> {
			throw new IllegalStateException("broken");
		});
		AtomicInteger attempts = new AtomicInteger();
		TriggerOperations client = this.rig.client("prod", WebClient.builder()
			.filter((request, next) -> (!request.url().getPath().endsWith("/trigger") || attempts.incrementAndGet() > 3)
					? next.exchange(request)
					: (attempts.get() > 1) ? Mono.empty() : next.exchange(request).then(Mono.empty())));
		TriggerDatabase database = OutboxRig.database(this.rig.dataSource());
		JdbcTriggerOutbox outbox = new JdbcTriggerOutbox(database, (name) -> client, OutboxRig.settings(), List.of());
		Instance instance = new Instance(outbox, new TransactionTemplate(database.transactionManager())).started();
		try {
			TaskType<Integer, Integer> fail = TaskType.of("fail", Integer.class, Integer.class);
			String id = instance.inTransaction(() -> outbox.trigger(fail, 1, (options) -> options.maxAttempts(1)).id());
			OutboxEntry entry = awaitSent(outbox, id);
			assertThat(this.rig.emulator().runs()).extracting(EmulatedRun::id).containsExactly(entry.runId());
		}
		finally {
			outbox.stop();
		}
	}

	@Test
	void parksWhatTheServerRefusesAndSendsItWhenRequeued() {
		this.rig.emulator().faults().onOperation("tasks.trigger").status(422).times(2);
		Instance instance = this.rig.instance().started();
		String id = instance.trigger(1);
		await().atMost(PATIENCE).until(() -> state(instance.outbox(), id) == OutboxState.PARKED);
		assertThat(instance.outbox().status().parked()).isEqualTo(1);
		assertThat(instance.outbox().parked(10)).singleElement().satisfies((entry) -> {
			assertThat(entry.id()).isEqualTo(id);
			assertThat(entry.attempts()).isEqualTo(2);
			assertThat(entry.lastError()).contains("Fault on demand");
		});
		assertThat(instance.outbox().requeue("other")).isFalse();
		assertThat(instance.outbox().requeue(id)).isTrue();
		awaitSent(instance.outbox(), id);
		assertThat(this.rig.emulator().requests("runs.list")).as("it is known that there is no run").isEmpty();
		assertThat(instance.outbox().drop(id)).as("is sent").isFalse();
	}

	/**
	 * Such as of a class that is missing, or of too little memory for a while.
	 */
	@Test
	void goesOnAfterAnErrorOfTheJvm() {
		AtomicInteger reported = new AtomicInteger();
		AtomicInteger sends = new AtomicInteger();
		Thread writer = Thread.currentThread();
		TriggerOperations client = this.rig.client("prod");
		TriggerDatabase database = OutboxRig.database(this.rig.dataSource());
		JdbcTriggerOutbox outbox = new JdbcTriggerOutbox(database, (name) -> {
			if (Thread.currentThread() != writer && sends.incrementAndGet() == 2) {
				throw new NoClassDefFoundError("on purpose");
			}
			return client;
		}, OutboxRig.settings(), List.of(new OutboxListener() {

			@Override
			public void onSent(String id, String runId, boolean wasThere, Duration age) {
				if (reported.incrementAndGet() == 1) {
					throw new StackOverflowError("on purpose");
				}
			}

		}));
		Instance instance = new Instance(outbox, new TransactionTemplate(database.transactionManager())).started();
		try {
			IntStream.range(0, 5).mapToObj(instance::trigger).toList().forEach((id) -> awaitSent(outbox, id));
			awaitSent(outbox, instance.trigger(5));
			assertThat(this.rig.emulator().runs()).hasSize(6);
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(reported).hasValue(6));
			assertThat(sends).as("one of them again").hasValue(7);
		}
		finally {
			outbox.stop();
		}
	}

	@Test
	void dropsWhatIsParked() {
		this.rig.emulator().faults().onOperation("tasks.trigger").status(400);
		Instance instance = this.rig.instance().started();
		String id = instance.trigger(1);
		await().atMost(PATIENCE).until(() -> state(instance.outbox(), id) == OutboxState.PARKED);
		assertThat(instance.outbox().drop(id)).isTrue();
		assertThat(instance.outbox().find(id)).isEmpty();
	}

	@Test
	void outageIsOverForAllAtOnce() {
		this.rig.emulator().faults().onOperation("tasks.trigger").status(503).times(60);
		Instance instance = this.rig.instance().started();
		List<String> ids = IntStream.range(0, 40).mapToObj(instance::trigger).toList();
		ids.forEach((id) -> awaitSent(instance.outbox(), id));
		assertThat(this.rig.emulator().runs()).hasSize(40);
		assertThat(instance.outbox().status().pending()).isZero();
		assertThat(instance.outbox().status().oldestAge()).isNull();
	}

	@Test
	void deletesWhatWasSentAfterTheTimeToKeepIt() {
		Instance instance = this.rig
			.instance((settings) -> new OutboxSettings(false, 8, settings.pollInterval(), settings.maxFailures(),
					settings.maxBackoff(), Duration.ZERO))
			.started();
		String id = instance.trigger(1);
		awaitRuns(1);
		await().atMost(PATIENCE).until(() -> count("state = 'SENT'") == 1 || instance.outbox().find(id).isEmpty());
		Instance next = this.rig.instance().started();
		await().atMost(PATIENCE).until(() -> next.outbox().find(id).isEmpty());
	}

	@Test
	void refusesWhatWouldLoseItsKey() {
		Instance instance = this.rig.instance();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> instance.inTransaction(() -> instance.outbox()
				.trigger(TASK, 1, (options) -> options.debounce("key", Duration.ofSeconds(1)))))
			.withMessageContaining("debounce");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> instance.inTransaction(() -> instance.outbox()
				.trigger(TASK, 1, (options) -> options.tags("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"))))
			.withMessageContaining("at most 9 tags");
	}

	@Test
	void writesInItsOwnTransactionWhereThatIsAllowed() {
		Instance instance = this.rig
			.instance((settings) -> new OutboxSettings(true, settings.concurrency(), settings.pollInterval(),
					settings.maxFailures(), settings.maxBackoff(), settings.retention()))
			.started();
		awaitSent(instance.outbox(), instance.outbox().trigger(TASK, 1).id());
	}

	@Test
	void sendsWithTheClientThatIsNamed() {
		Instance instance = this.rig.instance().started();
		String id = instance.inTransaction(() -> instance.outbox().withClient("staging").trigger(TASK, 1).id());
		String runId = awaitSent(instance.outbox(), id).runId();
		assertThat(this.rig.emulator().run(runId).environment()).isEqualTo("stg");
	}

	@Test
	void idleInstanceAsksTheDatabaseOnceEveryPollInterval() throws InterruptedException {
		AtomicInteger statements = new AtomicInteger();
		DataSource counting = new DelegatingDataSource(this.rig.dataSource()) {

			@Override
			public Connection getConnection() throws SQLException {
				statements.incrementAndGet();
				return super.getConnection();
			}

		};
		JdbcTriggerOutbox outbox = new JdbcTriggerOutbox(OutboxRig.database(counting),
				(name) -> this.rig.client("prod"), OutboxSettings.defaults(), List.of());
		outbox.start();
		Thread.sleep(1500);
		long start = System.nanoTime();
		int before = statements.get();
		Thread.sleep(4000);
		int asked = statements.get() - before;
		long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
		outbox.stop();
		assertThat(asked).isBetween(1, (int) seconds + 1);
	}

}
