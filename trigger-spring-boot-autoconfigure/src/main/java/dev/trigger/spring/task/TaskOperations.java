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

package dev.trigger.spring.task;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.RunHandle;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Triggers tasks. All take a secret key, or a public access token for the task.
 * <p>
 * A call whose response is lost is retried without creating a second run: if there is no
 * idempotency key, the client adds a random one for all attempts of the call, unless
 * {@code trigger.retry.auto-idempotency} is off. One case remains: the server frees the
 * key of a run that failed, expired, crashed or timed out. If that happens before the
 * next attempt arrives, the attempt creates a second run. The window is the delay between
 * two attempts, 1 to 30 s by default.
 *
 * @since 1.0.0
 */
public interface TaskOperations {

	/**
	 * Trigger a task. An unknown task is accepted by the server: its run stays in the
	 * queue until the task is deployed.
	 * <p>
	 * {@code POST /api/v1/tasks/{taskIdentifier}/trigger}, after {@code PUT
	 * /api/v2/packets/{filename}} for a payload of 128 KiB and more
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param task the task
	 * @param payload the payload: a {@link String} goes as text, everything else as JSON
	 * @param options the options for triggering the run
	 * @return the handle of the run
	 */
	<P extends @Nullable Object, O> Mono<RunHandle<O>> trigger(TaskType<P, O> task, P payload, TriggerOptions options);

	/**
	 * Trigger a task.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param task the task
	 * @param payload the payload
	 * @return the handle of the run
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	default <P extends @Nullable Object, O> Mono<RunHandle<O>> trigger(TaskType<P, O> task, P payload) {
		return trigger(task, payload, task.options());
	}

	/**
	 * Trigger a task.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param task the task
	 * @param payload the payload
	 * @param options changes the options of the task for this run
	 * @return the handle of the run
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	default <P extends @Nullable Object, O> Mono<RunHandle<O>> trigger(TaskType<P, O> task, P payload,
			Consumer<TriggerOptions.Builder> options) {
		return trigger(task, payload, task.options().with(options));
	}

	/**
	 * Trigger a task that has no {@link TaskType}.
	 * @param taskIdentifier the identifier of the task, such as {@code send-welcome}
	 * @param payload the payload
	 * @return the handle of the run, whose output is any JSON
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	@SuppressWarnings("NullAway") // the bound of the payload allows null
	default Mono<RunHandle<JsonNode>> trigger(String taskIdentifier, @Nullable Object payload) {
		TaskType<@Nullable Object, JsonNode> task = TaskType.of(taskIdentifier, Object.class, JsonNode.class);
		return this.<@Nullable Object, JsonNode>trigger(task, payload, task.options());
	}

	/**
	 * Trigger a task that has no {@link TaskType}.
	 * @param taskIdentifier the identifier of the task, such as {@code send-welcome}
	 * @param payload the payload
	 * @param options sets the options for triggering the run
	 * @return the handle of the run, whose output is any JSON
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	@SuppressWarnings("NullAway") // the bound of the payload allows null
	default Mono<RunHandle<JsonNode>> trigger(String taskIdentifier, @Nullable Object payload,
			Consumer<TriggerOptions.Builder> options) {
		TaskType<@Nullable Object, JsonNode> task = TaskType.of(taskIdentifier, Object.class, JsonNode.class);
		return this.<@Nullable Object, JsonNode>trigger(task, payload, options);
	}

	/**
	 * Trigger a task for all payloads of a collection, in as many batches of 1,000 as it
	 * takes.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items},
	 * once for each batch
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the payloads, at least one
	 * @param options the options for creating the batches; with an idempotency key, each
	 * batch but the first gets one that is derived from it
	 * @return the handles of the batches, as they are created: a single one for up to
	 * 1,000 payloads; fails with a {@link dev.trigger.spring.batch.BatchException}
	 * @throws IllegalArgumentException if there are no payloads
	 */
	<P extends @Nullable Object, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task,
			Collection<? extends P> payloads, BatchOptions options);

	/**
	 * Trigger a task for all payloads of a collection.
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the payloads, at least one
	 * @param options sets the options for creating the batches
	 * @return the handles of the batches, as they are created
	 * @see #batchTrigger(TaskType, Collection, BatchOptions)
	 */
	default <P extends @Nullable Object, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task,
			Collection<? extends P> payloads, Consumer<BatchOptions.Builder> options) {
		return batchTrigger(task, payloads, BatchOptions.of(options));
	}

	/**
	 * Trigger a task for all payloads of a collection.
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the payloads, at least one
	 * @return the handles of the batches, as they are created
	 * @see #batchTrigger(TaskType, Collection, BatchOptions)
	 */
	default <P extends @Nullable Object, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task,
			Collection<? extends P> payloads) {
		return batchTrigger(task, payloads, BatchOptions.none());
	}

	/**
	 * Trigger a task for all payloads of a source, in as many batches of 1,000 as it
	 * takes. Payloads are requested from the source as batches are created.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items},
	 * once for each batch
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the source of the payloads
	 * @param options the options for creating the batches; with an idempotency key, each
	 * batch but the first gets one that is derived from it
	 * @return the handles of the batches, as they are created; empty if the source is
	 */
	<P, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task, Publisher<? extends P> payloads,
			BatchOptions options);

	/**
	 * Trigger a task for all payloads of a source.
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the source of the payloads
	 * @param options sets the options for creating the batches
	 * @return the handles of the batches, as they are created
	 * @see #batchTrigger(TaskType, Publisher, BatchOptions)
	 */
	default <P, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task, Publisher<? extends P> payloads,
			Consumer<BatchOptions.Builder> options) {
		return batchTrigger(task, payloads, BatchOptions.of(options));
	}

	/**
	 * Trigger a task for all payloads of a source.
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the source of the payloads
	 * @return the handles of the batches, as they are created
	 * @see #batchTrigger(TaskType, Publisher, BatchOptions)
	 */
	default <P, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task, Publisher<? extends P> payloads) {
		return batchTrigger(task, payloads, BatchOptions.none());
	}

	/**
	 * Trigger a task for up to 1,000 items, each with options of its own, as one batch.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items}
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param items the items, created by {@link TaskType#item}
	 * @param options the options for creating the batch
	 * @return the handle of the batch; fails with a
	 * {@link dev.trigger.spring.batch.BatchException}
	 * @throws IllegalArgumentException if there are no items, more than 1,000, or some of
	 * another task
	 */
	<O> Mono<BatchHandle<O>> batchTriggerItems(TaskType<?, O> task, List<BatchItem> items, BatchOptions options);

	/**
	 * Trigger a task for up to 1,000 items, each with options of its own, as one batch.
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param items the items, created by {@link TaskType#item}
	 * @return the handle of the batch
	 * @see #batchTriggerItems(TaskType, List, BatchOptions)
	 */
	default <O> Mono<BatchHandle<O>> batchTriggerItems(TaskType<?, O> task, List<BatchItem> items) {
		return batchTriggerItems(task, items, BatchOptions.none());
	}

	/**
	 * Trigger a task for up to 1,000 items, each with options of its own, as one batch.
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param items the items, created by {@link TaskType#item}
	 * @param options sets the options for creating the batch
	 * @return the handle of the batch
	 * @see #batchTriggerItems(TaskType, List, BatchOptions)
	 */
	default <O> Mono<BatchHandle<O>> batchTriggerItems(TaskType<?, O> task, List<BatchItem> items,
			Consumer<BatchOptions.Builder> options) {
		return batchTriggerItems(task, items, BatchOptions.of(options));
	}

	/**
	 * Encode a trigger that is sent later. No request is made.
	 * @param <P> the type of the payload
	 * @param task the task
	 * @param payload the payload
	 * @param options the options for triggering the run
	 * @return the encoded trigger
	 * @throws IllegalArgumentException if the payload can't be written as JSON
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	<P extends @Nullable Object> EncodedTrigger encode(TaskType<P, ?> task, P payload, TriggerOptions options);

	/**
	 * Send a trigger that was encoded before: in a single attempt, which other requests
	 * go ahead of where the rate limit is short. Whoever sends it decides about further
	 * attempts.
	 * <p>
	 * {@code POST /api/v1/tasks/{taskIdentifier}/trigger}, after {@code PUT
	 * /api/v2/packets/{filename}} for a payload of 128 KiB and more
	 * @param trigger the encoded trigger, whose options have an idempotency key
	 * @return the handle of the run
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	Mono<RunHandle<Object>> trigger(EncodedTrigger trigger);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param payloads encodes payloads and decodes outputs
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static TaskOperations create(TriggerHttp http, PayloadCodec payloads) {
		return new DefaultTaskOperations(http, payloads);
	}

}
