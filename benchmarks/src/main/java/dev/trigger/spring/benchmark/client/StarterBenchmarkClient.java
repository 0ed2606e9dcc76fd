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

package dev.trigger.spring.benchmark.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.task.TaskType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client of this project, as the auto-configuration makes it.
 */
final class StarterBenchmarkClient implements BenchmarkClient {

	private static final TaskType<Welcome, Object> TASK = TaskType.of("send-welcome", Welcome.class, Object.class);

	private static final RunQuery PAGE = RunQuery.of((query) -> query.size(25));

	private static final RunQuery WALK = RunQuery.of((query) -> query.size(Scenario.WALK_PAGE));

	private final TriggerOperations trigger;

	StarterBenchmarkClient(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	@Override
	public Mono<Integer> retrieve() {
		return this.trigger.runs().retrieve("run_1234").map((run) -> run.tags().size());
	}

	@Override
	public Mono<Integer> trigger() {
		return this.trigger.tasks().trigger(TASK, Welcome.of(1)).map((handle) -> handle.id().length());
	}

	@Override
	public Mono<Integer> list() {
		return this.trigger.runs().page(PAGE).map((page) -> page.data().size());
	}

	@Override
	public Mono<Integer> walk() {
		return this.trigger.runs().list(WALK).count().map(Long::intValue);
	}

	@Override
	public Mono<Integer> batch() {
		List<BatchItem> items = IntStream.range(0, Scenario.BATCH_ITEMS)
			.mapToObj(StarterBenchmarkClient::item)
			.toList();
		return this.trigger.batches().trigger(items).map((batch) -> batch.runCount());
	}

	@Override
	public Mono<Integer> stream(int count) {
		return this.trigger.batches()
			.streamItems("batch_1234", Flux.range(0, count).map(StarterBenchmarkClient::item))
			.map((streamed) -> streamed.itemsAccepted());
	}

	@Override
	public Mono<Integer> changes() {
		return this.trigger.realtime().run("run_1234").count().map(Long::intValue);
	}

	@Override
	public Mono<Integer> parts(String version) {
		return this.trigger.realtime()
			.stream("run_1234", version)
			.read(Welcome.class, (options) -> options.timeout(Duration.ofMinutes(1)))
			.count()
			.map(Long::intValue);
	}

	private static BatchItem item(int index) {
		return BatchItem.of("send-welcome", Welcome.of(index));
	}

}
