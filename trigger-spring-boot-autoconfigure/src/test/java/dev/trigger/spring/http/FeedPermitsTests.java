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

import java.io.IOException;
import java.time.Duration;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.ClientClosedException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FeedPermits}.
 */
class FeedPermitsTests {

	private static final TriggerTimeoutException AWAY = new TriggerTimeoutException("no response",
			Duration.ofSeconds(10), null);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private double random;

	private final FeedPermits permits = new FeedPermits(2, this.time, () -> this.random);

	private FeedPermit acquire() {
		FeedPermit permit = this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN);
		assertThat(permit).isNotNull();
		return permit;
	}

	private void fail(FeedPermit permit, Throwable failure) {
		permit.failed(failure);
		permit.close();
	}

	private void assertNoneWithin(Duration duration) {
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
		this.time.advanceTimeBy(duration.minusMillis(1));
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
		this.time.advanceTimeBy(Duration.ofMillis(1));
	}

	@Test
	void areLimited() {
		FeedPermit first = acquire();
		acquire();
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
		first.close();
		acquire();
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "404, text/html, true", "404, -, true", "405, text/plain, true", "404, application/json, false",
					"405, application/json, false", "501, application/json, true", "400, text/html, false" })
	void serverWithoutFeedsIsLeftAloneForFiveMinutes(int status, @Nullable String contentType, boolean unavailable) {
		fail(acquire(), (contentType != null) ? RetryRulesTests.status(status, "content-type", contentType)
				: RetryRulesTests.status(status));
		if (unavailable) {
			assertNoneWithin(Duration.ofMinutes(5));
			acquire();
			assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).as("one tries").isNull();
		}
		else {
			acquire();
			acquire();
		}
	}

	@Test
	void oneTriesAtOnceAfterAnAbsence() {
		fail(acquire(), AWAY);
		FeedPermit attempt = acquire();
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
		attempt.began();
		acquire();
	}

	@Test
	void absenceIsOverLessAndLessOften() {
		fail(acquire(), AWAY);
		for (int seconds : new int[] { 10, 20, 30, 30 }) {
			fail(acquire(), AWAY);
			assertNoneWithin(Duration.ofSeconds(seconds));
		}
		FeedPermit attempt = acquire();
		attempt.began();
		fail(attempt, AWAY);
		fail(acquire(), AWAY);
		assertNoneWithin(Duration.ofSeconds(10));
	}

	@Test
	void clientsDoNotTryTogether() {
		this.random = 0.5;
		fail(acquire(), AWAY);
		fail(acquire(), AWAY);
		assertNoneWithin(Duration.ofSeconds(15));
		acquire();
	}

	@Test
	void feedsThatAreLostTogetherAreOneAbsence() {
		FeedPermit first = acquire();
		FeedPermit second = acquire();
		fail(first, AWAY);
		fail(second, AWAY);
		acquire();
	}

	@Test
	void feedsOfAnotherKindAreNotAbsent() {
		fail(acquire(), AWAY);
		fail(acquire(), AWAY);
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
		FeedPermit other = this.permits.tryAcquire(TriggerEndpoint.REALTIME_BATCH);
		assertThat(other).isNotNull();
		other.began();
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
	}

	@Test
	void anotherOneTriesWhenTheFirstLeaves() {
		fail(acquire(), AWAY);
		acquire().close();
		acquire();
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 429, 500, 503 })
	void overloadedServerIsAway(int status) {
		assertAway(RetryRulesTests.status(status), true);
	}

	@Test
	void pageOfAProxyIsAnAbsence() {
		assertAway(new TriggerDecodingException(TriggerEndpoint.REALTIME_RUN, "a page", null), true);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403 })
	void refusalIsNoAbsence(int status) {
		assertAway(RetryRulesTests.status(status), false);
	}

	@Test
	void endOfTheClientIsNoAbsence() {
		assertAway(new ClientClosedException(), false);
	}

	@Test
	void whatIsNoFailureOfTheServerIsNoAbsence() {
		assertAway(new IOException(), false);
	}

	private void assertAway(Throwable failure, boolean away) {
		fail(acquire(), failure);
		acquire();
		assertThat(this.permits.tryAcquire(TriggerEndpoint.REALTIME_RUN) == null).isEqualTo(away);
	}

}
