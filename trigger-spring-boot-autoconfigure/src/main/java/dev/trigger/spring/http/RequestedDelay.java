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

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

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

	private static final Pattern SECONDS = Pattern.compile("[0-9]++(\\.[0-9]++)?");

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
		return (untilReset != null) ? untilReset : retryAfter(api.getHeaders(), clock);
	}

	/**
	 * Some servers send fractions of a second, and some a date of a former form.
	 */
	private static @Nullable Duration retryAfter(HttpHeaders headers, ClockSkew clock) {
		String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return null;
		}
		if (SECONDS.matcher(value.strip()).matches()) {
			return Duration.ofMillis(Math.round(Math.min(Double.parseDouble(value) * 1000, MAX_REQUESTED_MILLIS)));
		}
		try {
			ZonedDateTime time = headers.getFirstZonedDateTime(HttpHeaders.RETRY_AFTER);
			return (time != null) ? until(time.toInstant(), clock) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable Duration until(Instant time, ClockSkew clock) {
		long wait = clock.millisUntil(time.toEpochMilli());
		return (wait > 0) ? Duration.ofMillis(Math.min(wait, MAX_REQUESTED_MILLIS)) : null;
	}

}
