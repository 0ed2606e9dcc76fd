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

/**
 * Triggers tasks. All take a secret key, or a public access token for the task.
 * <p>
 * A call whose answer is lost is tried again without making a second run: where there is
 * no idempotency key the client adds a random one for all attempts of the call, unless
 * {@code trigger.retry.auto-idempotency} is off.
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
	 * @param options how the run shall be made
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
	 * @param options sets how the run shall be made, starting with the options of the
	 * task
	 * @return the handle of the run
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	default <P extends @Nullable Object, O> Mono<RunHandle<O>> trigger(TaskType<P, O> task, P payload,
			Consumer<TriggerOptions.Builder> options) {
		return trigger(task, payload, task.options().with(options));
	}

	/**
	 * Trigger a task for up to 1,000 payloads at once.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items}
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the payloads
	 * @return the handle of the batch; fails with a
	 * {@link dev.trigger.spring.batch.BatchException}
	 * @throws IllegalArgumentException if there are no payloads, or more than 1,000
	 */
	default <P extends @Nullable Object, O> Mono<BatchHandle<O>> batchTrigger(TaskType<P, O> task,
			Collection<? extends P> payloads) {
		return batchTrigger(task, payloads.stream().map(task::item).toList(), BatchOptions.none());
	}

	/**
	 * Trigger a task for up to 1,000 items at once, each with options of its own.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items}
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param items the items, made by {@link TaskType#item}
	 * @param options how the batch shall be made
	 * @return the handle of the batch; fails with a
	 * {@link dev.trigger.spring.batch.BatchException}
	 * @throws IllegalArgumentException if there are no items, more than 1,000, or some of
	 * another task
	 */
	<O> Mono<BatchHandle<O>> batchTrigger(TaskType<?, O> task, List<BatchItem> items, BatchOptions options);

	/**
	 * Trigger a task for all payloads of a source, in as many batches as it takes. The
	 * source is asked for payloads as batches are made.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items},
	 * again and again
	 * @param <P> the type of the payloads
	 * @param <O> the type of the outputs
	 * @param task the task
	 * @param payloads the source of the payloads
	 * @return the handles of the batches, as they are made; empty if the source is
	 */
	<P, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task, Publisher<? extends P> payloads);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the way to the network
	 * @param payloads encodes payloads and decodes outputs
	 * @return the operations
	 */
	static TaskOperations create(TriggerHttp http, PayloadCodec payloads) {
		return new DefaultTaskOperations(http, payloads);
	}

}
