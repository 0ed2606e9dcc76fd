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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The waits of some calls, for the rate limit and between attempts, which whoever makes
 * these calls may end: what is on its way to the server goes on.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class CallWaits {

	private final Sinks.Empty<Void> end = Sinks.empty();

	private volatile boolean over;

	/**
	 * Let the waits of calls be of these.
	 * @param <T> the type of the result
	 * @param calls the calls
	 * @return the same calls. One whose wait is ended fails: before its first attempt
	 * with an {@link EndedException}, later with what the last attempt failed with
	 */
	public <T> Mono<T> of(Mono<T> calls) {
		return calls.contextWrite((context) -> context.put(CallWaits.class, this));
	}

	/**
	 * End all waits, also those that would begin later.
	 */
	public void end() {
		this.over = true;
		this.end.tryEmitEmpty();
	}

	/**
	 * Return whether the waits were ended.
	 * @return {@code true} after {@link #end()}
	 */
	public boolean isOver() {
		return this.over;
	}

	/**
	 * Let a wait end with those that the call belongs to, if it belongs to any.
	 * @param <T> the type of the result
	 * @param wait what is waited for
	 * @return the same, which fails with an {@link EndedException} then
	 */
	public static <T> Mono<T> limited(Mono<T> wait) {
		return limited(wait, null);
	}

	/**
	 * Let a wait end with those that the call belongs to, if it belongs to any.
	 * @param failure what it then fails with, {@code null} for an {@link EndedException}
	 */
	static <T> Mono<T> limited(Mono<T> wait, @Nullable Throwable failure) {
		return Mono.deferContextual((context) -> {
			CallWaits waits = context.getOrDefault(CallWaits.class, null);
			return (waits == null) ? wait : Mono.firstWithSignal(wait,
					waits.end.asMono().then(Mono.error(() -> (failure != null) ? failure : new EndedException())));
		});
	}

	/**
	 * Thrown where a call was not made because its wait was ended.
	 */
	public static final class EndedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		/**
		 * Create an exception.
		 */
		public EndedException() {
			super("The application was closed before the request was sent");
		}

	}

}
