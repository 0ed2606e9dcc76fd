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

package dev.trigger.spring.options;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerOptions}.
 */
class TriggerOptionsTests {

	private static final TriggerOptions SOME = all(1);

	private static final TriggerOptions OTHERS = all(2);

	@ParameterizedTest
	@MethodSource("values")
	void othersStandInForWhatIsNotSet(String name) {
		assertThat(value(OTHERS, name)).as("the test sets it").isNotNull().isNotEqualTo(value(SOME, name));
		assertThat(value(SOME.orElse(OTHERS), name)).isEqualTo(value(SOME, name));
		assertThat(value(TriggerOptions.none().orElse(OTHERS), name)).isEqualTo(value(OTHERS, name));
		assertThat(value(SOME.orElse(TriggerOptions.none()), name)).isEqualTo(value(SOME, name));
	}

	@Test
	void everyOptionIsSetByTheseTests() {
		List<String> setters = Arrays.stream(TriggerOptions.Builder.class.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()))
			.map(Method::getName)
			.filter((name) -> !name.equals("tag"))
			.distinct()
			.toList();
		assertThat(SOME.toMap()).hasSameSizeAs(setters);
	}

	@Test
	void singleTagStandsForAllTags() {
		TriggerOptions single = TriggerOptions.of((options) -> options.tag("single"));
		assertThat(single.orElse(OTHERS).toMap()).containsEntry("tags", "single");
		assertThat(OTHERS.orElse(single).toMap()).containsEntry("tags", List.of("tag 2"));
	}

	@Test
	void builderThatIsKeptDoesNotChangeTheOptions() {
		AtomicReference<TriggerOptions.Builder> kept = new AtomicReference<>();
		TriggerOptions options = TriggerOptions.of((builder) -> kept.set(builder.region("before")));
		kept.get().region("after");
		assertThat(options.toMap()).containsEntry("region", "before");
	}

	static Stream<String> values() {
		return OTHERS.toMap().keySet().stream();
	}

	private static Object value(TriggerOptions options, String name) {
		return options.toMap().get(name);
	}

	private static TriggerOptions all(int number) {
		return TriggerOptions.of((options) -> options.idempotencyKey("key " + number)
			.idempotencyKeyTtl(Duration.ofHours(number))
			.delay(Duration.ofMinutes(number))
			.ttl(Duration.ofSeconds(number))
			.tags("tag " + number)
			.queue("queue " + number)
			.concurrencyKey("tenant " + number)
			.concurrencyLimits("limit-" + number)
			.maxAttempts(number)
			.maxDuration(Duration.ofMinutes(number))
			.metadata(Map.of("number", number))
			.machine(new MachinePreset("machine " + number))
			.priority(number)
			.region("region " + number)
			.version("version " + number)
			.externalDeploymentId("deployment " + number)
			.debounce("key " + number, Duration.ofSeconds(number))
			.test(number == 1));
	}

}
