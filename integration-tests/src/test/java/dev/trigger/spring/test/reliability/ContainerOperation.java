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

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.waitpoint.WaitpointOptions;
import dev.trigger.spring.waitpoint.WaitpointStatus;
import reactor.core.publisher.Mono;

/**
 * The operations that meet the faults of containers. Each call has a name of its own, by
 * which it is told afterwards what it did.
 */
enum ContainerOperation {

	TRIGGER("trigger", 20, 1) {

		@Override
		Mono<?> call(TriggerOperations trigger, String name, String prepared) {
			return trigger.tasks().trigger(task(name), "hi");
		}

		@Override
		Mono<Integer> made(TriggerOperations direct, String name, String prepared) {
			return runs(direct, name);
		}

	},

	BATCH("batch of 1,000", 5, MatrixOperation.BATCH_SIZE) {

		@Override
		Mono<?> call(TriggerOperations trigger, String name, String prepared) {
			return trigger.batches()
				.trigger(
						IntStream.range(0, MatrixOperation.BATCH_SIZE).mapToObj((i) -> BatchItem.of(name, i)).toList());
		}

		@Override
		Mono<Integer> made(TriggerOperations direct, String name, String prepared) {
			return runs(direct, name);
		}

	},

	RETRIEVE("retrieve", 20, 0) {

		@Override
		Mono<String> prepare(TriggerOperations direct, String name) {
			return direct.tasks().trigger(task(name), "hi").map((run) -> run.id());
		}

		@Override
		Mono<?> call(TriggerOperations trigger, String name, String prepared) {
			return trigger.runs().retrieve(prepared);
		}

	},

	LIST("list over pages", 10, 0) {

		@Override
		Mono<String> prepare(TriggerOperations direct, String name) {
			return direct.batches()
				.trigger(IntStream.range(0, LISTED).mapToObj((i) -> BatchItem.of(name, i)).toList())
				.thenReturn("");
		}

		@Override
		Mono<?> call(TriggerOperations trigger, String name, String prepared) {
			return trigger.runs()
				.list((query) -> query.taskIdentifiers(name).size(10))
				.map((run) -> run.id())
				.collectList()
				.doOnNext((ids) -> {
					if (ids.stream().distinct().count() != ids.size()) {
						throw new AssertionError("A run was listed twice");
					}
				})
				.map(List::size);
		}

	},

	SCHEDULE("schedule create", 20, 1) {

		@Override
		Mono<?> call(TriggerOperations trigger, String name, String prepared) {
			return trigger.schedules()
				.create((schedule) -> schedule.task("nightly").cron("0 3 * * *").deduplicationKey(name));
		}

		@Override
		Mono<Integer> made(TriggerOperations direct, String name, String prepared) {
			return direct.schedules()
				.list((query) -> query.size(100))
				.filter((schedule) -> name.equals(schedule.deduplicationKey()))
				.count()
				.map(Long::intValue);
		}

	},

	ENV_VAR("env var update", 20, 1) {

		@Override
		Mono<String> prepare(TriggerOperations direct, String name) {
			String variable = name.replace('-', '_').toUpperCase(Locale.ROOT);
			return direct.envVars(TriggerEnvironment.DEV).create(variable, "old").thenReturn(variable);
		}

		@Override
		Mono<?> call(TriggerOperations trigger, String name, String prepared) {
			return trigger.envVars(TriggerEnvironment.DEV).update(prepared, "new");
		}

		@Override
		Mono<Integer> made(TriggerOperations direct, String name, String prepared) {
			return direct.envVars(TriggerEnvironment.DEV)
				.retrieve(prepared)
				.map((variable) -> "new".equals(variable.value()) ? 1 : 0)
				.onErrorReturn(NotFoundException.class, 0);
		}

	},

	WAITPOINT("waitpoint complete", 20, 1) {

		@Override
		Mono<String> prepare(TriggerOperations direct, String name) {
			return direct.waitpoints().create(WaitpointOptions.defaults()).map((waitpoint) -> waitpoint.id());
		}

		@Override
		Mono<?> call(TriggerOperations trigger, String name, String prepared) {
			return trigger.waitpoints().complete(prepared, Map.of("ok", true));
		}

		@Override
		Mono<Integer> made(TriggerOperations direct, String name, String prepared) {
			return direct.waitpoints()
				.retrieve(prepared)
				.map((waitpoint) -> WaitpointStatus.COMPLETED.equals(waitpoint.status()) ? 1 : 0)
				// that is what the server says of one that it does not know
				.onErrorReturn(ServerException.class, 0);
		}

	};

	static final int LISTED = 25;

	private final String title;

	private final int calls;

	private final int expected;

	ContainerOperation(String title, int calls, int expected) {
		this.title = title;
		this.calls = calls;
		this.expected = expected;
	}

	String title() {
		return this.title;
	}

	/**
	 * How many calls there are, spread evenly over the time of a round.
	 */
	int calls() {
		return this.calls;
	}

	/**
	 * How much a call makes.
	 */
	int expected() {
		return this.expected;
	}

	Mono<String> prepare(TriggerOperations direct, String name) {
		return Mono.just("");
	}

	abstract Mono<?> call(TriggerOperations trigger, String name, String prepared);

	Mono<Integer> made(TriggerOperations direct, String name, String prepared) {
		return Mono.just(0);
	}

	static TaskType<String, Object> task(String name) {
		return TaskType.of(name, String.class, Object.class);
	}

	static Mono<Integer> runs(TriggerOperations direct, String task) {
		return direct.runs().list((query) -> query.taskIdentifiers(task).size(100)).count().map(Long::intValue);
	}

}
