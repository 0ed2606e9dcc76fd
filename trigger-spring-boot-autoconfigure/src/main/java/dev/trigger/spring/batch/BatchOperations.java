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

package dev.trigger.spring.batch;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunHandle;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Creates and follows batches of runs. All take a secret key; all but {@link #results
 * results} take a public access token too.
 * <p>
 * A batch is triggered in two phases: it is created, and its items are sent. Until all of
 * them have arrived no run starts, so both phases can be retried. Calls fail with a
 * {@link BatchException}.
 *
 * @since 1.0.0
 */
public interface BatchOperations {

	/**
	 * The largest number of items that a batch can have.
	 */
	int MAX_ITEMS = 1000;

	/**
	 * Trigger up to 1,000 items of any tasks as one batch.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items}
	 * @param items the items
	 * @param options the options for creating the batch
	 * @return the handle of the batch
	 * @throws IllegalArgumentException if there are no items, or more than 1,000
	 */
	Mono<BatchHandle<Object>> trigger(List<BatchItem> items, BatchOptions options);

	/**
	 * Trigger up to 1,000 items of any tasks as one batch.
	 * @param items the items
	 * @param options sets the options for creating the batch
	 * @return the handle of the batch
	 * @see #trigger(List, BatchOptions)
	 */
	default Mono<BatchHandle<Object>> trigger(List<BatchItem> items, Consumer<BatchOptions.Builder> options) {
		return trigger(items, BatchOptions.of(options));
	}

	/**
	 * Trigger up to 1,000 items of any tasks as one batch.
	 * @param items the items
	 * @return the handle of the batch
	 * @see #trigger(List, BatchOptions)
	 */
	default Mono<BatchHandle<Object>> trigger(List<BatchItem> items) {
		return trigger(items, BatchOptions.none());
	}

	/**
	 * Trigger all items of a source, in as many batches as it takes. Items are requested
	 * as batches are created: at most two batches' worth of them are held in memory.
	 * <p>
	 * {@code POST /api/v3/batches}, then {@code POST /api/v3/batches/{batchId}/items},
	 * repeatedly
	 * @param items the source of the items
	 * @param options the options for creating the batches; with an idempotency key, each
	 * batch but the first gets one that is derived from it
	 * @return the handles of the batches, as they are created; empty if the source is
	 */
	Flux<BatchHandle<Object>> triggerAll(Publisher<BatchItem> items, BatchOptions options);

	/**
	 * Trigger all items of a source, in as many batches as it takes.
	 * @param items the source of the items
	 * @param options sets the options for creating the batches
	 * @return the handles of the batches, as they are created; empty if the source is
	 * @see #triggerAll(Publisher, BatchOptions)
	 */
	default Flux<BatchHandle<Object>> triggerAll(Publisher<BatchItem> items, Consumer<BatchOptions.Builder> options) {
		return triggerAll(items, BatchOptions.of(options));
	}

	/**
	 * Trigger all items of a source, in as many batches as it takes.
	 * @param items the source of the items
	 * @return the handles of the batches, as they are created; empty if the source is
	 * @see #triggerAll(Publisher, BatchOptions)
	 */
	default Flux<BatchHandle<Object>> triggerAll(Publisher<BatchItem> items) {
		return triggerAll(items, BatchOptions.none());
	}

	/**
	 * Create a batch without items, to be followed by {@link #streamItems}. Its options
	 * do not reach the items, whose keys are those of their own options:
	 * {@link #trigger(List, BatchOptions) trigger} and {@link #triggerAll triggerAll}
	 * derive keys from that of the batch.
	 * <p>
	 * {@code POST /api/v3/batches}
	 * @param itemCount the number of items that will follow, 1 to 1000
	 * @param options the options for creating the batch
	 * @return the handle of the batch
	 * @throws IllegalArgumentException if there are no items, or more than 1,000, or if
	 * the options have a time to live of the keys of items
	 */
	Mono<BatchHandle<Object>> create(int itemCount, BatchOptions options);

	/**
	 * Create a batch without items, to be followed by {@link #streamItems}.
	 * @param itemCount the number of items that will follow, 1 to 1000
	 * @param options sets the options for creating the batch
	 * @return the handle of the batch
	 * @see #create(int, BatchOptions)
	 */
	default Mono<BatchHandle<Object>> create(int itemCount, Consumer<BatchOptions.Builder> options) {
		return create(itemCount, BatchOptions.of(options));
	}

	/**
	 * Send the items of a batch once. Items that the server already has do no harm: it
	 * recognizes them by their index, counted from 0. Items have the keys of their own
	 * options only, whatever the key of the batch is.
	 * <p>
	 * {@code POST /api/v3/batches/{batchId}/items}
	 * @param batchId the id of the batch
	 * @param items the items, in order
	 * @return what the server accepted; fails if {@code items} does, or if an item can't
	 * be written as JSON
	 */
	Mono<StreamedItems> streamItems(String batchId, Publisher<BatchItem> items);

	/**
	 * Return a batch. One that was created just now may not be visible yet: the server
	 * reports that, and the call is retried.
	 * <p>
	 * {@code GET /api/v2/batches/{batchId}}
	 * @param batchId the id
	 * @return the batch
	 */
	Mono<Batch> retrieve(String batchId);

	/**
	 * Return a batch.
	 * @param handle the handle of the batch
	 * @return the batch
	 * @see #retrieve(String)
	 */
	default Mono<Batch> retrieve(BatchHandle<?> handle) {
		return retrieve(handle.id());
	}

	/**
	 * Return the results of a batch. Servers on engine V2, which Trigger.dev v4 uses,
	 * always return an empty list here. What works on all of them is to await the output
	 * of each run:
	 *
	 * <!-- snippet: com/example/recipes/BatchOutputs.java#outputs --> <pre class="code">
	 * Flux&lt;String&gt; outputs = trigger.batches().runs(batch).concatMap(trigger.runs()::awaitOutput);
	 * </pre>
	 * <p>
	 * {@code GET /api/v1/batches/{batchId}/results}
	 * @param batchId the id
	 * @return the results, without items on engine V2
	 * @see #runs(BatchHandle)
	 */
	Mono<BatchResults> results(String batchId);

	/**
	 * Wait until a batch is over, by default for an hour.
	 * @param batchId the id
	 * @return the batch
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<Batch> awaitCompletion(String batchId) {
		return awaitCompletion(batchId, UnaryOperator.identity());
	}

	/**
	 * Wait until a batch is over.
	 * <p>
	 * {@code GET /api/v2/batches/{batchId}}, repeatedly
	 * @param batchId the id
	 * @param polling changes how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}: the argument is the
	 * polling of the client, see {@code trigger.polling.*}
	 * @return the batch
	 */
	Mono<Batch> awaitCompletion(String batchId, UnaryOperator<Polling> polling);

	/**
	 * Wait until a batch is over, by default for an hour.
	 * @param handle the handle of the batch
	 * @return the batch
	 * @see #awaitCompletion(String)
	 */
	default Mono<Batch> awaitCompletion(BatchHandle<?> handle) {
		return awaitCompletion(handle.id());
	}

	/**
	 * Wait until a batch is over.
	 * <p>
	 * {@code GET /api/v2/batches/{batchId}}, repeatedly
	 * @param batchId the id
	 * @param polling how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}
	 * @return the batch
	 */
	default Mono<Batch> awaitCompletion(String batchId, Polling polling) {
		return awaitCompletion(batchId, (ignored) -> polling);
	}

	/**
	 * Wait until a batch is over.
	 * @param batchId the id
	 * @param timeout the time after which to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}; zero for never
	 * @return the batch
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<Batch> awaitCompletion(String batchId, Duration timeout) {
		return awaitCompletion(batchId, (polling) -> polling.withTimeout(timeout));
	}

	/**
	 * Return the runs of a batch once all of them are created, for which it waits up to
	 * an hour.
	 * @param <O> the type of the runs' outputs
	 * @param batch the handle of the batch
	 * @return the handles of the runs
	 * @see #runs(BatchHandle, Polling)
	 */
	default <O> Flux<RunHandle<O>> runs(BatchHandle<O> batch) {
		return runs(batch, UnaryOperator.identity());
	}

	/**
	 * Return the runs of a batch once all of them are created, which the server does
	 * after it has received the items. Fails with a {@link BatchException} after those
	 * runs if there are items for which none could be created.
	 * <p>
	 * {@code GET /api/v2/batches/{batchId}}, repeatedly
	 * @param <O> the type of the runs' outputs
	 * @param batch the handle of the batch
	 * @param polling changes how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}: the argument is the
	 * polling of the client, see {@code trigger.polling.*}
	 * @return the handles of the runs, in the order in which the server has them
	 */
	<O> Flux<RunHandle<O>> runs(BatchHandle<O> batch, UnaryOperator<Polling> polling);

	/**
	 * Return the runs of a batch once all of them are created, which the server does
	 * after it has received the items. Fails with a {@link BatchException} after those
	 * runs if there are items for which none could be created.
	 * <p>
	 * {@code GET /api/v2/batches/{batchId}}, repeatedly
	 * @param <O> the type of the runs' outputs
	 * @param batch the handle of the batch
	 * @param polling how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}
	 * @return the handles of the runs, in the order in which the server has them
	 */
	default <O> Flux<RunHandle<O>> runs(BatchHandle<O> batch, Polling polling) {
		return runs(batch, (ignored) -> polling);
	}

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param payloads encodes payloads and decodes outputs
	 * @param polling how waits poll unless the caller passes a polling of its own
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static BatchOperations create(TriggerHttp http, PayloadCodec payloads, Polling polling) {
		return new DefaultBatchOperations(http, payloads, polling);
	}

}
