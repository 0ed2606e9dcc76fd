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

import dev.trigger.spring.exception.TriggerTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The time limit of an operation of several steps. It travels in the context of the
 * operation, so that the calls and transfers within share it instead of having a limit
 * each.
 */
final class TimeLimit {

	private final long deadline;

	private volatile @Nullable CallContext current;

	/**
	 * Create a limit.
	 * @param deadline when the operation has to be over, in milliseconds
	 */
	TimeLimit(long deadline) {
		this.deadline = deadline;
	}

	static @Nullable TimeLimit of(ContextView context) {
		return context.getOrDefault(TimeLimit.class, null);
	}

	long millisLeft(long now) {
		return (this.deadline != Long.MAX_VALUE) ? this.deadline - now : Long.MAX_VALUE;
	}

	/**
	 * Remember the call under way, for the message of a timeout.
	 */
	<T> Mono<T> track(CallContext call, Mono<T> exchange) {
		this.current = call;
		call.timing().deadline(this.deadline);
		return exchange.doOnTerminate(() -> this.current = null);
	}

	TriggerTimeoutException timedOut(String operation, Duration timeout) {
		CallContext call = this.current;
		if (call == null) {
			return new TriggerTimeoutException("%s did not succeed within %d ms: 'trigger.timeout' allows more"
				.formatted(operation, Durations.millis(timeout)), timeout, null);
		}
		String name = call.endpoint().toString();
		TriggerTimeoutException failure = timedOut(
				name.equals(operation) ? operation : operation + " (at the step " + name + ")", call, timeout);
		call.notifyListeners((listener) -> listener.onFailure(call, failure));
		return failure;
	}

	static TriggerTimeoutException timedOut(String operation, CallContext call, Duration timeout) {
		return new TriggerTimeoutException(
				"%s did not succeed within %d ms, in %d attempt(s): 'trigger.timeout' allows more".formatted(operation,
						Durations.millis(timeout), call.attempts()),
				timeout, call.lastFailure());
	}

}
