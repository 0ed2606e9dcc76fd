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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs what happens to calls, in the category {@value #CATEGORY}. Neither payloads nor
 * keys, and of a request no more than its endpoint.
 */
final class CallLog {

	static final String CATEGORY = "dev.trigger.spring";

	private static final Log logger = LogFactory.getLog(CATEGORY);

	private CallLog() {
	}

	static void attempt(CallContext call) {
		if (call.isUnattended() ? logger.isTraceEnabled() : logger.isDebugEnabled()) {
			String message = "%s: attempt %d of %d".formatted(name(call), call.attempts(), call.retry().maxAttempts());
			if (call.isUnattended()) {
				logger.trace(message);
			}
			else {
				logger.debug(message);
			}
		}
	}

	static void retry(CallContext call, long delayMillis) {
		if (logger.isDebugEnabled()) {
			logger.debug("%s: attempt %d of %d in %d ms, since attempt %d failed: %s".formatted(name(call),
					call.attempts() + 1, call.retry().maxAttempts(), delayMillis, call.attempts(),
					reason(call.lastFailure())));
		}
	}

	static void failed(CallContext call, Throwable failure) {
		if (logger.isDebugEnabled()) {
			logger.debug("%s: failed after attempt %d of %d: %s".formatted(name(call), call.attempts(),
					call.retry().maxAttempts(), reason(failure)));
		}
	}

	static void rateLimitWait(CallContext call, @Nullable RateLimit reading) {
		if (logger.isDebugEnabled()) {
			logger.debug("%s: waits for the rate limit%s".formatted(name(call), (reading != null)
					? " (%d of %d left, reset at %s)".formatted(reading.remaining(), reading.limit(), reading.resetAt())
					: ""));
		}
	}

	static void alreadyDone(CallContext call, Throwable failure) {
		if (logger.isDebugEnabled()) {
			logger.debug("%s: an earlier attempt, whose response was lost, had succeeded: %s".formatted(name(call),
					reason(failure)));
		}
	}

	private static String name(CallContext call) {
		return "[" + call.client() + "] " + call.endpoint();
	}

	private static String reason(@Nullable Throwable failure) {
		return (failure != null) ? failure.getClass().getSimpleName() + ": " + failure.getMessage() : "unknown";
	}

}
