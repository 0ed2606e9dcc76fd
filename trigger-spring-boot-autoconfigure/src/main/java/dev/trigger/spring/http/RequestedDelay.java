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

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.TriggerApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The time that a server asks to wait before the next attempt: until its rate limit is
 * reset, or what {@code Retry-After} says. A time on the server's clock is compared with
 * the {@code Date} of the same response, since our clock may differ.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class RequestedDelay {

	/**
	 * Upper bound for a wait requested by the server.
	 */
	private static final long MAX_REQUESTED_MILLIS = TimeUnit.HOURS.toMillis(1);

	private RequestedDelay() {
	}

	/**
	 * Return the delay that a failed attempt asks for.
	 * @param failure the failure
	 * @param now the present time on our clock, in milliseconds since 1970
	 * @return the delay, an hour at most; {@code null} if the server asks for none
	 */
	public static @Nullable Duration of(Throwable failure, long now) {
		if (!(failure instanceof TriggerApiException api)) {
			return null;
		}
		ClockSkew clock = ClockSkew.of(api.getHeaders(), now);
		Instant resetAt = (api instanceof RateLimitException limited) ? limited.getResetAt() : null;
		Duration untilReset = (resetAt != null) ? until(resetAt, clock) : null;
		return (untilReset != null) ? untilReset
				: retryAfter(api.getHeaders().getFirst(HttpHeaders.RETRY_AFTER), clock);
	}

	private static @Nullable Duration retryAfter(@Nullable String value, ClockSkew clock) {
		if (value == null) {
			return null;
		}
		try {
			return value.chars().allMatch(Character::isDigit)
					? bounded(TimeUnit.SECONDS.toMillis(Long.parseLong(value)))
					: until(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(), clock);
		}
		catch (NumberFormatException | DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable Duration until(Instant time, ClockSkew clock) {
		long wait = clock.millisUntil(time.toEpochMilli());
		return (wait > 0) ? bounded(wait) : null;
	}

	private static Duration bounded(long millis) {
		return Duration.ofMillis(Math.min(millis, MAX_REQUESTED_MILLIS));
	}

}
