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

package dev.trigger.spring.test.modulith;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.outbox.OutboxAdministration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.Externalized;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.support.DelegatingEventExternalizer;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for events of Spring Modulith that trigger tasks, with its registry in a
 * database.
 */
class ModulithEventTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static TriggerEmulator emulator;

	private static String url;

	private static ConfigurableApplicationContext context;

	private int runsBefore;

	@BeforeAll
	static void startApplication() {
		emulator = TriggerEmulator.start()
			.task("send-welcome", SignedUp.class, (event) -> "welcome " + event.name())
			.task("mail/send", Moved.class, (event) -> "moved " + event.name());
		url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		context = start();
	}

	@AfterAll
	static void closeAll() {
		context.close();
		emulator.close();
	}

	private static ConfigurableApplicationContext start(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties(properties)
			.properties("trigger.api-url=" + emulator.apiUrl(), "trigger.secret-key=" + emulator.secretKey("prod"),
					"trigger.clients.staging.secret-key=" + emulator.secretKey("stg"), "trigger.outbox.enabled=true",
					"trigger.outbox.initialize-schema=always", "trigger.outbox.poll-interval=100ms",
					"spring.datasource.url=" + url, "spring.modulith.events.jdbc.schema-initialization.enabled=true",
					"spring.main.banner-mode=off")
			.run();
	}

	/**
	 * Once the listener is through with what an earlier test published.
	 */
	@BeforeEach
	void countRuns() {
		await().atMost(PATIENCE).until(() -> incomplete() == 0);
		this.runsBefore = emulator.runs().size();
	}

	private static TransactionTemplate transaction() {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	private static void publish(Object... events) {
		transaction().executeWithoutResult((status) -> {
			for (Object event : events) {
				context.publishEvent(event);
			}
		});
	}

	private void awaitSent(int number) {
		await().atMost(PATIENCE).until(() -> context.getBean(OutboxAdministration.class).status().pending() == 0);
		assertThat(emulator.runs()).hasSize(this.runsBefore + number);
	}

	private List<EmulatedRun> runs() {
		return emulator.runs().subList(this.runsBefore, emulator.runs().size());
	}

	private static JdbcClient jdbc() {
		return JdbcClient.create(context.getBean(DataSource.class));
	}

	private static long incomplete() {
		return jdbc().sql("SELECT COUNT(*) FROM event_publication WHERE completion_date IS NULL")
			.query(Long.class)
			.single();
	}

	@Test
	void eventTriggersTheTaskOfItsTarget() {
		publish(new SignedUp("ada"), new SignedUp("ada"), new Moved("bob"), new NotExternalized("eve"));
		awaitSent(3);
		assertThat(runs()).extracting(EmulatedRun::taskId, EmulatedRun::environment)
			.containsExactlyInAnyOrder(tuple("send-welcome", "prod"), tuple("send-welcome", "prod"),
					tuple("mail/send", "stg"));
		assertThat(runs()).extracting((run) -> emulator.awaitRun(run.id()).output().asString())
			.containsExactlyInAnyOrder("welcome ada", "welcome ada", "moved bob");
		assertThat(jdbc().sql("SELECT ordering_key FROM trigger_outbox WHERE task = 'mail/send'")
			.query(String.class)
			.single()).isEqualTo("user-bob");
	}

	@Test
	void rolledBackEventTriggersNothing() {
		transaction().executeWithoutResult((status) -> {
			context.publishEvent(new SignedUp("eve"));
			status.setRollbackOnly();
		});
		publish(new SignedUp("ada"));
		awaitSent(1);
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> context.publishEvent(new Moved("bob")));
	}

	/**
	 * A response of the API is lost, and a listener of the application fails.
	 */
	@Test
	void resubmittedEventTriggersNoSecondRun() {
		emulator.faults().onOperation("tasks.trigger").loseResponse().once();
		Switch listener = context.getBean(Switch.class);
		listener.fails = true;
		int calls = listener.calls.get();
		publish(new SignedUp("ada"));
		await().atMost(PATIENCE).until(() -> listener.calls.get() == calls + 1);
		awaitSent(1);
		assertThat(incomplete()).isOne();
		listener.fails = false;
		await().atMost(PATIENCE).until(() -> {
			context.getBean(IncompleteEventPublications.class).resubmitIncompletePublications((event) -> true);
			return incomplete() == 0;
		});
		assertThat(listener.calls).hasValueGreaterThan(calls + 1);
		awaitSent(1);
	}

	@Test
	void restartThatRepublishesTriggersNoSecondRun() {
		emulator.faults().onOperation("tasks.trigger").status(503).times(1000);
		Switch listener = context.getBean(Switch.class);
		listener.fails = true;
		int calls = listener.calls.get();
		publish(new SignedUp("ada"));
		await().atMost(PATIENCE).until(() -> listener.calls.get() == calls + 1);
		context.close();
		emulator.faults().clear();
		assertThat(runs()).isEmpty();
		context = start("spring.modulith.events.republish-outstanding-events-on-restart=true");
		await().atMost(PATIENCE).until(() -> incomplete() == 0);
		awaitSent(1);
	}

	/**
	 * Modulith itself does not choose a broker by the target.
	 */
	@Test
	void brokersReceiveOnlyWhatTriggersNothing() {
		List<Object> received = context.getBean(Broker.class).received;
		received.clear();
		publish(new SignedUp("ada"), new Moved("bob"), new Sold("eve"));
		awaitSent(2);
		await().atMost(PATIENCE).until(() -> !received.isEmpty() && incomplete() == 0);
		assertThat(received).containsExactly(new Sold("eve"));
	}

	@Test
	void targetsThatCannotBeUsedAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> publish(new NoTask()))
			.withMessageContaining("'trigger:'")
			.withMessageContaining("trigger@<client>:<task>");
		assertThatIllegalStateException().isThrownBy(() -> publish(new Misspelled()))
			.withMessageContaining("'Trigger:send-welcome'");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> publish(new UnknownClient()))
			.withMessageContaining("nobody");
		publish(new OfAnotherBroker());
		awaitSent(0);
	}

	@Externalized("trigger:send-welcome")
	record SignedUp(String name) {

	}

	@Externalized("trigger@staging:mail/send::#{'user-' + name()}")
	record Moved(String name) {

	}

	@Externalized("sales")
	record Sold(String name) {

	}

	record NotExternalized(String name) {

	}

	@Externalized("trigger:")
	record NoTask() {

	}

	@Externalized("Trigger:send-welcome")
	record Misspelled() {

	}

	@Externalized("trigger@nobody:send-welcome")
	record UnknownClient() {

	}

	@Externalized("triggers::#{unknown()}")
	record OfAnotherBroker() {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Switch.class, Listener.class, Broker.class })
	static class Application {

		@Bean
		@SuppressWarnings({ "deprecation", "removal" })
		DelegatingEventExternalizer broker(EventExternalizationConfiguration configuration, Broker broker) {
			return new DelegatingEventExternalizer(configuration, (target, payload) -> {
				broker.received.add(payload);
				return CompletableFuture.completedFuture(null);
			});
		}

	}

	/**
	 * What a broker received.
	 */
	static class Broker {

		private final List<Object> received = new CopyOnWriteArrayList<>();

	}

	/**
	 * Whether the listener fails, and how often it was called.
	 */
	static class Switch {

		private final AtomicInteger calls = new AtomicInteger();

		private volatile boolean fails;

	}

	/**
	 * A listener whose publications are kept until it succeeds.
	 */
	static class Listener {

		private final Switch state;

		Listener(Switch state) {
			this.state = state;
		}

		@ApplicationModuleListener
		void on(SignedUp event) {
			this.state.calls.incrementAndGet();
			if (this.state.fails) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}
