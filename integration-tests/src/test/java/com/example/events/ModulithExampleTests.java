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

package com.example.events;

import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.modulith.TriggerEventExternalizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The example of a page with events of Spring Modulith, as it is and processed ahead of
 * time.
 */
class ModulithExampleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final TriggerEmulator emulator = TriggerEmulator.start()
		.task("fulfil-order", OrderPlaced.class, (order) -> "fulfilled " + order.id());

	@AfterEach
	void closeEmulator() {
		this.emulator.close();
	}

	@Test
	void eventTriggersTheTask() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			prepare(context);
			context.refresh();
			placeAnOrder(context);
		}
	}

	@Test
	@CompileWithForkedClassLoader
	void eventTriggersTheTaskInProcessedApplication() {
		TestGenerationContext generation = new TestGenerationContext(Application.class);
		AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext();
		prepare(source);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(source, generation);
		generation.writeGeneratedContent();
		assertHints(generation.getRuntimeHints());
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				properties().applyTo(context);
				initialize(compiled.getInstance(ApplicationContextInitializer.class, initializer.reflectionName()),
						context);
				context.refresh();
				assertThat(context.getBeansOfType(TriggerEventExternalizer.class)).hasSize(1);
				placeAnOrder(context);
			}
		});
	}

	private static void assertHints(RuntimeHints hints) {
		for (String script : new String[] { "outbox/schema-h2.sql", "outbox/schema-postgresql.sql",
				"runlistener/schema-mysql.sql", "jdbc/schema-oracle.sql" }) {
			assertThat(RuntimeHintsPredicates.resource().forResource("dev/trigger/spring/" + script)).as(script)
				.accepts(hints);
		}
	}

	private void placeAnOrder(GenericApplicationContext context) {
		JdbcClient.create(context.getBean(DataSource.class))
			.sql("CREATE TABLE orders (id INT PRIMARY KEY, item VARCHAR(100))")
			.update();
		context.getBean(Shop.class).place(new OrderPlaced(17, "ada", "book"));
		await().atMost(PATIENCE).until(() -> this.emulator.runs().size() == 1);
		EmulatedRun run = this.emulator.runs().get(0);
		assertThat(run.taskId()).isEqualTo("fulfil-order");
		assertThat(this.emulator.awaitRun(run.id()).output().asString()).isEqualTo("fulfilled 17");
		assertThat(JdbcClient.create(context.getBean(DataSource.class))
			.sql("SELECT ordering_key FROM trigger_outbox")
			.query(String.class)
			.single()).isEqualTo("ada");
	}

	private void prepare(AnnotationConfigApplicationContext context) {
		properties().applyTo(context);
		context.register(Application.class);
	}

	private TestPropertyValues properties() {
		return TestPropertyValues.of("trigger.api-url=" + this.emulator.apiUrl(),
				"trigger.secret-key=" + this.emulator.secretKey("dev"), "trigger.outbox.enabled=true",
				"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"spring.modulith.events.jdbc.schema-initialization.enabled=true");
	}

	@SuppressWarnings("unchecked")
	private static void initialize(ApplicationContextInitializer<?> initializer, GenericApplicationContext context) {
		((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Shop.class)
	static class Application {

	}

}
