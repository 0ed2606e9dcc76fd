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

package dev.trigger.spring.http;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what depends on the clock around a call: how long it has left, when an outage
 * is reported, and how often a warning is.
 */
class CallTimingTests {

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final CallTiming timing;

	private final AtomicInteger over = new AtomicInteger();

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.trigger.spring");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final OutageMonitor outages = new OutageMonitor("https://trigger.example", "default", this.scheduler);

	CallTimingTests() {
		advance(1000);
		this.timing = new CallTiming(this.scheduler, new Deadlines(this.scheduler));
	}

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.appender);
		this.scheduler.dispose();
	}

	private void advance(long millis) {
		this.scheduler.advanceTimeBy(Duration.ofMillis(millis));
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	@Test
	void timeUnderWayAndTimeLeftAddUp() {
		assertThat(this.timing.millisLeft()).isEqualTo(Long.MAX_VALUE);
		assertThat(this.timing.millisUnderWay()).isZero();
		this.timing.deadline(now() + 50);
		advance(20);
		assertThat(this.timing.millisUnderWay()).isEqualTo(20);
		assertThat(this.timing.millisLeft()).isEqualTo(30);
		advance(40);
		assertThat(this.timing.millisLeft()).isEqualTo(-10);
	}

	@Test
	void notFoundCountsFromTheFirstTime() {
		assertThat(this.timing.millisNotFound()).isZero();
		advance(10);
		assertThat(this.timing.millisNotFound()).isZero();
		this.timing.notFound();
		advance(10);
		this.timing.notFound();
		advance(5);
		assertThat(this.timing.millisNotFound()).isEqualTo(15);
	}

	@Test
	void callThatIsNotHeldBackHasItsTimeFromTheStart() {
		this.timing.permitted();
		this.timing.overAfter(Duration.ofMillis(100)).subscribe(null, null, this.over::incrementAndGet);
		advance(99);
		assertThat(this.over).hasValue(0);
		advance(1);
		assertThat(this.over).hasValue(1);
	}

	@Test
	void callThatIsHeldBackHasItsTimeFromThePermit() {
		this.timing.overAfter(Duration.ofMillis(100)).subscribe(null, null, this.over::incrementAndGet);
		advance(20);
		this.timing.heldBack();
		advance(500);
		assertThat(this.over).hasValue(0);
		this.timing.permitted();
		advance(99);
		assertThat(this.over).hasValue(0);
		advance(1);
		assertThat(this.over).hasValue(1);
	}

	@Test
	void permitThatComesBeforeTheTimeIsOverStartsItAnew() {
		this.timing.overAfter(Duration.ofMillis(100)).subscribe(null, null, this.over::incrementAndGet);
		this.timing.heldBack();
		advance(60);
		this.timing.heldBack();
		this.timing.permitted();
		advance(99);
		assertThat(this.over).hasValue(0);
		advance(1);
		assertThat(this.over).hasValue(1);
	}

	@Test
	void timeLimitIsSharedByTheStepsOfAnOperation() {
		TimeLimit limit = new TimeLimit(5000);
		assertThat(limit.millisLeft(1000)).isEqualTo(4000);
		assertThat(new TimeLimit(Long.MAX_VALUE).millisLeft(1000)).isEqualTo(Long.MAX_VALUE);
		assertThat(TimeLimit.of(Context.empty())).isNull();
		assertThat(TimeLimit.of(Context.of(TimeLimit.class, limit))).isSameAs(limit);
		assertThat(limit.timedOut("A batch", Duration.ofSeconds(1)))
			.hasMessage("A batch did not succeed within 1000 ms: 'trigger.timeout' allows more")
			.hasNoCause()
			.extracting(TriggerTimeoutException::getTimeout)
			.isEqualTo(Duration.ofSeconds(1));
	}

	private static TriggerConnectionException connection() {
		return new TriggerConnectionException(null, "no response", false, null);
	}

	private List<String> messages(Level level) {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	@Test
	void fifthFailureInARowIsAnOutage() {
		for (int i = 0; i < 4; i++) {
			this.outages.failed(connection());
		}
		assertThat(messages(Level.WARN)).isEmpty();
		this.outages.failed(RetryRulesTests.status(503));
		assertThat(messages(Level.WARN)).singleElement()
			.asString()
			.startsWith(
					"The Trigger.dev API at https://trigger.example ('trigger.api-url') is not available: no response.");
		this.outages.failed(connection());
		assertThat(messages(Level.WARN)).hasSize(1);
		advance(700);
		this.outages.succeeded();
		assertThat(messages(Level.INFO)).containsExactly("The Trigger.dev API at https://trigger.example "
				+ "('trigger.api-url') is available again, after 700 ms and 6 failed attempts");
		this.outages.succeeded();
		assertThat(messages(Level.INFO)).hasSize(1);
	}

	@Test
	void outageSaysThatCallsAreNotRetriedIfThatIsInVain() {
		for (int i = 0; i < 5; i++) {
			this.outages.failed(new TriggerConnectionException(null, "no TLS", true, new NotTlsException()));
		}
		assertThat(messages(Level.WARN)).singleElement()
			.asString()
			.endsWith("is not available: no TLS. Calls are not retried; the end of the outage will be logged");
	}

	@Test
	void failuresOfHalfASecondAreAnOutage() {
		this.outages.failed(connection());
		advance(499);
		this.outages.failed(connection());
		assertThat(messages(Level.WARN)).isEmpty();
		advance(1);
		this.outages.failed(connection());
		assertThat(messages(Level.WARN)).hasSize(1);
	}

	@Test
	void serverThatCannotBeReachedIsAnOutageAtOnce() {
		this.outages.failed(new TriggerConnectionException(null, "refused", true, new ConnectException("refused")));
		assertThat(messages(Level.WARN)).hasSize(1);
		this.outages.succeeded();
		this.outages.failed(new TriggerConnectionException(null, "unknown", true, new UnknownHostException("x")));
		assertThat(messages(Level.WARN)).hasSize(2);
	}

	@Test
	void failuresLongAfterOneAnotherAreNoOutage() {
		this.outages.failed(connection());
		advance(60_001);
		this.outages.failed(connection());
		this.outages.succeeded();
		assertThat(this.appender.list).isEmpty();
		for (int i = 0; i < 5; i++) {
			this.outages.failed(connection());
		}
		assertThat(messages(Level.WARN)).hasSize(1);
		// one that was reported goes on until there is a success
		advance(600_000);
		this.outages.failed(connection());
		this.outages.succeeded();
		assertThat(messages(Level.INFO)).singleElement().asString().contains("6 failed attempts");
	}

	@Test
	void outageThatWasNotReportedEndsSilently() {
		this.outages.failed(connection());
		this.outages.succeeded();
		assertThat(this.appender.list).isEmpty();
		// and is forgotten
		for (int i = 0; i < 4; i++) {
			this.outages.failed(connection());
		}
		assertThat(this.appender.list).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "404, 0, true", "499, 0, true", "500, 0, false", "501, 0, false", "502, 1, false", "504, 1, false" })
	void responseOtherThanThatOfAGatewayIsNoOutage(int status, int warnings, boolean ends) {
		for (int i = 0; i < 5; i++) {
			this.outages.failed(RetryRulesTests.status(status));
		}
		assertThat(messages(Level.WARN)).hasSize(warnings);
		this.appender.list.clear();
		for (int i = 0; i < 5; i++) {
			this.outages.failed(connection());
		}
		this.appender.list.clear();
		this.outages.failed(RetryRulesTests.status(status));
		assertThat(messages(Level.INFO)).hasSize(ends ? 1 : 0);
	}

	@Test
	void failureOfAnotherKindIsNoOutage() {
		for (int i = 0; i < 5; i++) {
			this.outages.failed(new IllegalStateException());
		}
		assertThat(this.appender.list).isEmpty();
	}

	@Test
	void warningIsRepeatedAfterTenMinutes() {
		WarningThrottle throttle = new WarningThrottle(this.scheduler);
		assertThat(throttle.mayWarn("a")).isTrue();
		assertThat(throttle.mayWarn("b")).isTrue();
		advance(599_999);
		assertThat(throttle.mayWarn("a")).isFalse();
		advance(1);
		assertThat(throttle.mayWarn("a")).isTrue();
		assertThat(throttle.mayWarn("a")).isFalse();
	}

	@Test
	void warningsThatAreRememberedAreBounded() {
		WarningThrottle throttle = new WarningThrottle(this.scheduler);
		for (int i = 0; i < 128; i++) {
			assertThat(throttle.mayWarn("warning " + i)).isTrue();
		}
		assertThat(throttle.mayWarn("warning 0")).isFalse();
		assertThat(throttle.mayWarn("one more")).isTrue();
		assertThat(throttle.mayWarn("warning 1")).isFalse();
		assertThat(throttle.mayWarn("warning 0")).isTrue();
	}

}
