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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.task.TaskType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Callers who trigger, ask and list without a pause, in a JVM of their own.
 */
final class SoakCallers {

	static final int CALLERS = 200;

	private static final int BATCH_SIZE = 20;

	private static final int SAMPLES = 30;

	private static final TaskType<Integer, Object> HELLO = TaskType.of("hello", Integer.class, Object.class);

	private final LoadClient client;

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger payloads = new AtomicInteger();

	private volatile boolean stopped;

	private SoakCallers(LoadClient client) {
		this.client = client;
	}

	public static void main(String[] arguments) throws InterruptedException {
		SoakCallers soak = new SoakCallers(new LoadClient(arguments[0], Duration.ofSeconds(2)));
		soak.run(Duration.ofSeconds(Long.parseLong(arguments[1])));
	}

	private void run(Duration duration) throws InterruptedException {
		Thread callers = new Thread(() -> Flux.range(0, CALLERS)
			.flatMap((caller) -> call().repeat(() -> !this.stopped), CALLERS)
			.blockLast());
		callers.start();
		for (int i = 0; i < SAMPLES; i++) {
			Thread.sleep(duration.toMillis() / SAMPLES);
			System.out.println(this.client.sample(this.calls.get()).line());
		}
		this.stopped = true;
		callers.join();
		System.out.println("calls " + this.calls);
		System.out.println("failed " + this.failed);
		System.out.println("sent " + this.payloads);
		System.out.println("left in use " + this.client.sample(0).inUse());
	}

	private Mono<Void> call() {
		return Mono.defer(() -> next(this.client.trigger(), this.calls.incrementAndGet())).onErrorResume((ex) -> {
			this.failed.incrementAndGet();
			System.out.println("failure " + ex);
			return Mono.empty();
		});
	}

	private Mono<Void> next(TriggerOperations trigger, int number) {
		return switch (number % 10) {
			case 0 -> trigger.batches().trigger(items()).then();
			case 1 -> trigger.runs().list((query) -> query.size(10)).then();
			case 2, 3, 4 -> trigger.runs().retrieve("run_1").then();
			default -> trigger.tasks().trigger(HELLO, this.payloads.getAndIncrement()).then();
		};
	}

	private List<BatchItem> items() {
		int first = this.payloads.getAndAdd(BATCH_SIZE);
		return IntStream.range(first, first + BATCH_SIZE).mapToObj((i) -> BatchItem.of("hello", i)).toList();
	}

}
