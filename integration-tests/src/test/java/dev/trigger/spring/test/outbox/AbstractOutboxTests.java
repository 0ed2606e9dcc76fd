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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.spring.outbox.OutboxEntry;
import dev.trigger.spring.outbox.OutboxHandle;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.trigger.spring.test.outbox.OutboxRig.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the outbox does on every database.
 */
abstract class AbstractOutboxTests extends OutboxTestSupport {

	/**
	 * {@code -Doutbox.lock.seconds=30} for longer.
	 */
	private static final Duration LOCKED_FOR = Duration.ofSeconds(Long.getLong("outbox.lock.seconds", 3));

	@Test
	void triggersOnceTheTransactionIsCommitted() {
		Instance instance = this.rig.instance().started();
		String id = instance.inTransaction(() -> {
			OutboxHandle<Integer> handle = instance.outbox()
				.trigger(TASK, 7, (options) -> options.tags("order").queue("orders"));
			assertThat(this.rig.emulator().requests()).isEmpty();
			return handle.id();
		});
		OutboxEntry entry = awaitSent(instance.outbox(), id);
		EmulatedRun run = this.rig.emulator().awaitRun(entry.runId());
		assertThat(run.output().asInt()).isEqualTo(49);
		assertThat(run.tags()).containsExactlyInAnyOrder("order", "outbox:" + id);
		assertThat(run.idempotencyKey()).isNotNull();
		assertThat(run.options().path("idempotencyKeyTTL").asString()).isEqualTo("365d");
		assertThat(run.options().path("idempotencyKeyOptions").path("key").asString()).isEqualTo("outbox:" + id);
		assertThat(run.options().path("queue").path("name").asString()).isEqualTo("orders");
		assertThat(this.rig.emulator().runs()).hasSize(1);
	}

	@Test
	void rollsBackWithTheTransaction() {
		Instance instance = this.rig.instance().started();
		instance.transaction().executeWithoutResult((status) -> {
			instance.outbox().trigger(TASK, 1);
			status.setRollbackOnly();
		});
		instance.transaction().executeWithoutResult((status) -> {
			Object savepoint = status.createSavepoint();
			instance.outbox().trigger(TASK, 2);
			status.rollbackToSavepoint(savepoint);
			instance.outbox().trigger(TASK, 3);
		});
		awaitRuns(1);
		assertThat(this.rig.emulator().runs().get(0).payload().asInt()).isEqualTo(3);
		assertThat(count("1 = 1")).isEqualTo(1);
	}

	@Test
	void innerTransactionTriggersAlthoughTheOuterOneIsRolledBack() {
		Instance instance = this.rig.instance().started();
		TransactionTemplate inner = new TransactionTemplate(instance.transaction().getTransactionManager());
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		instance.transaction().executeWithoutResult((status) -> {
			instance.outbox().trigger(TASK, 1);
			inner.executeWithoutResult((own) -> instance.outbox().trigger(TASK, 2));
			status.setRollbackOnly();
		});
		awaitRuns(1);
		assertThat(this.rig.emulator().runs().get(0).payload().asInt()).isEqualTo(2);
	}

	@Test
	void refusesWhatIsNoWritableTransactionOfItsDatabase() {
		Instance instance = this.rig.instance();
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> instance.outbox().trigger(TASK, 1))
			.withMessageContaining("trigger.outbox.own-transaction");
		TransactionTemplate readOnly = new TransactionTemplate(instance.transaction().getTransactionManager());
		readOnly.setReadOnly(true);
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> readOnly.execute((status) -> instance.outbox().trigger(TASK, 1)))
			.withMessageContaining("read-only");
		try (var other = OutboxRig.h2()) {
			TransactionTemplate foreign = new TransactionTemplate(OutboxRig.database(other).transactionManager());
			assertThatExceptionOfType(IllegalTransactionStateException.class)
				.isThrownBy(() -> foreign.execute((status) -> instance.outbox().trigger(TASK, 1)))
				.withMessageContaining("@TriggerDataSource");
			// within it, one of the right database is fine
			String id = foreign.execute((status) -> instance.trigger(1));
			assertThat(instance.outbox().find(id)).isPresent();
		}
		assertThat(count("1 = 1")).isEqualTo(1);
	}

	@Test
	void anotherInstanceSendsWhatWasLeftOver() {
		Instance dead = this.rig.instance();
		List<String> ids = IntStream.range(0, 50).mapToObj(dead::trigger).toList();
		Instance alive = this.rig.instance().started();
		ids.forEach((id) -> awaitSent(alive.outbox(), id));
		assertThat(this.rig.emulator().runs()).hasSize(50);
	}

	@Test
	void lostResponseMakesNoSecondRun() {
		this.rig.emulator().faults().onOperation("tasks.trigger").loseResponse().once();
		Instance instance = this.rig.instance().started();
		awaitSent(instance.outbox(), instance.trigger(1));
		assertThat(this.rig.emulator().runs()).hasSize(1);
		assertThat(this.rig.emulator().requests("tasks.trigger")).hasSize(2);
	}

	@Test
	void sendsInOrderWithinOneKey() {
		Instance first = this.rig.instance().started();
		Instance second = this.rig.instance().started();
		this.rig.emulator().faults().onOperation("tasks.trigger").loseResponse().randomly(20, 1);
		for (int number = 0; number < 20; number++) {
			int payload = number;
			Instance instance = (number % 3 == 0) ? first : second;
			instance.inTransaction(() -> instance.outbox().inOrder("customer").trigger(TASK, payload));
		}
		awaitRuns(20);
		List<Integer> numbers = this.rig.emulator().runs().stream().map((run) -> run.payload().asInt()).toList();
		assertThat(numbers).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "There are no virtual threads before Java 21")
	void virtualThreadsTriggerInTransactionsOfTheirOwn() throws Exception {
		Instance instance = this.rig.instance().started();
		List<String> ids = new CopyOnWriteArrayList<>();
		ThreadFactory virtual = virtualThreads();
		List<Thread> threads = new ArrayList<>();
		for (int number = 0; number < 40; number++) {
			int payload = number;
			Thread thread = virtual.newThread(() -> instance.transaction().executeWithoutResult((status) -> {
				String id = instance.outbox().trigger(TASK, payload).id();
				if (payload % 2 == 0) {
					ids.add(id);
				}
				else {
					status.setRollbackOnly();
				}
			}));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(ids).hasSize(20);
		awaitRuns(20);
		assertThat(this.rig.emulator().runs()).allMatch((run) -> run.payload().asInt() % 2 == 0);
	}

	/**
	 * By name, since the tests are compiled for Java 17.
	 */
	private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
	}

	@Test
	void sendsLargePayloadsAndWhatNoCharacterSetHas() {
		Instance instance = this.rig.instance().started();
		List<Map<String, Object>> payloads = new ArrayList<>();
		this.rig.emulator().task("store", Map.class, (payload) -> "stored");
		@SuppressWarnings({ "unchecked", "rawtypes" })
		TaskType<Map<String, Object>, String> store = (TaskType) TaskType.of("store", Map.class, String.class);
		char[] million = new char[1_000_000];
		Arrays.fill(million, 'ä');
		payloads.add(Map.of("text", new String(million)));
		payloads.add(Map.of("text", "\0 \uD83D\uDE00 \u2028 'quoted' \\"));
		List<String> ids = instance.inTransaction(
				() -> payloads.stream().map((payload) -> instance.outbox().trigger(store, payload).id()).toList());
		for (int i = 0; i < ids.size(); i++) {
			EmulatedRun run = this.rig.emulator().awaitRun(awaitSent(instance.outbox(), ids.get(i)).runId());
			assertThat((Object) run.payload(Map.class)).isEqualTo(payloads.get(i));
		}
		TaskType<String, String> text = TaskType.of("text", String.class, String.class);
		this.rig.emulator().task("text", String.class, (payload) -> payload.length());
		String id = instance.inTransaction(() -> instance.outbox().trigger(text, new String(million)).id());
		assertThat(this.rig.emulator().awaitRun(awaitSent(instance.outbox(), id).runId()).output().asInt())
			.isEqualTo(1_000_000);
	}

	@Test
	void goesOnWhenTheTableIsNoLongerLocked() throws Exception {
		Instance instance = this.rig.instance().started();
		String id = instance.trigger(1);
		awaitSent(instance.outbox(), id);
		CountDownLatch locked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Thread lock = new Thread(() -> instance.transaction().executeWithoutResult((status) -> {
			this.rig.jdbc().sql(lockTable()).query().listOfRows();
			locked.countDown();
			awaitLatch(release);
		}));
		String second = this.rig.instance().trigger(2);
		lock.start();
		awaitLatch(locked);
		// whether it waits for the lock or fails: it must not be sent twice, or be lost
		Thread.sleep(LOCKED_FOR.toMillis());
		release.countDown();
		lock.join();
		awaitSent(instance.outbox(), second);
		awaitRuns(2);
	}

	/**
	 * Return a query that locks every row.
	 */
	String lockTable() {
		return "SELECT id FROM trigger_outbox FOR UPDATE";
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
