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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

import dev.trigger.spring.http.TriggerCallListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Remembers which runs this application triggers, on a thread of its own since the
 * database must not hold up calls.
 *
 * @since 1.0.0
 */
public final class TriggeredRunRecorder implements TriggerCallListener {

	private static final Log logger = LogFactory.getLog(TriggeredRunRecorder.class);

	private static final int MAX_WAITING = 10_000;

	private static final int CHUNK = 200;

	private static final long PAUSE_MILLIS = 1000;

	private static final Duration IDLE = Duration.ofMinutes(1);

	private final Queue<Triggered> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private final Wakeup wakeup = new Wakeup();

	private volatile BiPredicate<String, String> wanted = (client, task) -> false;

	private volatile boolean overflow;

	/**
	 * Specify which runs are remembered.
	 * @param wanted decides by the name of the client and the identifier of the task
	 */
	void remember(BiPredicate<String, String> wanted) {
		this.wanted = wanted;
	}

	@Override
	public void onTriggered(String client, String taskIdentifier, String runId) {
		if (!this.wanted.test(client, taskIdentifier)) {
			return;
		}
		if (this.size.get() < MAX_WAITING) {
			this.size.incrementAndGet();
			this.waiting.add(new Triggered(client, runId));
			this.wakeup.signal();
		}
		else if (!this.overflow) {
			this.overflow = true;
			logger.warn("The database does not keep up with the runs that are triggered: some are not remembered. "
					+ "Their listeners are called nevertheless, unless the server loses a run for its queries");
		}
	}

	/**
	 * Save what is triggered until interrupted.
	 * @param store where to save it
	 * @param check after what time to see whether a run is over
	 */
	void run(RunEventStore store, Duration check) throws InterruptedException {
		List<Triggered> chunk = new ArrayList<>();
		while (!Thread.currentThread().isInterrupted()) {
			drain(chunk, CHUNK);
			if (chunk.isEmpty()) {
				this.wakeup.await(IDLE);
				continue;
			}
			try {
				save(store, chunk, check);
				chunk.clear();
			}
			catch (RuntimeException ex) {
				logger.debug("Runs that were triggered can't be saved now", ex);
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
		}
	}

	/**
	 * Save what is left.
	 */
	void flush(RunEventStore store, Duration check) {
		List<Triggered> rest = new ArrayList<>();
		drain(rest, MAX_WAITING);
		if (!rest.isEmpty()) {
			save(store, rest, check);
		}
	}

	private void drain(List<Triggered> chunk, int limit) {
		Triggered run = (chunk.size() < limit) ? this.waiting.poll() : null;
		while (run != null) {
			this.size.decrementAndGet();
			chunk.add(run);
			run = (chunk.size() < limit) ? this.waiting.poll() : null;
		}
	}

	private void save(RunEventStore store, List<Triggered> runs, Duration check) {
		Map<String, List<String>> byClient = new LinkedHashMap<>();
		runs.forEach((run) -> byClient.computeIfAbsent(run.client(), (client) -> new ArrayList<>()).add(run.runId()));
		byClient.forEach((client, runIds) -> store.triggered(client, runIds, check));
	}

	/**
	 * A run that was triggered.
	 */
	private record Triggered(String client, String runId) {

	}

}
