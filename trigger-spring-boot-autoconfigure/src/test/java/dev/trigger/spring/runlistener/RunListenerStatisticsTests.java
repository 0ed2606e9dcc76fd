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

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunListenerStatistics}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunListenerStatisticsTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 200;

	@Test
	void whatFailsForSeveralThreadsAtOnceIsLoggedOnce(CapturedOutput output) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			CyclicBarrier barrier = new CyclicBarrier(THREADS);
			for (int round = 0; round < ROUNDS; round++) {
				RunListenerStatistics.Recorder recorder = new RunListenerStatistics.Recorder(List.of());
				Callable<Void> failing = () -> {
					barrier.await();
					recorder.failure(RunListenerStatistics.EVENT, "It fails", new IllegalStateException("on purpose"));
					return null;
				};
				for (Future<Void> result : threads.invokeAll(Collections.nCopies(THREADS, failing))) {
					result.get();
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(output.getAll().split("It fails: on purpose. It is tried again", -1)).hasSize(ROUNDS + 1);
	}

	@Test
	void tellsOfSeveralFailuresTheSameOne() {
		RunListenerStatistics.Recorder recorder = new RunListenerStatistics.Recorder(List.of());
		recorder.failure(RunListenerStatistics.RUN, "It can't retrieve", new IllegalStateException("a"));
		recorder.failure(RunListenerStatistics.EVENT, "It can't handle", new IllegalStateException("b"));
		recorder.failure(RunListenerStatistics.DISPATCHER, "It can't look", new IllegalStateException("c"));
		assertThat(recorder.snapshot(true, true).failure()).isEqualTo("It can't handle: b");
		recorder.works(RunListenerStatistics.EVENT);
		assertThat(recorder.snapshot(true, true).failure()).isEqualTo("It can't look: c");
	}

}
