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

package dev.trigger.spring.test.runlistener;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon listeners are called, on an emulator whose queries lag as those of servers do.
 */
class RunListenerLatencyTests {

	private static final int RUNS = 15;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	@Test
	void feedMakesListenersBeCalledBeforeQueriesShowTheRun() throws Exception {
		Duration woken = median("true", Duration.ofSeconds(1));
		Duration polled = median("false", Duration.ofSeconds(4));
		System.out.println("run listeners: p50 of " + RUNS + " runs from their end to the listener: woken by the feed "
				+ woken.toMillis() + " ms, polled " + polled.toMillis() + " ms");
		assertThat(woken).isLessThan(Duration.ofSeconds(1)).isLessThan(polled);
		assertThat(polled).isLessThan(Duration.ofSeconds(4));
	}

	/**
	 * Measure, and again up to two times where it took too long: a machine may be busy
	 * with something else.
	 */
	private static Duration median(String realtime, Duration longest) throws Exception {
		Duration least = median(realtime);
		for (int i = 0; i < 2 && least.compareTo(longest) >= 0; i++) {
			Duration median = median(realtime);
			least = (median.compareTo(least) < 0) ? median : least;
		}
		return least;
	}

	private static Duration median(String realtime) throws Exception {
		try (TriggerEmulator emulator = TriggerEmulator.builder().queryLag(Duration.ofMillis(2100)).start()) {
			emulator.task("square", Integer.class, (number) -> number * number);
			try (ListenerApplication application = ListenerApplication.start(emulator,
					ListenerApplication.newDatabase(), TimingListener.class, "trigger.run-listener.poll-interval=1s",
					"trigger.run-listener.realtime=" + realtime)) {
				RunListenerTests.awaitReading(application);
				for (int i = 0; i < RUNS; i++) {
					application.trigger().tasks().trigger(TASK, i).block(PATIENCE);
					Thread.sleep(150);
				}
				Timings timings = application.bean(Timings.class);
				RunListenerTests.await(() -> timings.latencies.size(), RUNS);
				List<Duration> sorted = timings.latencies.stream().sorted().toList();
				return sorted.get(RUNS / 2);
			}
		}
	}

	record Timings(Queue<Duration> latencies) {

		@TriggerRunListener(task = "square")
		void on(RunFinished<Integer> event) {
			this.latencies.add(Duration.between(event.finishedAt(), Instant.now()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TimingListener {

		@Bean
		Timings timings() {
			return new Timings(new ConcurrentLinkedQueue<>());
		}

	}

}
