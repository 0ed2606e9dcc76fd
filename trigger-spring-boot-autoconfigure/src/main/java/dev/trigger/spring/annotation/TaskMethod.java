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

package dev.trigger.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.outbox.OutboxHandle;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.KotlinDetector;
import org.springframework.core.Nullness;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.StringValueResolver;

/**
 * What a method does when it is called.
 *
 * @param signature the method
 * @param task the task with the options of the annotation
 * @param key the expression for the idempotency key, {@code null} if there is none
 * @param polling changes how the client waits for an output
 */
record TaskMethod(TaskSignature signature, TaskType<@Nullable Object, Object> task, @Nullable KeyExpression key,
		UnaryOperator<Polling> polling) {

	/**
	 * Complete a signature with the attributes of its annotation.
	 * @param signature the signature
	 * @param resolver resolves placeholders
	 * @return the method
	 * @throws InvalidTriggerTaskException if the annotation can't be used
	 */
	@SuppressWarnings("NullAway") // which reads type arguments on newer JDKs only
	static TaskMethod of(TaskSignature signature, StringValueResolver resolver) {
		TaskAttributes attributes = new TaskAttributes(signature, resolver);
		Type payloadType = signature.parameters().payloadType();
		TaskType<@Nullable Object, Object> task = TaskType.of(signature.annotation().getString("id"),
				ParameterizedTypeReference.forType((payloadType != null) ? payloadType : Object.class),
				ParameterizedTypeReference.forType(signature.returns().outputType()));
		String key = attributes.text("idempotencyKey");
		Duration timeout = attributes.duration("timeout");
		return new TaskMethod(signature, task.with(attributes.options()),
				(key != null) ? KeyExpression.parse(key, signature) : null,
				(timeout != null) ? (polling) -> polling.withTimeout(timeout) : UnaryOperator.identity());
	}

	/**
	 * Call the method.
	 * @param client the client
	 * @param arguments the arguments
	 * @return what the method returns
	 */
	@Nullable Object invoke(TriggerOperations client, @Nullable Object[] arguments) {
		if (this.signature.returns().form() == TaskReturn.Form.REACTIVE) {
			return execute(client, arguments);
		}
		if (this.signature.returns().suspending()) {
			return SuspendingFunction.await(single(execute(client, arguments)), arguments,
					this.signature.returns().outcome());
		}
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException("The method " + this.signature.description() + " blocks, but the thread "
					+ Thread.currentThread().getName() + " must not be blocked: let it return a Mono or Flux, or call "
					+ "it on another thread, as with Mono.fromCallable(...).subscribeOn(Schedulers.boundedElastic())");
		}
		return single(execute(client, arguments)).block();
	}

	/**
	 * Call the method, which triggers together with a transaction.
	 * @param outbox the outbox
	 * @param arguments the arguments
	 * @return what the method returns
	 */
	@SuppressWarnings("NullAway") // which reads type arguments on newer JDKs only
	@Nullable Object invoke(TriggerOutbox outbox, @Nullable Object[] arguments) {
		Object payload = this.signature.parameters().payload(arguments);
		OutboxHandle<Object> handle = outbox.trigger(this.task, payload, options(arguments, payload));
		return (this.signature.returns().outcome() == TaskReturn.Outcome.WRITTEN) ? handle : null;
	}

	@SuppressWarnings("NullAway") // which reads type arguments on newer JDKs only
	private Mono<?> single(Publisher<?> result) {
		return switch (this.signature.returns().form()) {
			case LIST -> Flux.from(result).collectList();
			case OPTIONAL -> Mono.from(result).map(Optional::of).defaultIfEmpty(Optional.empty());
			default -> Mono.<Object>from(result).switchIfEmpty(Mono.defer(this::withoutOutput));
		};
	}

	private Mono<Object> withoutOutput() {
		Method method = this.signature.method();
		if (this.signature.returns().outcome() != TaskReturn.Outcome.OUTPUT) {
			return Mono.empty();
		}
		if (method.getReturnType().isPrimitive()) {
			return Mono.error(() -> missingOutput("returns a primitive: let it return an Optional"));
		}
		if (KotlinDetector.isKotlinType(method.getDeclaringClass())
				&& Nullness.forMethodReturnType(method) == Nullness.NON_NULL) {
			return Mono.error(() -> missingOutput("returns a type that can't be null: add a '?' to it"));
		}
		return Mono.empty();
	}

	private IllegalStateException missingOutput(String problem) {
		return new IllegalStateException(
				"The run had no output, but the method " + this.signature.description() + " " + problem);
	}

	private Publisher<?> execute(TriggerOperations client, @Nullable Object[] arguments) {
		return switch (this.signature.returns().outcome()) {
			case HANDLE -> trigger(client, arguments);
			case NOTHING, WRITTEN -> trigger(client, arguments).then();
			case OUTPUT ->
				trigger(client, arguments).flatMap((handle) -> client.runs().awaitOutput(handle, this.polling));
			case BATCH -> Mono.defer(() -> client.tasks()
				.batchTriggerItems(this.task, items(arguments).toList(),
						this.signature.parameters().batchOptions(arguments)));
			case BATCHES -> batches(client, arguments);
			// if the source fails, the runs of the batches before are still emitted first
			case RUNS ->
				batches(client, arguments).concatMapDelayError((batch) -> client.batches().runs(batch), false, 1);
		};
	}

	@SuppressWarnings("NullAway") // which reads type arguments on newer JDKs only
	private Mono<RunHandle<Object>> trigger(TriggerOperations client, @Nullable Object[] arguments) {
		return Mono.defer(() -> {
			Object payload = this.signature.parameters().payload(arguments);
			return client.tasks().trigger(this.task, payload, options(arguments, payload));
		});
	}

	private Flux<BatchHandle<Object>> batches(TriggerOperations client, @Nullable Object[] arguments) {
		return Flux.defer(() -> {
			Object source = this.signature.parameters().source(arguments);
			Flux<BatchItem> items = (source instanceof Publisher<?> payloads)
					? Flux.from(payloads).map((payload) -> item(arguments, payload))
					: Flux.fromStream(() -> items(arguments));
			return client.batches()
				.triggerAll(items, this.signature.parameters().batchOptions(arguments))
				.map((batch) -> batch.withOutputType(this.task.outputType()));
		});
	}

	private Stream<BatchItem> items(@Nullable Object[] arguments) {
		Iterable<?> payloads = (Iterable<?>) this.signature.parameters().source(arguments);
		return StreamSupport.stream(payloads.spliterator(), false).map((payload) -> item(arguments, payload));
	}

	@SuppressWarnings("NullAway") // which reads type arguments on newer JDKs only
	private BatchItem item(@Nullable Object[] arguments, @Nullable Object payload) {
		return this.task.item(payload).with(options(arguments, payload));
	}

	private TriggerOptions options(@Nullable Object[] arguments, @Nullable Object payload) {
		TriggerOptions options = this.signature.parameters().options(arguments, this.task.options());
		if (this.key == null || options.idempotencyKey() != null) {
			return options;
		}
		return options.with((builder) -> builder.idempotencyKey(this.key.evaluate(arguments, payload)));
	}

}
