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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.trigger.spring.annotation.InvalidTriggerTaskException;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.test.annotation.app.Receipt;
import dev.trigger.spring.test.annotation.app.TasksApplication;
import dev.trigger.spring.test.annotation.app.Welcome;
import dev.trigger.spring.test.annotation.invalid.InvalidApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@code @TriggerTasks} interfaces that keep an application from starting.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidTriggerTasksTests {

	private static final String KEY = "trigger.secret-key=tr_dev_0123456789abcdefDEV1";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TriggerAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class))
		.withPropertyValues(KEY);

	@ParameterizedTest
	@MethodSource("invalidTypes")
	void interfaceIsRefusedWithReasonAndRemedy(Class<?> type, String description, String action) {
		this.runner.run((context) -> assertThatExceptionOfType(InvalidTriggerTaskException.class)
			.isThrownBy(() -> context.getBean(TriggerTasksFactory.class).create(type))
			.satisfies((ex) -> {
				assertThat(ex.getDescription()).contains(description).contains(type.getName());
				assertThat(ex.getAction()).contains(action);
			}));
	}

	@Test
	void applicationDoesNotStartAndTellsMethodAndRemedy(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(InvalidApplication.class, "--" + KEY));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("invalid.InvalidTasks.sendWelcome(String, String) has several parameters for a payload.")
			.contains("Put everything the task needs into one record or map.");
	}

	@Test
	void applicationWithoutCredentialTellsWhatToSet(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(TasksApplication.class));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("app.HiddenTasks' is needed, but no Trigger.dev credential is configured.")
			.contains("Set 'trigger.secret-key' or the environment variable TRIGGER_SECRET_KEY");
	}

	static Stream<Arguments> invalidTypes() {
		return Stream.of(arguments(SeveralPayloads.class,
				"SeveralPayloads.run(String, Welcome) has several parameters for a payload", "one record or map"),
				arguments(SeveralOptions.class, "several parameters for options", "either TriggerOptions or"),
				arguments(BatchOptionsForSingleRun.class, "has BatchOptions but triggers a single run",
						"Use TriggerOptions"),
				arguments(SeveralBatchOptions.class, "several parameters for batch options", "Use one"),
				arguments(NoTask.class, "NoTask.run(Welcome) has no @TriggerTask", "Annotate it with @TriggerTask"),
				arguments(EmptyTask.class, "a @TriggerTask without the id of a task", "Name it"),
				arguments(Bodied.class, "is not abstract", "Remove its body"),
				arguments(FluxOfOutputs.class, "but not one of handles", "Flux<RunHandle<O>>"),
				arguments(BatchWithoutPayloads.class, "has no parameter for its payloads", "Flux or another Publisher"),
				arguments(BatchOfOnePayload.class, "has no parameter for its payloads", "Collection"),
				arguments(SingleBatchOfPublisher.class, "has no parameter for its payloads",
						"return Flux<BatchHandle<O>> for a Publisher"),
				arguments(PublisherForSingleRun.class, "has a publisher for its payload", "the payload itself"),
				arguments(FutureOutput.class, "returns java.util.concurrent.CompletableFuture", "Mono<RunHandle<O>>"),
				arguments(PublisherOutput.class, "where an output or a handle is expected", "Mono<RunHandle<O>>"),
				arguments(HandlesAsOutput.class, "where an output or a handle is expected", "Flux<RunHandle<O>>"),
				arguments(OpenType.class, "does not specify the type of the output", "type argument"),
				arguments(UnparsedKey.class, "UnparsedKey.run(Welcome) is not a valid SpEL expression", "#payload.id"),
				arguments(UnknownVariable.class, "refers to #userId, which does not exist",
						"#payload, #welcome, #p0, #a0"),
				arguments(KeyOfNothing.class, "refers to 'userId' without saying of what", "#payload.userId"),
				arguments(KeyOfParameter.class, "refers to 'welcome' without saying of what", "Write \"#welcome\""),
				arguments(KeyAsTemplate.class, "'#{payload.userId}' is evaluated when the application starts",
						"without '#{' and '}', such as \"#payload.id\""),
				arguments(BadTtl.class, "The ttl of the method ", "10m"),
				arguments(BadTag.class, "The tags of the method ", "Correct 'tags' of its @TriggerTask"),
				arguments(PlaceholderOfNothing.class, "Could not resolve placeholder 'app.nothing'",
						"Correct 'queue' of its @TriggerTask"),
				arguments(PlaceholderAsTask.class, "whose id is a placeholder, which is not replaced",
						"Write the id of the task"),
				arguments(PlaceholderAsClient.class, "Could not resolve placeholder 'app.nothing'",
						"Correct 'client' of its @TriggerTasks"),
				arguments(UnknownClient.class, "has no client. There is no Trigger.dev client 'nowhere'",
						"trigger.clients.nowhere.secret-key"),
				arguments(NoInterface.class, "NoInterface, which is not an interface", "Make it an interface"));
	}

	@TriggerTasks
	interface SeveralPayloads {

		@TriggerTask("t")
		Mono<RunHandle<Receipt>> run(String userId, Welcome welcome);

	}

	@TriggerTasks
	interface SeveralOptions {

		@TriggerTask("t")
		Mono<RunHandle<Receipt>> run(TriggerOptions some, Consumer<TriggerOptions.Builder> others);

	}

	@TriggerTasks
	interface BatchOptionsForSingleRun {

		@TriggerTask("t")
		Mono<RunHandle<Receipt>> run(Welcome welcome, BatchOptions options);

	}

	@TriggerTasks
	interface SeveralBatchOptions {

		@TriggerTask("t")
		Flux<RunHandle<Receipt>> run(Flux<Welcome> all, BatchOptions some, BatchOptions others);

	}

	@TriggerTasks
	interface NoTask {

		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface EmptyTask {

		@TriggerTask
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface Bodied {

		@TriggerTask("t")
		default void run() {
		}

	}

	@TriggerTasks
	interface FluxOfOutputs {

		@TriggerTask("t")
		Flux<Receipt> run(Flux<Welcome> all);

	}

	@TriggerTasks
	interface BatchWithoutPayloads {

		@TriggerTask("t")
		Flux<RunHandle<Receipt>> run();

	}

	@TriggerTasks
	interface BatchOfOnePayload {

		@TriggerTask("t")
		Flux<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface SingleBatchOfPublisher {

		@TriggerTask("t")
		Mono<BatchHandle<Receipt>> run(Flux<Welcome> all);

	}

	@TriggerTasks
	interface PublisherForSingleRun {

		@TriggerTask("t")
		Mono<RunHandle<Receipt>> run(Mono<Welcome> welcome);

	}

	@TriggerTasks
	interface FutureOutput {

		@TriggerTask("t")
		CompletableFuture<Receipt> run(Welcome welcome);

	}

	@TriggerTasks
	interface PublisherOutput {

		@TriggerTask("t")
		Publisher<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface HandlesAsOutput {

		@TriggerTask("t")
		Mono<List<RunHandle<Receipt>>> run(List<Welcome> all);

	}

	@TriggerTasks
	interface OpenType {

		@TriggerTask("t")
		<O> Mono<O> run(Welcome welcome);

	}

	@TriggerTasks
	interface UnparsedKey {

		@TriggerTask(id = "t", idempotencyKey = "#payload.")
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface UnknownVariable {

		@TriggerTask(id = "t", idempotencyKey = "{'a', #userId}")
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface KeyOfNothing {

		@TriggerTask(id = "t", idempotencyKey = "'a-' + userId")
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface KeyOfParameter {

		@TriggerTask(id = "t", idempotencyKey = "welcome.userId")
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface KeyAsTemplate {

		@TriggerTask(id = "t", idempotencyKey = "#{payload.userId}")
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface BadTtl {

		@TriggerTask(id = "t", ttl = "soon")
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface BadTag {

		@TriggerTask(id = "t", tags = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11" })
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	interface PlaceholderOfNothing {

		@TriggerTask(id = "t", queue = "${app.nothing}")
		void run(Welcome welcome);

	}

	@TriggerTasks
	interface PlaceholderAsTask {

		@TriggerTask("${app.task}")
		void run(Welcome welcome);

	}

	@TriggerTasks("${app.nothing}")
	interface PlaceholderAsClient {

		@TriggerTask("t")
		void run(Welcome welcome);

	}

	@TriggerTasks("nowhere")
	interface UnknownClient {

		@TriggerTask("t")
		Mono<RunHandle<Receipt>> run(Welcome welcome);

	}

	@TriggerTasks
	abstract static class NoInterface {

	}

}
