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

package dev.trigger.spring.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.exception.ExchangeFilterException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.CallWaits;
import dev.trigger.spring.http.DefaultScheduler;
import dev.trigger.spring.http.RequestedDelay;
import dev.trigger.spring.outbox.OutboxOutcome.Kind;
import dev.trigger.spring.run.RunQuery;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends a row, and says what became of it.
 * <p>
 * The server takes a repeated key for the same run only until that run fails or expires.
 * So an attempt whose response is lost is repeated at once, when no run can have failed
 * yet, or else not before a run that it created can be found by its tag. Then the run
 * that is there is adopted.
 */
final class OutboxSender {

	private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

	private static final String PAUSED = "The process was paused before it sent the trigger";

	/**
	 * Clients of this library always end with one of them, others may not.
	 */
	private static final String NO_OUTCOME = "The call ended without a response or an error";

	private static final int MAX_DOUBLINGS = 20;

	/**
	 * How often an attempt that got no response is repeated at once, and after what time.
	 */
	private static final int REPEATS = 2;

	private static final Duration REPEAT = Duration.ofMillis(200);

	/**
	 * The clocks of the database and of the server may differ.
	 */
	private static final Duration CLOCK_SKEW = Duration.ofDays(1);

	private static final Scheduler SCHEDULER = new DefaultScheduler();

	private final Function<String, TriggerOperations> clients;

	private final OutboxSettings settings;

	OutboxSender(Function<String, TriggerOperations> clients, OutboxSettings settings) {
		this.clients = clients;
		this.settings = settings;
	}

	/**
	 * Send a row.
	 * @param row the row, which this instance has claimed
	 * @param claimed returns whether the claim is still valid
	 * @param waits ends what is not on its way to the server
	 * @return what became of it; does not fail
	 */
	Mono<OutboxOutcome> send(OutboxRow row, BooleanSupplier claimed, CallWaits waits) {
		return waits.of(Mono.defer(() -> {
			TriggerOperations client = client(row);
			Mono<OutboxOutcome> trigger = Mono.defer(() -> attempt(client, row, claimed, System.nanoTime(), REPEATS));
			Instant since = row.maybeSentSince();
			return (since != null) ? CallWaits.limited(adopt(client, row, since)).switchIfEmpty(trigger) : trigger;
		}))
			.switchIfEmpty(Mono.error(() -> new LookUpException(null, NO_OUTCOME)))
			.onErrorResume((failure) -> Mono.just(failed(row, failure)));
	}

	/**
	 * A trigger is written only where its client is known. An instance that doesn't know
	 * it is of another version of the application.
	 */
	private TriggerOperations client(OutboxRow row) {
		try {
			return this.clients.apply(row.client());
		}
		catch (IllegalArgumentException ex) {
			throw new UnknownClientException(ex);
		}
	}

	private static Mono<OutboxOutcome> adopt(TriggerOperations client, OutboxRow row, Instant since) {
		Instant from = since.minus(CLOCK_SKEW);
		RunQuery query = RunQuery.of((runs) -> runs.tags(row.tag()).between(from, null));
		// the newest comes first; of several runs the one that was created first is
		// the right one
		return client.runs()
			.list(query)
			.takeLast(1)
			.next()
			.map((run) -> OutboxOutcome.sent(row, run.id(), true))
			.onErrorMap((failure) -> new LookUpException(failure, failure.getMessage()));
	}

	private static Mono<OutboxOutcome> attempt(TriggerOperations client, OutboxRow row, BooleanSupplier claimed,
			long start, int repeats) {
		if (!claimed.getAsBoolean()) {
			// this process was paused, and another one may have sent the row meanwhile
			return Mono.error(new LookUpException(null, PAUSED));
		}
		return client.tasks()
			.trigger(row.trigger())
			.map((run) -> OutboxOutcome.sent(row, run.id(), false))
			.onErrorResume((failure) -> repeats > 0 && kind(failure) == Kind.UNKNOWN, (failure) -> {
				Duration left = OutboxSettings.AT_ONCE.minus(REPEAT).minusNanos(System.nanoTime() - start);
				if (left.isNegative()) {
					return Mono.error(failure);
				}
				// the time left includes a wait for the rate limit
				return CallWaits.limited(Mono.delay(REPEAT, SCHEDULER))
					.then(Mono.defer(() -> attempt(client, row, claimed, start, repeats - 1)))
					.timeout(REPEAT.plus(left), Mono.error(failure), SCHEDULER)
					// there may be a run, whatever keeps the repeat from being sent
					.onErrorMap((repeated) -> failure);
			});
	}

	OutboxOutcome failed(OutboxRow row, Throwable failure) {
		Kind kind = kind(failure);
		if (kind == Kind.REFUSED && row.failures() + 1 >= this.settings.maxFailures()) {
			kind = Kind.PARKED;
		}
		Throwable reason = (failure instanceof LookUpException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return new OutboxOutcome(row, null, false, reason, kind, delay(row, kind, reason));
	}

	private Duration delay(OutboxRow row, Kind kind, Throwable failure) {
		if (kind == Kind.GIVEN_BACK) {
			return Duration.ZERO;
		}
		int doublings = Math.min(MAX_DOUBLINGS, (kind == Kind.REFUSED) ? row.failures() : row.attempts() - 1);
		Duration delay = FIRST_BACKOFF.multipliedBy(1L << doublings);
		Duration requested = RequestedDelay.of(failure, System.currentTimeMillis());
		if (requested != null) {
			delay = requested;
		}
		if (delay.compareTo(this.settings.maxBackoff()) > 0) {
			delay = this.settings.maxBackoff();
		}
		long millis = Math.max(FIRST_BACKOFF.toMillis(), delay.toMillis());
		if (kind == Kind.UNKNOWN || row.maybeSent()) {
			millis = Math.max(millis, OutboxSettings.FINDABLE.toMillis());
		}
		return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(1 + millis / 4));
	}

	private static Kind kind(Throwable failure) {
		if (failure instanceof CallWaits.EndedException) {
			return Kind.GIVEN_BACK;
		}
		if (failure instanceof TriggerConnectionException connection) {
			return connection.isRequestUnsent() ? Kind.UNSENT : Kind.UNKNOWN;
		}
		if (failure instanceof TriggerApiException response) {
			return kind(response.getStatus(), response);
		}
		if (failure instanceof TriggerTimeoutException || failure instanceof TriggerDecodingException
				|| failure instanceof ExchangeFilterException || failure instanceof TimeoutException
				|| failure instanceof LookUpException) {
			return Kind.UNKNOWN;
		}
		// the client's other exceptions are a matter of its configuration
		return (failure instanceof TriggerException || failure instanceof UnknownClientException) ? Kind.UNSENT
				: Kind.REFUSED;
	}

	private static Kind kind(int status, TriggerApiException response) {
		if ("true".equals(response.getHeaders().getFirst("x-should-retry"))) {
			return Kind.UNKNOWN;
		}
		return switch (status) {
			// they end when the credential is valid again, or the limit is reset
			case 401, 403, 429 -> Kind.UNSENT;
			case 408, 409 -> Kind.UNKNOWN;
			default -> (status >= 400 && status < 500) ? Kind.REFUSED : Kind.UNKNOWN;
		};
	}

	/**
	 * It is not known whether there is a run.
	 */
	private static final class LookUpException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		LookUpException(@Nullable Throwable cause, @Nullable String message) {
			super(message, cause);
		}

	}

	/**
	 * This instance does not have the client of a row.
	 */
	private static final class UnknownClientException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnknownClientException(IllegalArgumentException cause) {
			super(cause.getMessage(), cause);
		}

	}

}
