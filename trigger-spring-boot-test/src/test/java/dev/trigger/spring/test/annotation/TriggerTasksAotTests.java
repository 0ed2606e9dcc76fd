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

package dev.trigger.spring.test.annotation;

import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.test.annotation.app.Digest;
import dev.trigger.spring.test.annotation.app.EmailTasks;
import dev.trigger.spring.test.annotation.app.Hidden;
import dev.trigger.spring.test.annotation.app.Image;
import dev.trigger.spring.test.annotation.app.Receipt;
import dev.trigger.spring.test.annotation.app.TasksApplication;
import dev.trigger.spring.test.annotation.app.Welcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code @TriggerTasks} interfaces in an application that was processed ahead
 * of time.
 */
@CompileWithForkedClassLoader
class TriggerTasksAotTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TriggerEmulator emulator = TriggerEmulator.start();

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void tasksThatWereFoundWorkInProcessedApplication() {
		this.emulator.task("digest", Digest.Request.class, (request) -> new Digest(request.words().length()));
		TestGenerationContext generation = new TestGenerationContext(TasksApplication.class);
		ClassName initializer = process(TasksApplication.class, generation);
		assertHints(generation.getRuntimeHints());
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				properties().applyTo(context);
				initialize(compiled.getInstance(ApplicationContextInitializer.class, initializer.reflectionName()),
						context);
				context.refresh();
				callTasks(context);
			}
		});
		assertThat(this.emulator).hasTriggered("send-welcome").times(2);
	}

	@Test
	void hintsAreForBeansThatApplicationMakesItselfToo() {
		TestGenerationContext generation = new TestGenerationContext(OwnTasks.class);
		process(OwnTasks.class, generation);
		assertHints(generation.getRuntimeHints());
	}

	private static void callTasks(GenericApplicationContext context) {
		EmailTasks tasks = context.getBean(EmailTasks.class);
		assertThat(tasks.sendWelcome(new Welcome("1", "ada@example.com"), null).block(PATIENCE).outputType())
			.isEqualTo(Receipt.class);
		assertThat(tasks.digestAndAwait(new Digest.Request("four")).block(PATIENCE)).isEqualTo(new Digest(4));
		assertThat(tasks.resize(Flux.just(new Image("a"))).collectList().block(PATIENCE)).hasSize(1);
		// of an interface that only its own package sees
		Hidden hidden = context.getBean(Hidden.class);
		assertThat(hidden.greeting()).isEqualTo("hidden");
		hidden.trigger(new Welcome("2", "bob@example.com")).block(PATIENCE);
	}

	private static void assertHints(RuntimeHints hints) {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(EmailTasks.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TriggerTask.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(EmailTasks.class, "sendWelcome"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(EmailTasks.class, "welcome")).accepts(hints);
		for (Class<?> type : new Class<?>[] { Welcome.class, Receipt.class, Digest.class, Digest.Request.class,
				Image.class }) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as("%s", type).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Welcome.class, "email")).accepts(hints);
	}

	private ClassName process(Class<?> application, TestGenerationContext generation) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		properties().applyTo(context);
		context.register(application);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		return initializer;
	}

	private TestPropertyValues properties() {
		return TestPropertyValues.of("trigger.api-url=" + this.emulator.apiUrl(),
				"trigger.secret-key=" + this.emulator.secretKey("dev"));
	}

	@SuppressWarnings("unchecked")
	private static void initialize(ApplicationContextInitializer<?> initializer, GenericApplicationContext context) {
		((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class OwnTasks {

		@Bean
		EmailTasks emailTasks(TriggerTasksFactory factory) {
			return factory.create(EmailTasks.class);
		}

	}

}
