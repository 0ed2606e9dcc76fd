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
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

import dev.trigger.spring.http.TriggerCallListener;
import dev.trigger.spring.jdbc.BackgroundLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Remembers which runs this application triggers, on a thread of its own since the
 * database must not hold up calls. It goes on when listeners are stopped, until nothing
 * triggers any more.
 *
 * @since 1.0.0
 */
public final class TriggeredRunRecorder implements TriggerCallListener, SmartLifecycle {

	private static final Log logger = LogFactory.getLog(TriggeredRunRecorder.class);

	private static final int MAX_WAITING = 10_000;

	private static final int CHUNK = 200;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Duration IDLE = Duration.ofMinutes(1);

	private static final Duration STOP = Duration.ofSeconds(5);

	private final List<BiPredicate<String, String>> wanted = new CopyOnWriteArrayList<>();

	private final Deque<Triggered> waiting = new ConcurrentLinkedDeque<>();

	private final AtomicInteger size = new AtomicInteger();

	private final Wakeup wakeup = new Wakeup();

	private @Nullable BackgroundLoop loop;

	private @Nullable Thread thread;

	private volatile boolean overflow;

	/**
	 * Remember runs from now on, also before there is a store for them.
	 * @param wanted decides by the name of the client and the identifier of the task
	 */
	void remember(BiPredicate<String, String> wanted) {
		this.wanted.add(wanted);
	}

	@Override
	public void onTriggered(String client, String taskIdentifier, String runId) {
		if (this.wanted.stream().noneMatch((decision) -> decision.test(client, taskIdentifier))) {
			return;
		}
		if (this.size.get() < MAX_WAITING) {
			this.size.incrementAndGet();
			this.waiting.addLast(new Triggered(client, runId));
			this.wakeup.signal();
		}
		else if (!this.overflow) {
			this.overflow = true;
			logger.warn("The database can't keep up: some triggered runs are not recorded. "
					+ "Their listeners are called nevertheless, unless the server loses a run for its queries");
		}
	}

	/**
	 * Start to save what is triggered.
	 * @param store where to save it
	 * @param check after what time to see whether a run is over
	 */
	synchronized void saveTo(RunEventStore store, Duration check) {
		if (this.loop == null) {
			BackgroundLoop started = new BackgroundLoop(() -> {
				if (this.waiting.isEmpty()) {
					this.wakeup.await(IDLE);
				}
				else {
					saveChunk(store, check);
				}
				return Duration.ZERO;
			}, (failure, failures) -> {
				logger.debug("Runs that were triggered can't be saved now", failure);
				return PAUSE;
			});
			Thread runner = RunListenerThreads.create("recorder", () -> {
				started.run();
				saveRest(store, check);
			});
			this.loop = started;
			this.thread = runner;
			runner.start();
		}
	}

	/**
	 * Save what came until everything that triggers was stopped.
	 */
	private void saveRest(RunEventStore store, Duration check) {
		try {
			while (!this.waiting.isEmpty()) {
				saveChunk(store, check);
			}
		}
		catch (RuntimeException | Error ex) {
			logger.warn(this.size.get() + " runs that were triggered are not remembered, since the database can't be "
					+ "used: " + ex.getMessage() + ". Their listeners are called nevertheless, unless the server "
					+ "loses a run for its queries");
		}
	}

	/**
	 * Save some of what is waiting, which stays there if that fails.
	 */
	private void saveChunk(RunEventStore store, Duration check) {
		List<Triggered> chunk = new ArrayList<>(CHUNK);
		while (chunk.size() < CHUNK) {
			Triggered run = this.waiting.pollFirst();
			if (run == null) {
				break;
			}
			chunk.add(run);
		}
		boolean saved = false;
		try {
			Map<String, List<String>> byClient = new LinkedHashMap<>();
			chunk.forEach(
					(run) -> byClient.computeIfAbsent(run.client(), (client) -> new ArrayList<>()).add(run.runId()));
			byClient.forEach((client, runIds) -> store.triggeredRuns().add(client, runIds, check));
			this.size.addAndGet(-chunk.size());
			this.overflow = false;
			saved = true;
		}
		finally {
			for (int i = chunk.size() - 1; i >= 0 && !saved; i--) {
				this.waiting.addFirst(chunk.get(i));
			}
		}
	}

	/**
	 * Nothing is saved before there are listeners: they say where.
	 */
	@Override
	public void start() {
	}

	/**
	 * Save what is left, and end.
	 */
	@Override
	public void stop() {
		Thread running;
		synchronized (this) {
			BackgroundLoop stopped = this.loop;
			running = this.thread;
			if (stopped == null || running == null) {
				return;
			}
			this.loop = null;
			this.thread = null;
			stopped.stop();
		}
		this.wakeup.signal();
		try {
			running.join(STOP.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.loop != null;
	}

	/**
	 * Stop after everything that may trigger, such as the web server and the outbox.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 5000;
	}

	/**
	 * A run that was triggered.
	 */
	private record Triggered(String client, String runId) {

	}

}
