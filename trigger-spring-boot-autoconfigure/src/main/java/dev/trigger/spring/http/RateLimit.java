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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A reading of the rate limit, from the headers {@code x-ratelimit-*} of a response.
 *
 * @param limit how many requests the bucket holds
 * @param remaining how many requests are left in the bucket
 * @param resetAt when the bucket is filled up again, on the server's clock
 * @since 1.0.0
 */
public record RateLimit(long limit, long remaining, Instant resetAt) {

	static @Nullable RateLimit from(HttpHeaders headers) {
		long remaining = parse(headers.getFirst("x-ratelimit-remaining"));
		long reset = parse(headers.getFirst("x-ratelimit-reset"));
		if (remaining < 0 || reset < 0) {
			return null;
		}
		return new RateLimit(Math.max(0, parse(headers.getFirst("x-ratelimit-limit"))), remaining,
				Instant.ofEpochMilli(reset));
	}

	private static long parse(@Nullable String value) {
		try {
			return (value != null && value.length() <= 18) ? Long.parseLong(value) : -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
