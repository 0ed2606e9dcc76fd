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
	void othersStandInForWhatIsNotSaid(Method value) throws ReflectiveOperationException {
		assertThat(value.invoke(OTHERS)).as("the test sets it").isNotNull().isNotEqualTo(value.invoke(SOME));
		assertThat(value.invoke(SOME.orElse(OTHERS))).isEqualTo(value.invoke(SOME));
		assertThat(value.invoke(TriggerOptions.none().orElse(OTHERS))).isEqualTo(value.invoke(OTHERS));
		assertThat(value.invoke(SOME.orElse(TriggerOptions.none()))).isEqualTo(value.invoke(SOME));
	}

	@Test
	void singleTagStandsForAllTags() {
		TriggerOptions single = TriggerOptions.of((options) -> options.tag("single"));
		assertThat(single.orElse(OTHERS).tags()).isEqualTo("single");
		assertThat(OTHERS.orElse(single).tags()).isEqualTo(List.of("tag 2"));
	}

	static Stream<Method> values() {
		return Arrays.stream(TriggerOptions.class.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
			.filter((method) -> method.getParameterCount() == 0);
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
			.debounce(Debounce.of("key " + number, Duration.ofSeconds(number)))
			.test(number == 1));
	}

}
