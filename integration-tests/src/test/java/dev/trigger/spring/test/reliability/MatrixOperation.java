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
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.waitpoint.WaitpointOptions;
import dev.trigger.spring.waitpoint.WaitpointStatus;
import reactor.core.publisher.Mono;

/**
 * The operations of the matrix: what they need, do and leave behind.
 */
enum MatrixOperation {

	TRIGGER("trigger", 0, true, (rig) -> "", (trigger, none) -> trigger.tasks().trigger(Tasks.HELLO, "hi").then(),
			(rig, none) -> rig.emulator().runs().size()),

	BATCH_CREATE("batch of 1,000: create", 0, true, (rig) -> "", MatrixOperation::batch,
			(rig, none) -> madeByBatch(rig)),

	BATCH_ITEMS("batch of 1,000: items", 1, true, (rig) -> "", MatrixOperation::batch, (rig, none) -> madeByBatch(rig)),

	RETRIEVE("retrieve", 0, true, MatrixOperation::run, (trigger, run) -> trigger.runs().retrieve(run).then(),
			(rig, run) -> 1),

	LIST("list over pages", 1, true, MatrixOperation::runs, MatrixOperation::list, (rig, runs) -> 1),

	SCHEDULE("schedule create", 0, true, MatrixOperation::scheduledTask,
			(trigger, none) -> trigger.schedules()
				.create((schedule) -> schedule.task("nightly").cron("0 3 * * *").deduplicationKey("nightly"))
				.then(),
			(rig, none) -> count(rig.direct().schedules().list().count())),

	ENV_VAR("env var update", 0, true, MatrixOperation::variable,
			(trigger, name) -> trigger.envVars(TriggerEnvironment.PROD).update(name, "new"),
			(rig, name) -> "new".equals(value(rig, name)) ? 1 : 0),

	WAITPOINT("waitpoint complete", 0, true, MatrixOperation::waitpoint,
			(trigger, id) -> trigger.waitpoints().complete(id, Map.of("ok", true)),
			(rig, id) -> WaitpointStatus.COMPLETED.equals(status(rig, id)) ? 1 : 0),

	REPLAY("replay (unsafe)", 0, false, MatrixOperation::run, (trigger, run) -> trigger.runs().replay(run).then(),
			(rig, run) -> rig.emulator().runs().size() - 1);

	static final int BATCH_SIZE = 1000;

	private static final int LISTED = 25;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final String title;

	private final int skip;

	private final boolean repeatable;

	private final Function<FaultRig, String> preparation;

	private final BiFunction<TriggerOperations, String, Mono<Void>> call;

	private final BiFunction<FaultRig, String, Integer> made;

	MatrixOperation(String title, int skip, boolean repeatable, Function<FaultRig, String> preparation,
			BiFunction<TriggerOperations, String, Mono<Void>> call, BiFunction<FaultRig, String, Integer> made) {
		this.title = title;
		this.skip = skip;
		this.repeatable = repeatable;
		this.preparation = preparation;
		this.call = call;
		this.made = made;
	}

	private static Mono<Void> batch(TriggerOperations trigger, String none) {
		return trigger.batches()
			.trigger(IntStream.range(0, BATCH_SIZE).mapToObj((i) -> BatchItem.of("hello", i)).toList())
			.then();
	}

	private static int madeByBatch(FaultRig rig) {
		List<String> payloads = rig.emulator().runs().stream().map((run) -> String.valueOf(run.payload())).toList();
		if (payloads.stream().distinct().count() != payloads.size()) {
			throw new AssertionError("An item made two runs");
		}
		return payloads.size();
	}

	private static String run(FaultRig rig) {
		return block(rig.direct().tasks().trigger(Tasks.HELLO, "hi")).id();
	}

	private static String runs(FaultRig rig) {
		block(rig.direct()
			.batches()
			.trigger(IntStream.range(0, LISTED).mapToObj((i) -> BatchItem.of("hello", i)).toList()));
		return "";
	}

	private static Mono<Void> list(TriggerOperations trigger, String none) {
		return trigger.runs().list((query) -> query.size(10)).map((run) -> run.id()).collectList().map((ids) -> {
			if (ids.stream().distinct().count() != LISTED || ids.size() != LISTED) {
				throw new AssertionError("Of " + LISTED + " runs were listed " + ids.size());
			}
			return ids;
		}).then();
	}

	private static String scheduledTask(FaultRig rig) {
		rig.emulator().scheduledTask("nightly");
		return "";
	}

	private static String variable(FaultRig rig) {
		rig.direct().envVars(TriggerEnvironment.PROD).create("NAME", "old").block(PATIENCE);
		return "NAME";
	}

	private static String value(FaultRig rig, String name) {
		return Objects.requireNonNull(block(rig.direct().envVars(TriggerEnvironment.PROD).retrieve(name)).value());
	}

	private static String waitpoint(FaultRig rig) {
		return block(rig.direct().waitpoints().create(WaitpointOptions.defaults())).id();
	}

	private static WaitpointStatus status(FaultRig rig, String id) {
		return Objects.requireNonNull(block(rig.direct().waitpoints().retrieve(id)).status());
	}

	private static int count(Mono<Long> count) {
		return block(count).intValue();
	}

	private static <T> T block(Mono<T> mono) {
		return Objects.requireNonNull(mono.block(PATIENCE));
	}

	String title() {
		return this.title;
	}

	int skip() {
		return this.skip;
	}

	/**
	 * Whether the call may be repeated without acting twice.
	 */
	boolean isRepeatable() {
		return this.repeatable;
	}

	/**
	 * Whether the call reads the body of a successful response.
	 */
	boolean isResponseRead() {
		return this != ENV_VAR;
	}

	/**
	 * How much a call that succeeds leaves behind.
	 */
	int expected() {
		return (this == BATCH_CREATE || this == BATCH_ITEMS) ? BATCH_SIZE : 1;
	}

	String prepare(FaultRig rig) {
		return this.preparation.apply(rig);
	}

	Mono<Void> call(TriggerOperations trigger, String prepared) {
		return this.call.apply(trigger, prepared);
	}

	int made(FaultRig rig, String prepared) {
		return this.made.apply(rig, prepared);
	}

	/**
	 * Apart, since constants of an enum come before its fields.
	 */
	private static final class Tasks {

		static final TaskType<String, Object> HELLO = TaskType.of("hello", String.class, Object.class);

	}

}
