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

package dev.trigger.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Fault;
import dev.trigger.emulator.http.FaultInjector;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Faults on demand. A fault affects every matching request until its limit is reached or
 * it is {@link #clear() cleared}. If several match, the one that was declared first
 * applies.
 *
 * @since 1.0.0
 */
public final class Faults {

	private final FaultInjector layer;

	private final Set<String> operations;

	private final Supplier<Instant> now;

	private final AtomicInteger handles = new AtomicInteger();

	Faults(FaultInjector layer, Set<String> operations, Supplier<Instant> now) {
		this.layer = layer;
		this.operations = operations;
		this.now = now;
	}

	/**
	 * Start declaring a fault for operations.
	 * @param operations the operations, such as {@code tasks.trigger}
	 * @return the kinds of fault
	 * @throws IllegalArgumentException for an operation that the emulator does not serve
	 */
	public On onOperation(String... operations) {
		for (String operation : operations) {
			if (!this.operations.contains(operation)) {
				throw new IllegalArgumentException("'operations' contains the unknown operation '" + operation
						+ "'. Use one of " + this.operations);
			}
		}
		List<String> wanted = List.of(operations);
		return new On(wanted, (operation, request) -> operation != null && wanted.contains(operation));
	}

	/**
	 * Start declaring a fault for every request.
	 * @return the kinds of fault
	 */
	public On onAnyOperation() {
		return new On(List.of(), (operation, request) -> true);
	}

	/**
	 * End all faults.
	 */
	public void clear() {
		this.layer.clear();
	}

	/**
	 * The kinds of fault to choose from.
	 */
	public final class On {

		private final List<String> operations;

		private final BiPredicate<@Nullable String, ServerRequest> matches;

		private On(List<String> operations, BiPredicate<@Nullable String, ServerRequest> matches) {
			this.operations = operations;
			this.matches = matches;
		}

		/**
		 * Act, then drop the connection without a response.
		 * @return the fault
		 */
		public Rule loseResponse() {
			return add(Fault.of(Fault.Kind.LOSE_RESPONSE));
		}

		/**
		 * Drop the connection before acting.
		 * @return the fault
		 */
		public Rule reset() {
			return add(Fault.of(Fault.Kind.RESET));
		}

		/**
		 * Act, then drop the connection in the middle of the response.
		 * @return the fault
		 */
		public Rule truncate() {
			return add(Fault.of(Fault.Kind.TRUNCATE));
		}

		/**
		 * Act, then never respond.
		 * @return the fault
		 */
		public Rule hang() {
			return add(Fault.of(Fault.Kind.HANG));
		}

		/**
		 * Wait, then act and respond.
		 * @param delay the time to wait
		 * @return the fault
		 */
		public Rule delay(Duration delay) {
			return add(new Fault(Fault.Kind.DELAY, delay, null));
		}

		/**
		 * Respond with a status and the server's form of an error, without acting.
		 * @param status the HTTP status
		 * @return the fault
		 */
		public Rule status(int status) {
			return response(() -> EmulatorResponse.error(status, "Fault on demand"));
		}

		/**
		 * Respond with a status and a body, without acting.
		 * @param status the HTTP status
		 * @param contentType the content type
		 * @param body the body
		 * @return the fault
		 */
		public Rule status(int status, String contentType, String body) {
			return response(() -> EmulatorResponse.of(status, contentType, body.getBytes(StandardCharsets.UTF_8)));
		}

		/**
		 * Respond with a page of HTML, as proxies do, without acting.
		 * @param status the HTTP status
		 * @return the fault
		 */
		public Rule html(int status) {
			return response(() -> EmulatorResponse.html(status,
					"<html><head><title>" + status + "</title></head><body><h1>" + status + "</h1></body></html>"));
		}

		/**
		 * Respond with 429 until a time, without acting.
		 * @param until the time, on the clock of the emulator
		 * @return the fault
		 */
		public Rule rateLimitedUntil(Instant until) {
			BiPredicate<@Nullable String, ServerRequest> matches = this.matches
				.and((operation, request) -> Faults.this.now.get().isBefore(until));
			return add(matches, new Fault(Fault.Kind.RESPOND, null, () -> rateLimited(until)));
		}

		/**
		 * Respond with 409, without acting: a feed has to start over.
		 * @return the fault
		 */
		public Rule mustRefetch() {
			return response(() -> mustRefetch(409));
		}

		/**
		 * Respond with 200 and a message in the body that a feed has to start over,
		 * without acting.
		 * @return the fault
		 */
		public Rule mustRefetchInBody() {
			return response(() -> mustRefetch(200));
		}

		private EmulatorResponse mustRefetch(int status) {
			String handle = "refetch-" + Faults.this.handles.incrementAndGet();
			return EmulatorResponse
				.json(status, List.of(JsonBody.of("headers", JsonBody.of("control", "must-refetch"))))
				.header("electric-handle", handle)
				.header("electric-offset", "0_0")
				.header("electric-cursor", "0")
				.header("electric-schema", "{}");
		}

		/**
		 * Respond to polls of feeds as Electric does: a row that was sent before comes
		 * with only what has changed.
		 * @return the fault
		 */
		public Rule partialRows() {
			return add(Fault.of(Fault.Kind.PARTIAL_ROWS));
		}

		private EmulatorResponse rateLimited(Instant until) {
			double seconds = Duration.between(Faults.this.now.get(), until).toMillis() / 1000.0;
			String detail = "Rate limit exceeded 0/750 requests remaining. Retry in " + seconds + " seconds.";
			return EmulatorResponse
				.problem(429, "Rate Limit Exceeded", detail,
						JsonBody.of("reset", until.toEpochMilli())
							.with("limit", 750)
							.with("remaining", -1)
							.with("secondsUntilReset", seconds))
				.header("x-ratelimit-limit", "750")
				.header("x-ratelimit-remaining", "0")
				.header("x-ratelimit-reset", String.valueOf(until.toEpochMilli()));
		}

		private Rule response(Supplier<EmulatorResponse> response) {
			return add(new Fault(Fault.Kind.RESPOND, null, response));
		}

		private Rule add(Fault fault) {
			return add(this.matches, fault);
		}

		private Rule add(BiPredicate<@Nullable String, ServerRequest> matches, Fault fault) {
			FaultInjector.FaultRule rule = Faults.this.layer.add(matches, fault);
			rule.describe(this.operations);
			return new Rule(rule);
		}

	}

	/**
	 * A fault, and how often it happens.
	 */
	public static final class Rule {

		private final FaultInjector.FaultRule rule;

		private Rule(FaultInjector.FaultRule rule) {
			this.rule = rule;
		}

		/**
		 * Limit the fault to one request.
		 * @return this fault
		 */
		public Rule once() {
			return times(1);
		}

		/**
		 * Limit the fault.
		 * @param times the number of requests
		 * @return this fault
		 */
		public Rule times(int times) {
			this.rule.limit(times);
			return this;
		}

		/**
		 * Let some requests through before the fault applies.
		 * @param requests the number of requests
		 * @return this fault
		 */
		public Rule after(int requests) {
			this.rule.skip(requests);
			return this;
		}

		/**
		 * Make the fault happen at random.
		 * @param percentage from 0 to 100
		 * @param seed the seed, so that a test can be repeated
		 * @return this fault
		 */
		public Rule randomly(int percentage, long seed) {
			if (percentage < 0 || percentage > 100) {
				throw new IllegalArgumentException("'percentage' must be between 0 and 100");
			}
			this.rule.randomly(percentage / 100.0, seed);
			return this;
		}

		/**
		 * Return how often the fault has happened.
		 * @return the number of requests
		 */
		public int count() {
			return this.rule.applied();
		}

	}

}
