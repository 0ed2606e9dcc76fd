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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.exception.UnprocessableEntityException;
import dev.trigger.spring.feed.FeedRow;
import dev.trigger.spring.feed.FeedSource;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.http.TriggerResponse;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.Awaited;
import dev.trigger.spring.run.Poller;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.Push;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.token.HandleTokens;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Default {@link BatchOperations}.
 */
final class DefaultBatchOperations implements BatchOperations {

	private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

	/**
	 * How many lines of a stream become one write to the network: written one by one,
	 * most of the time goes into the kernel.
	 */
	private static final int LINES_AT_ONCE = 64;

	/**
	 * How long a line of a slow stream waits for more.
	 */
	private static final Duration LINGER = Duration.ofMillis(20);

	/**
	 * How long a wait sleeps at most: a run that is part of another batch as well may not
	 * be in the feed of this one.
	 */
	private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

	private final TriggerHttp http;

	private final ItemEncoder encoder;

	private final Poller poller;

	private final Push push;

	private final Polling polling;

	DefaultBatchOperations(TriggerHttp http, PayloadCodec payloads, Polling polling) {
		this.http = http;
		this.encoder = new ItemEncoder(payloads);
		this.poller = new Poller(http);
		this.push = new Push(http);
		this.polling = polling;
	}

	@Override
	public Mono<BatchHandle<Object>> trigger(List<BatchItem> items, BatchOptions options) {
		Assert.notEmpty(items, "A batch must have at least one item");
		Assert.isTrue(items.size() <= MAX_ITEMS, () -> "A batch has at most 1000 items, not " + items.size()
				+ ": use triggerAll, which creates several");
		return make(List.copyOf(items), options);
	}

	@Override
	public Flux<BatchHandle<Object>> triggerAll(Publisher<BatchItem> items, BatchOptions options) {
		return Flux.defer(() -> {
			SourceProgress progress = new SourceProgress();
			// a failure of the source waits until the batch under way has its handle
			return progress.follow(Flux.from(items))
				.buffer(MAX_ITEMS)
				.onErrorResume(progress::fail)
				.index()
				.concatMap((part) -> make(part.getT2(), options.ofPart(part.getT1()))
					.doOnNext((batch) -> progress.add(batch, part.getT2().size()))
					.onErrorMap((ex) -> progress.describe(ex)), 1)
				.concatWith(progress.end());
		});
	}

	/**
	 * To the caller uploads, creation and items are one call, which has one timeout.
	 */
	private Mono<BatchHandle<Object>> make(List<BatchItem> items, BatchOptions options) {
		return Mono.defer(() -> {
			BatchCreation creation = new BatchCreation(items.size());
			Mono<BatchHandle<Object>> created = this.encoder.encode(items, options)
				.flatMap((encoded) -> create(encoded, options, creation)
					.flatMap((batch) -> batch.isCached() ? Mono.just(batch) : fill(batch, encoded, creation)));
			return this.http.limit("A batch of " + items.size() + " item(s)", created)
				.onErrorMap(TriggerTimeoutException.class, creation::timedOut)
				.onErrorMap(ItemEncoder.InvalidItemException.class, creation::invalid);
		});
	}

	private Mono<BatchHandle<Object>> create(Chunks encoded, BatchOptions options, BatchCreation creation) {
		BatchOptions announced = options.with((batch) -> batch.taskIdentifiers(encoded.tasks()));
		creation.enter(BatchException.Phase.CREATE, null);
		return exchange(encoded.count(), announced).onErrorMap(TriggerException.class, creation::failed);
	}

	@Override
	public Mono<BatchHandle<Object>> create(int itemCount, BatchOptions options) {
		Assert.isTrue(itemCount >= 1 && itemCount <= MAX_ITEMS,
				() -> "'itemCount' must be from 1 to " + MAX_ITEMS + ", not " + itemCount);
		Assert.isTrue(!options.hasIdempotencyKeyTtl(), "'idempotencyKeyTtl' belongs to the keys of items, which are "
				+ "sent apart from the batch: set it in the options of each item");
		return exchange(itemCount, options).onErrorMap(TriggerException.class,
				(ex) -> new BatchException(BatchException.Phase.CREATE, null, itemCount, ex));
	}

	private Mono<BatchHandle<Object>> exchange(int itemCount, BatchOptions options) {
		// without a key, a batch that is created twice because a response was lost never
		// gets its items, and runs nothing
		return this.http
			.exchange(TriggerRequest.to(TriggerEndpoint.BATCH_CREATE)
				.json(options.toBody(itemCount))
				.replaySafe(true)
				.returning(Created.class))
			.map((response) -> handle(itemCount, response));
	}

	private BatchHandle<Object> handle(int itemCount, TriggerResponse<Created> response) {
		Created batch = response.body();
		if (batch == null || batch.id() == null || batch.id().isBlank()) {
			throw TriggerDecodingException.missing(TriggerEndpoint.BATCH_CREATE, "the id of the batch");
		}
		int runCount = (batch.runCount() != null) ? batch.runCount() : itemCount;
		return new BatchHandle<>(batch.id(), runCount, batch.isCached(), Object.class,
				HandleTokens.of(this.http, response, List.of("read:batch:" + batch.id()), TOKEN_LIFETIME));
	}

	/**
	 * Send all items until the server has them all: it drops those that it has by their
	 * index.
	 */
	private Mono<BatchHandle<Object>> fill(BatchHandle<Object> batch, Chunks items, BatchCreation creation) {
		creation.enter(BatchException.Phase.STREAM, batch.id());
		RetryPolicy policy = this.http.settings().retry();
		policy = policy.withBackoff(policy.delay(), Math.max(2, policy.multiplier()), policy.maxDelay());
		Mono<BatchHandle<Object>> attempt = send(batch.id(), items.pieces())
			// the caller has not seen the id yet
			.onErrorMap(IllegalArgumentException.class,
					(ex) -> new TriggerDecodingException(TriggerEndpoint.BATCH_CREATE,
							TriggerEndpoint.BATCH_CREATE + " returned an invalid id", ex))
			.flatMap((streamed) -> streamed.sealed() ? Mono.just(batch)
					: Mono.<BatchHandle<Object>>error(new BatchNotSealedException(streamed)))
			.onErrorResume(UnprocessableEntityException.class,
					(ex) -> creation.isSealed(ex) ? Mono.just(batch) : Mono.error(ex))
			.doOnError(creation::attemptFailed);
		return this.http.retry(attempt, policy, BatchNotSealedException.class::isInstance)
			.onErrorMap(TriggerException.class, creation::failed);
	}

	@Override
	public Mono<StreamedItems> streamItems(String batchId, Publisher<BatchItem> items) {
		return send(batchId,
				this.encoder.encode(Flux.from(items), BatchOptions.none())
					.bufferTimeout(LINES_AT_ONCE, LINGER, this.http.scheduler(), true)
					.map(DefaultBatchOperations::join));
	}

	private static byte[] join(List<byte[]> lines) {
		byte[] joined = new byte[lines.stream().mapToInt((line) -> line.length).sum()];
		int offset = 0;
		for (byte[] line : lines) {
			System.arraycopy(line, 0, joined, offset, line.length);
			offset += line.length;
		}
		return joined;
	}

	private Mono<StreamedItems> send(String batchId, Flux<byte[]> lines) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.BATCH_STREAM_ITEMS, batchId)
			.ndjson(lines)
			.retry((policy) -> policy.withMaxAttempts(1))
			.returning(StreamedItems.class));
	}

	@Override
	public Mono<Batch> retrieve(String batchId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.BATCH_RETRIEVE, batchId).returning(Batch.class));
	}

	@Override
	public Mono<BatchResults> results(String batchId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.BATCH_RESULTS, batchId).returning(BatchResults.class));
	}

	@Override
	public Mono<Batch> awaitCompletion(String batchId, UnaryOperator<Polling> polling) {
		Polling applied = polling.apply(this.polling);
		return Mono.defer(() -> {
			AtomicReference<Set<String>> runs = new AtomicReference<>();
			Mono<Batch> poll = poll(batchId).doOnNext((batch) -> {
				// these may be fewer than the items, if some failed or shared a key
				if (batch.isMade()) {
					runs.set(Set.copyOf(batch.runs()));
				}
			});
			Mono<Boolean> sleep = Mono
				.defer(() -> this.push.until(FeedSource.batch(batchId), allFinal(Objects.requireNonNull(runs.get()))))
				.takeUntilOther(this.http.live().elapsed(LONGEST_SLEEP))
				.defaultIfEmpty(false);
			return this.poller.sleepAndPoll(Awaited.of("Batch " + batchId, Batch::isFinished, Batch::status),
					() -> runs.get() != null, sleep, poll, applied);
		});
	}

	private static Predicate<FeedRow> allFinal(Set<String> runs) {
		Set<String> over = new HashSet<>();
		return (row) -> {
			String id = row.text("friendlyId");
			if (id != null && RunStatus.isFinal(row)) {
				over.add(id);
			}
			return over.containsAll(runs);
		};
	}

	private Mono<Batch> poll(String batchId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.BATCH_RETRIEVE, batchId).poll().returning(Batch.class));
	}

	private Mono<Batch> await(String description, String batchId, Predicate<Batch> finished,
			UnaryOperator<Polling> polling) {
		return this.poller.poll(Awaited.of(description, finished, Batch::status), poll(batchId),
				polling.apply(this.polling));
	}

	@Override
	public <O> Flux<RunHandle<O>> runs(BatchHandle<O> batch, UnaryOperator<Polling> polling) {
		return await("The creation of the runs of batch " + batch.id(), batch.id(), Batch::isMade, polling)
			.flatMapMany((made) -> {
				Flux<RunHandle<O>> runs = Flux.fromIterable(made.runs()).map(batch::run);
				return made.errors().isEmpty() ? runs
						: runs.concatWith(Mono.error(() -> new BatchException(BatchException.Phase.RUNS, batch.id(),
								batch.runCount(), new ItemsFailedException(made.errors()))));
			});
	}

	/**
	 * The response to a creation.
	 *
	 * @param id the id of the batch
	 * @param runCount how many runs it will have
	 * @param isCached whether the batch already existed
	 */
	record Created(@Nullable String id, @Nullable Integer runCount, boolean isCached) {

	}

}
