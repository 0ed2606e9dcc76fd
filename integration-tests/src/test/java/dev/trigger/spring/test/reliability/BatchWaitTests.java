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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A batch whose runs are awaited one by one.
 */
class BatchWaitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TaskType<Integer, Integer> ECHO = TaskType.of("echo", Integer.class, Integer.class);

	private static final List<Integer> NUMBERS = IntStream.range(0, 50).boxed().toList();

	/**
	 * Without feeds all waits poll.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 8 })
	void itsOutputsAreTheSameByPushAndByPolling(int maxFeeds) {
		CountDownLatch go = new CountDownLatch(1);
		try (TriggerEmulator emulator = TriggerEmulator.builder()
			.rateLimit(100_000, 100_000, Duration.ofSeconds(10))
			.start()
			.task("echo", JsonNode.class, (payload, context) -> {
				go.await();
				return payload;
			});
				TriggerTemplate trigger = TriggerTemplate.builder(TriggerCredential.of(emulator.secretKey("prod")))
					.apiUrl(emulator.apiUrl())
					.realtime((live) -> live.withMaxFeeds(maxFeeds))
					.build()) {
			// so seldom that a wait by push that polls all the same is noticed
			UnaryOperator<Polling> polling = (present) -> present
				.every((maxFeeds > 0) ? Duration.ofMinutes(10) : Duration.ofMillis(200));
			Flux<Integer> outputs = trigger.tasks()
				.batchTrigger(ECHO, NUMBERS)
				.concatMap((BatchHandle<Integer> batch) -> trigger.batches().runs(batch))
				.flatMapSequential((run) -> trigger.runs().awaitOutput(run, polling), NUMBERS.size());
			Mono<List<Integer>> all = outputs.collectList().cache();
			all.subscribe();
			await().atMost(PATIENCE).until(() -> isWaiting(emulator, trigger, maxFeeds));
			go.countDown();
			assertThat(all.block(PATIENCE)).isEqualTo(NUMBERS);
			if (maxFeeds > 0) {
				assertThat(emulator.requests("runs.retrieve")).hasSize(NUMBERS.size());
				assertThat(emulator.requests("realtime.run")).isEmpty();
				assertThat(emulator.requests("realtime.batch")).hasSizeBetween(1, 2 + 2 * NUMBERS.size());
			}
			await().atMost(PATIENCE).until(() -> trigger.realtime().statistics().open() == 0);
		}
	}

	/**
	 * Whether a feed is held, or all runs are polled; more than one feed is never open.
	 */
	private static boolean isWaiting(TriggerEmulator emulator, TriggerTemplate trigger, int maxFeeds) {
		int open = trigger.realtime().statistics().open();
		assertThat(open).isLessThanOrEqualTo(Math.min(maxFeeds, 1));
		return (maxFeeds > 0) ? open == 1 && emulator.requests("realtime.batch").size() > 0
				: emulator.requests("runs.retrieve").size() >= NUMBERS.size();
	}

}
