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

package dev.trigger.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.trigger.spring.options.TriggerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests that times and spans of time reach the server in a form that it reads, or are
 * refused: it takes anything else as if nothing was given.
 */
class TimeInputTests extends AbstractInputTests {

	private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void optionIsRefused(String name, Consumer<TriggerOptions.Builder> options, String... words) {
		assertRefused(options, words);
	}

	static Stream<Arguments> optionIsRefused() {
		return Stream.of(refused("delay of words", (o) -> o.delay("5 minutes"), "'delay'", "1h30m", "5 minutes"),
				refused("delay in ISO 8601", (o) -> o.delay("PT5M"), "'delay'", "1h30m"),
				refused("delay without unit", (o) -> o.delay("300"), "'delay'"),
				refused("delay that is empty", (o) -> o.delay(""), "'delay'"),
				refused("delay that is negative", (o) -> o.delay("-5m"), "'delay'"),
				refused("delay with white space", (o) -> o.delay(" 5m"), "'delay'"),
				refused("delay of units in another order", (o) -> o.delay("30m1h"), "'delay'"),
				refused("delay until a local time", (o) -> o.delay("2030-01-01T00:00:00"), "'delay'", "offset"),
				refused("delay until no day", (o) -> o.delay("2030-02-30"), "'delay'"),
				refused("delay for ever", (o) -> o.delay(FOR_EVER), "'delay'", "36500 days"),
				refused("delay for centuries", (o) -> o.delay("36500d1s"), "'delay'", "36500 days"),
				refused("delay for weeks on end", (o) -> o.delay("9999w99999d999999h"), "'delay'", "36500 days"),
				refused("delay that is a key", (o) -> o.delay("tr_dev_0123456789abcdefDEV1"), "'delay'",
						"tr_dev_••••DEV1"),
				refused("delay until the last time", (o) -> o.delay(Instant.MAX), "'delay'", "9999"),
				refused("delay until the first time", (o) -> o.delay(Instant.MIN), "'delay'", "9999"),
				refused("delay until the year 10000", (o) -> o.delay("+10000-01-01T00:00:00Z"), "'delay'", "9999"),
				refused("ttl of words", (o) -> o.ttl("10 minutes"), "'ttl'", "1h30m", "10 minutes"),
				refused("ttl without unit", (o) -> o.ttl("600"), "'ttl'"),
				refused("ttl in months", (o) -> o.ttl("1mo"), "'ttl'"),
				refused("ttl that is a time", (o) -> o.ttl("2030-01-01T00:00:00Z"), "'ttl'"),
				refused("ttl for ever", (o) -> o.ttl(FOR_EVER), "'ttl'", "leave it out"),
				refused("ttl for centuries", (o) -> o.ttl("5214w3d"), "'ttl'", "36500 days"),
				refused("key for ever", (o) -> o.idempotencyKeyTtl("99999999999999999d"), "'idempotencyKeyTtl'",
						"36500"),
				refused("debounce for ever", (o) -> o.debounce("k", Duration.ofDays(36_501)), "'delay'", "36500"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void argumentIsRefused(String name, String argument, Function<TriggerOperations, Publisher<?>> call) {
		assertThatIllegalArgumentException().isThrownBy(() -> Flux.from(call.apply(this.trigger)).blockLast())
			.withMessageContaining("'" + argument + "'");
		assertThat(this.server.received()).isEmpty();
	}

	static Stream<Arguments> argumentIsRefused() {
		return Stream.of(argument("runs", "period", (t) -> t.runs().list((query) -> query.within("a week"))),
				argument("runs of ever", "period", (t) -> t.runs().list((query) -> query.within(FOR_EVER))),
				argument("runs from", "from", (t) -> t.runs().list((query) -> query.between(Instant.MIN, null))),
				argument("runs to", "to", (t) -> t.runs().list((query) -> query.between(null, Instant.MAX))),
				argument("reschedule to", "until", (t) -> t.runs().reschedule("run_1", Instant.MAX)),
				argument("reschedule by", "delay", (t) -> t.runs().reschedule("run_1", FOR_EVER)),
				argument("tokens", "period", (t) -> t.waitpoints().list((query) -> query.within("7 days"))),
				argument("token", "timeout", (t) -> t.waitpoints().create((token) -> token.timeout("tomorrow"))),
				argument("token at", "timeout", (t) -> t.waitpoints().create((token) -> token.timeout(Instant.MAX))),
				argument("token for ever", "timeout", (t) -> t.waitpoints().create((token) -> token.timeout(FOR_EVER))),
				argument("deployments", "period", (t) -> t.deployments().list((query) -> query.within("xyz"))),
				argument("deployments to", "to",
						(t) -> t.deployments().list((query) -> query.between(null, Instant.MAX))),
				argument("sessions", "period", (t) -> t.sessions().list((query) -> query.within("1y"))),
				argument("errors", "period", (t) -> t.errors().list((query) -> query.within("1y"))),
				argument("report", "period", (t) -> t.query().report("runs", "last week")));
	}

	private static Arguments argument(String name, String argument, Function<TriggerOperations, Publisher<?>> call) {
		return arguments(name, argument, call);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "90m", "1h30m", "2w3d4h5m6s", "1hr", "3000000000s", "36500d", "5214w2d",
			"2030-06-15T12:30:45.123Z", "2030-06-15T12:30+02:00", "2030-06-15" })
	void delayThatServersReadIsSentAsItIs(String delay) {
		assertThat(sent((options) -> options.delay(delay))).contains("\"delay\":\"" + delay + "\"");
	}

	@Test
	void longestTimesAreSent() {
		assertThat(sent((options) -> options.delay(Duration.ofDays(36_500)).ttl(Duration.ofDays(36_500))))
			.contains("\"delay\":\"36500d\"", "\"ttl\":3153600000");
		assertThat(sent((options) -> options.delay(Instant.parse("9999-12-31T23:59:59Z"))))
			.contains("\"delay\":\"9999-12-31T23:59:59.000Z\"");
		assertThat(sent((options) -> options.maxDuration(FOR_EVER))).contains("\"maxDuration\":2147483647");
	}

}
