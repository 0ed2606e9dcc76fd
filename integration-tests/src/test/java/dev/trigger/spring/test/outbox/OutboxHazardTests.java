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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.trigger.emulator.Faults;
import dev.trigger.spring.outbox.OutboxEntry;
import dev.trigger.spring.outbox.OutboxListener;
import dev.trigger.spring.outbox.OutboxSettings;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What goes wrong around the outbox in operation: code that calls it at the wrong time,
 * tables that are not there, instances of another version.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutboxHazardTests extends OutboxTestSupport {

	/**
	 * With a pool that rolls back what is not committed as a connection is given back.
	 */
	@Override
	DataSource dataSource() {
		return OutboxRig.manualCommit(OutboxRig.h2());
	}

	/**
	 * As {@code @TransactionalEventListener} does. The row would be rolled back.
	 */
	@Test
	void isRefusedWhenTheTransactionIsOver() {
		Instance instance = this.rig.instance().started();
		AtomicReference<RuntimeException> refusal = new AtomicReference<>();
		afterCompletion(instance, () -> {
			try {
				instance.outbox().trigger(OutboxRig.TASK, 1);
			}
			catch (RuntimeException ex) {
				refusal.set(ex);
			}
		});
		assertThat(refusal.get()).isInstanceOf(IllegalTransactionStateException.class)
			.hasMessageContaining("@TransactionalEventListener")
			.hasMessageContaining("REQUIRES_NEW");
		assertThat(count("1 = 1")).isZero();
	}

	@Test
	void isWrittenInTransactionOfItsOwnWhenTheTransactionIsOver() {
		Instance instance = this.rig
			.instance((settings) -> new OutboxSettings(true, settings.concurrency(), settings.pollInterval(),
					settings.maxFailures(), settings.maxBackoff(), settings.retention()))
			.started();
		AtomicReference<String> id = new AtomicReference<>();
		afterCompletion(instance, () -> id.set(instance.outbox().trigger(OutboxRig.TASK, 1).id()));
		awaitSent(instance.outbox(), id.get());
		assertThat(this.rig.emulator().runs()).hasSize(1);
	}

	private static void afterCompletion(Instance instance, Runnable work) {
		instance.transaction()
			.executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCompletion(int outcome) {
						work.run();
					}

				}));
	}

	/**
	 * It can't be told at that time that the commit was before.
	 */
	@Test
	void isReportedWhenItIsWrittenAfterTheCommit(CapturedOutput output) {
		Instance instance = this.rig.instance();
		AtomicReference<String> id = new AtomicReference<>();
		instance.transaction()
			.executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						id.set(instance.outbox().trigger(OutboxRig.TASK, 1).id());
					}

				}));
		assertThat(output).contains("The trigger " + id.get() + " of the task 'square' was written")
			.contains("after the commit");
		instance.trigger(2);
		assertThat(output.getOut().split("after the commit", -1)).hasSize(2);
	}

	/**
	 * The client itself says nothing of a credential that is rejected: whoever calls it
	 * is told, and nobody calls here.
	 */
	@Test
	void saysOnceThatNothingCanBeSentAndOnceThatItCanAgain(CapturedOutput output) {
		Instance instance = this.rig.instance().started();
		Faults.Rule rejected = this.rig.emulator().faults().onOperation("tasks.trigger").status(401);
		for (int i = 0; i < 20; i++) {
			instance.trigger(i);
		}
		String failing = "The outbox can't send triggers of the client 'default', and goes on trying: tasks.trigger";
		await().atMost(PATIENCE).until(() -> output.getOut().contains(failing));
		await().atMost(PATIENCE).until(() -> rejected.count() > 25);
		this.rig.emulator().faults().clear();
		String well = "The outbox sends triggers of the client 'default' again";
		await().atMost(PATIENCE).until(() -> output.getOut().contains(well));
		await().atMost(PATIENCE).until(() -> instance.outbox().status().pending() == 0);
		assertThat(output.getOut().split(Pattern.quote(failing), -1)).hasSize(2);
		assertThat(output.getOut().split(Pattern.quote(well), -1)).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\0b", "\uD83D", "\uDE00x" })
	void orderingKeyThatDatabasesChangeIsRefused(String key) {
		Instance instance = this.rig.instance();
		assertThatIllegalArgumentException().isThrownBy(() -> instance.outbox().inOrder(key))
			.withMessageContaining("'orderingKey'")
			.withMessageContaining("NUL");
	}

	@Test
	void missingColumnAndTableAreReportedWithWhatToDo(CapturedOutput output) {
		Instance instance = this.rig.instance();
		this.rig.jdbc().sql("ALTER TABLE trigger_outbox DROP COLUMN failures").update();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> instance.trigger(1))
			.withMessageContaining("FAILURES")
			.withMessageContaining("dev/trigger/spring/outbox/schema-*.sql");
		this.rig.jdbc().sql("DROP TABLE trigger_outbox").update();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> instance.trigger(1))
			.withMessageContaining("TRIGGER_OUTBOX")
			.withMessageContaining("trigger.outbox.initialize-schema=always");
		assertThat(Stream.<ThrowingCallable>of(instance.outbox()::status, () -> instance.outbox().find("id"),
				() -> instance.outbox().parked(1), instance.outbox()::requeueAll, () -> instance.outbox().drop("id")))
			.allSatisfy((question) -> assertThatExceptionOfType(DataAccessException.class).isThrownBy(question)
				.withMessageContaining("TRIGGER_OUTBOX")
				.withMessageContaining("trigger.outbox.initialize-schema=always"));
		instance.started();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(output).contains("The outbox can't use its database")
				.contains("trigger.outbox.initialize-schema=always"));
		OutboxRig.createTables(this.rig.dataSource());
		awaitSent(instance.outbox(), instance.trigger(2));
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(output).contains("The outbox works again"));
	}

	/**
	 * Whoever hears of it would look for it in vain.
	 */
	@Test
	void whatCannotBeStoredIsNotReported(CapturedOutput output) {
		this.rig.jdbc().sql("ALTER TABLE trigger_outbox ADD CONSTRAINT sent CHECK (state <> 'PARKED')").update();
		this.rig.emulator().faults().onOperation("tasks.trigger").status(422);
		List<String> parked = new CopyOnWriteArrayList<>();
		Instance instance = this.rig.instance(new OutboxListener() {

			@Override
			public void onParked(String id, Throwable failure) {
				parked.add(id);
			}

		}).started();
		String id = instance.trigger(1);
		String notStored = "The outcome of trigger " + id + " can't be stored";
		await().atMost(PATIENCE).until(() -> output.getOut().contains(notStored));
		this.rig.jdbc().sql("ALTER TABLE trigger_outbox DROP CONSTRAINT sent").update();
		// instead of the time of a claim
		this.rig.database()
			.newTransaction()
			.executeWithoutResult((status) -> this.rig.jdbc().sql("UPDATE trigger_outbox SET due_at = 0").update());
		await().atMost(PATIENCE).until(() -> state(instance.outbox(), id) == OutboxState.PARKED);
		await().atMost(PATIENCE).until(() -> !parked.isEmpty());
		assertThat(parked).containsExactly(id);
		assertThat(output.getOut().split(Pattern.quote(id + " of the task 'square' is parked"), -1)).hasSize(2);
	}

	/**
	 * As during a deployment, when the new version has a further client.
	 */
	@Test
	void instanceThatLacksTheClientLeavesTheTrigger() {
		String id = this.rig.instance().trigger(1);
		this.rig.database()
			.newTransaction()
			.executeWithoutResult(
					(status) -> this.rig.jdbc().sql("UPDATE trigger_outbox SET client = 'newer'").update());
		Instance older = this.rig.instance().started();
		OutboxEntry entry = await().atMost(PATIENCE)
			.until(() -> older.outbox().find(id).orElseThrow(), (present) -> present.attempts() > 2);
		assertThat(entry.state()).isEqualTo(OutboxState.PENDING);
		assertThat(entry.lastError()).contains("There is no Trigger.dev client 'newer'");
	}

	@Test
	void goesOnAfterListenerThatInterrupts() {
		Instance instance = this.rig.instance(new OutboxListener() {

			@Override
			public void onSent(String id, String runId, boolean adopted, Duration age) {
				Thread.currentThread().interrupt();
			}

		}).started();
		awaitSent(instance.outbox(), instance.trigger(1));
		long processor = processorTime();
		long end = System.nanoTime() + Duration.ofMillis(800).toNanos();
		while (System.nanoTime() < end) {
			await().pollDelay(Duration.ofMillis(200)).until(() -> true);
		}
		// a thread that is still interrupted can't wait
		assertThat(processorTime() - processor).isLessThan(Duration.ofMillis(400).toNanos());
		awaitSent(instance.outbox(), instance.trigger(2));
	}

	private static long processorTime() {
		var threads = java.lang.management.ManagementFactory.getThreadMXBean();
		long time = 0;
		for (long id : threads.getAllThreadIds()) {
			var thread = threads.getThreadInfo(id);
			if (thread != null && thread.getThreadName().equals("trigger-outbox")) {
				time += Math.max(0, threads.getThreadCpuTime(id));
			}
		}
		return time;
	}

	@Test
	void isStoppedAndStartedAgain() {
		Instance instance = this.rig.instance().started();
		for (int i = 0; i < 3; i++) {
			instance.outbox().stop();
			assertThat(instance.outbox().isRunning()).isFalse();
			String id = instance.trigger(i);
			instance.outbox().start();
			assertThat(instance.outbox().isRunning()).isTrue();
			awaitSent(instance.outbox(), id);
		}
		assertThat(this.rig.emulator().runs()).hasSize(3);
	}

	/**
	 * Nothing is on its way to the server, and another instance does the rest.
	 */
	@Test
	void stopDoesNotWaitForTheRateLimit() {
		this.rig.emulator()
			.faults()
			.onOperation("tasks.trigger")
			.rateLimitedUntil(Instant.now().plusSeconds(50))
			.times(1);
		Instance instance = this.rig.instance().started();
		instance.trigger(1);
		await().atMost(PATIENCE).until(() -> count("last_error IS NOT NULL") == 1);
		String waiting = instance.trigger(2);
		await().atMost(PATIENCE).until(() -> count("claimed_by IS NOT NULL AND attempts = 1") == 2);
		assertThat(timeToStop(instance)).isLessThan(Duration.ofSeconds(3));
		Instance other = this.rig.instance().started();
		awaitSent(other.outbox(), waiting);
		await().atMost(PATIENCE).until(() -> other.outbox().status().pending() == 0);
		assertThat(this.rig.emulator().runs()).hasSize(2);
	}

	@Test
	void stopDoesNotWaitForTheSearchForAnEarlierRun(CapturedOutput output) {
		this.rig.emulator().faults().onOperation("tasks.trigger").loseResponse();
		Faults.Rule silent = this.rig.emulator().faults().onOperation("runs.list").hang();
		Instance instance = this.rig.instance().started();
		for (int i = 0; i < 8; i++) {
			instance.trigger(i);
		}
		await().atMost(PATIENCE).until(() -> silent.count() >= 8);
		this.rig.emulator().faults().clear();
		int logged = output.getOut().length();
		assertThat(timeToStop(instance)).isLessThan(Duration.ofSeconds(3));
		assertThat(output.getOut().substring(logged)).doesNotContain("WARN");
		Instance other = this.rig.instance().started();
		await().atMost(PATIENCE).until(() -> other.outbox().status().pending() == 0);
		assertThat(this.rig.emulator().runs()).hasSize(8);
	}

	/**
	 * Repeating what was sent would cost a search for its run.
	 */
	@Test
	void stopWaitsForTheResponse() {
		Faults.Rule slow = this.rig.emulator().faults().onOperation("tasks.trigger").delay(Duration.ofSeconds(1));
		Instance instance = this.rig.instance().started();
		String id = instance.trigger(1);
		await().atMost(PATIENCE).until(() -> slow.count() == 1);
		instance.outbox().stop();
		assertThat(state(instance.outbox(), id)).isEqualTo(OutboxState.SENT);
	}

	private static Duration timeToStop(Instance instance) {
		long start = System.nanoTime();
		instance.outbox().stop();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/**
	 * The phase of an application that closes may have less time than what is sent.
	 */
	@Test
	void isNotStoppedOnTheThreadThatClosesTheApplication() {
		Instance instance = this.rig.instance().started();
		CompletableFuture<Thread> stopped = new CompletableFuture<>();
		instance.outbox().stop(() -> stopped.complete(Thread.currentThread()));
		assertThat(stopped).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());
		assertThat(instance.outbox().isRunning()).isFalse();
	}

}
