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

package dev.trigger.spring.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.trigger.spring.options.DebounceOptions;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;

/**
 * Calls of {@code TaskOperations}.
 */
class TaskCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("tasks.trigger", "[\"my-task\",{\"hello\":\"world\"}]",
					(client, args) -> client.tasks()
						.trigger(TaskType.of(args.string(0), Object.class, Object.class), args.get(1).value(),
								options(args.get(2))))
			.json(TaskCalls::handle);
	}

	private static Map<String, Object> handle(RunHandle<?> handle) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", handle.id());
		json.put("isCached", handle.isCached());
		json.put("publicAccessToken", handle.publicAccessToken());
		return json;
	}

	/**
	 * Read the options of a run.
	 * @param argument the options
	 * @return the options
	 */
	static TriggerOptions options(Argument argument) {
		return TriggerOptions
			.of((options) -> argument.names().forEach((name) -> set(options, name, argument.get(name))));
	}

	private static void set(TriggerOptions.Builder options, String name, Argument value) {
		if (!value.isPresent()) {
			return;
		}
		switch (name) {
			case "delay" -> {
				if (value.isDate()) {
					options.delay(value.instant());
				}
				else {
					options.delay(value.string());
				}
			}
			case "ttl" -> {
				if (value.isNumber()) {
					options.ttl(Duration.ofSeconds(value.longValue()));
				}
				else {
					options.ttl(value.string());
				}
			}
			case "idempotencyKey" -> idempotencyKey(options, value);
			case "idempotencyKeyTTL" -> options.idempotencyKeyTtl(value.string());
			case "tags" -> {
				if (value.isArray()) {
					options.tags(value.strings());
				}
				else {
					options.tag(value.string());
				}
			}
			case "queue" -> options.queue(value.isObject() ? value.get("name").string() : value.string());
			case "concurrencyKey" -> options.concurrencyKey(value.string());
			case "concurrency" -> options.concurrencyLimits(value.strings().toArray(String[]::new));
			case "maxAttempts" -> options.maxAttempts(value.integer());
			case "maxDuration" -> options.maxDuration(Duration.ofSeconds(value.longValue()));
			case "metadata" -> options.metadata(Objects.requireNonNull(value.value()));
			case "machine" -> options.machine(new MachinePreset(value.string()));
			case "priority" -> options.priority(value.json().doubleValue());
			case "region" -> options.region(value.string());
			case "version" -> options.version(value.string());
			case "externalDeploymentId" -> options.externalDeploymentId(value.string());
			case "debounce" -> options.debounce((debounce) -> debounce(debounce, value));
			case "test" -> options.test(value.bool());
			default -> throw new Unrepresentable("There is no option " + name);
		}
	}

	private static void debounce(DebounceOptions.Builder debounce, Argument value) {
		debounce.key(value.get("key").string()).delay(value.get("delay").duration());
		value.get("mode").ifPresent((mode) -> {
			switch (mode.string()) {
				case "leading" -> debounce.leading();
				case "trailing" -> debounce.trailing();
				default -> throw new Unrepresentable("There is no debounce mode " + mode);
			}
		});
		value.get("maxDelay").ifPresent((maxDelay) -> debounce.maxDelay(maxDelay.duration()));
	}

	private static void idempotencyKey(TriggerOptions.Builder options, Argument value) {
		if (value.isIdempotencyKey()) {
			options.idempotencyKey(key(value));
		}
		else {
			options.idempotencyKey(value.strings().toArray(String[]::new));
		}
	}

	/**
	 * Read an idempotency key that was created.
	 * @param value the key
	 * @return the key
	 */
	static IdempotencyKey key(Argument value) {
		IdempotencyKey.Scope scope = switch (value.idempotencyKeyScope()) {
			case "run" -> IdempotencyKey.Scope.RUN;
			case "attempt" -> IdempotencyKey.Scope.ATTEMPT;
			default -> IdempotencyKey.Scope.GLOBAL;
		};
		return IdempotencyKey.create(scope, value.idempotencyKeyParts().toArray(String[]::new));
	}

}
