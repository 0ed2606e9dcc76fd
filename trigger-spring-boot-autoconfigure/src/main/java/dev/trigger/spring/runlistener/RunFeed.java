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

package dev.trigger.spring.runlistener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.http.DefaultScheduler;
import dev.trigger.spring.realtime.RealtimeQuery;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.realtime.RunColumn;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Hears from the feed of the environment that runs are over, mostly before a query finds
 * them. The feed misses some, and has only runs that were triggered not long ago: it is
 * no record. It is started anew now and then, which shows what was missed.
 */
final class RunFeed {

	private static final Log logger = LogFactory.getLog(RunFeed.class);

	private static final Duration CREATED_WITHIN = Duration.ofHours(1);

	private static final Duration RENEWAL = Duration.ofMinutes(20);

	/**
	 * More than these are left to the queries.
	 */
	private static final int MAX_WAITING = 5_000;

	private static final RealtimeQuery QUERY = RealtimeQuery.of((query) -> query.createdWithin(CREATED_WITHIN)
		.skipColumns(RunColumn.PAYLOAD, RunColumn.PAYLOAD_TYPE, RunColumn.METADATA, RunColumn.METADATA_TYPE,
				RunColumn.OUTPUT, RunColumn.OUTPUT_TYPE, RunColumn.ERROR, RunColumn.STREAMS));

	private final TriggerOperations client;

	private final Runnable wakeup;

	private final Queue<FinishedRun> runs = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final Scheduler scheduler = new DefaultScheduler();

	private final Disposable.Swap subscription = Disposables.swap();

	private volatile boolean failing;

	RunFeed(TriggerOperations client, Runnable wakeup) {
		this.client = client;
		this.wakeup = wakeup;
	}

	void start() {
		this.subscription.update(Flux.defer(() -> this.client.realtime().runs(QUERY))
			.doOnNext((run) -> this.failing = false)
			.takeUntilOther(Mono.delay(RENEWAL, this.scheduler))
			.repeat()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
				.maxBackoff(Duration.ofMinutes(1))
				.scheduler(this.scheduler)
				.transientErrors(true)
				.doBeforeRetry((signal) -> failed(signal.failure())))
			.subscribe(this::offer, this::failed));
	}

	void stop() {
		this.subscription.dispose();
	}

	private void failed(Throwable failure) {
		if (!this.failing) {
			this.failing = true;
			logger.warn("The feed of runs failed: " + failure.getMessage()
					+ ". Listeners are called somewhat later, when a query finds that a run is over");
		}
	}

	private void offer(RealtimeRun run) {
		if (run.isFinished() && this.waiting.get() < MAX_WAITING) {
			this.waiting.incrementAndGet();
			this.runs.add(new FinishedRun(run.id(), run.status(), run.taskIdentifier(), run.tags(), run.finishedAt()));
			this.wakeup.run();
		}
	}

	/**
	 * Return the runs that the feed showed as over.
	 */
	List<FinishedRun> poll() {
		List<FinishedRun> found = new ArrayList<>();
		FinishedRun run = this.runs.poll();
		while (run != null) {
			this.waiting.decrementAndGet();
			found.add(run);
			run = this.runs.poll();
		}
		return found;
	}

}
