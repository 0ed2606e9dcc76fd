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

package dev.trigger.spring.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.Durations;
import dev.trigger.spring.http.RateLimit;
import dev.trigger.spring.identity.Identity;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/**
 * Reports whether the API is reachable and accepts the client's credential. The response
 * is kept for a while, and checks that come at the same time share one request, so that
 * probes don't use up the rate limit.
 *
 * @since 1.0.0
 */
public class TriggerHealthIndicator implements ReactiveHealthIndicator {

	private static final String NO_REQUESTS = "the client makes no requests";

	private final TriggerOperations client;

	private final Mono<Health> health;

	/**
	 * Create an indicator.
	 * @param client the client
	 * @param timeout the time after which the API counts as down
	 * @param cacheTtl the time for which a result is kept
	 */
	public TriggerHealthIndicator(TriggerOperations client, Duration timeout, Duration cacheTtl) {
		this.client = client;
		// a mock of a client returns null for a view
		Mono<TriggerOperations> probe = Mono
			.defer(() -> Mono.justOrEmpty(client.withRetry((policy) -> policy.withMaxAttempts(1)))
				.mapNotNull((view) -> view.withTimeout(timeout)));
		Mono<Health> check = probe.flatMap(this::check)
			.switchIfEmpty(Mono.fromSupplier(() -> Health.unknown().withDetail("reason", NO_REQUESTS).build()))
			.onErrorResume((ex) -> Mono.just(Health.down().withDetail("reason", reason(ex)).build()));
		this.health = cacheTtl.isZero() ? check : cache(check, Durations.millis(cacheTtl));
	}

	/**
	 * The operator that caches for a time would keep the clock that Reactor has by then,
	 * which may be the virtual one of a test.
	 */
	private static Mono<Health> cache(Mono<Health> check, long millis) {
		return check.map((health) -> new Result(health, System.nanoTime()))
			.cacheInvalidateIf((result) -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - result.nanos()) >= millis)
			.map(Result::health);
	}

	@Override
	public Mono<Health> health() {
		return this.health;
	}

	private Mono<Health> check(TriggerOperations probe) {
		if (!probe.capabilities().supports(TriggerEndpoint.WHOAMI_V1)
				&& !probe.capabilities().supports(TriggerEndpoint.WHOAMI_V2)) {
			return Mono.just(
					describe(Health.unknown())
						.withDetail("reason",
								"no endpoint reports whether " + AuthMode.PUBLIC_ACCESS_TOKEN.description()
										+ "s are valid")
						.build());
		}
		return probe.identity()
			.whoami()
			.map((identity) -> up(identity).build())
			.onErrorResume((ex) -> Mono.just(describe(Health.down()).withDetail("reason", reason(ex)).build()));
	}

	private Health.Builder up(Identity identity) {
		Health.Builder builder = describe(Health.up());
		if (identity instanceof Identity.Environment environment) {
			if (environment.slug() != null) {
				builder.withDetail("environment", environment.slug());
			}
			if (environment.branchName() != null) {
				builder.withDetail("branch", environment.branchName());
			}
			if (environment.paused()) {
				builder.withDetail("paused", true);
			}
		}
		RateLimit rateLimit = this.client.rateLimit();
		if (rateLimit != null) {
			builder.withDetail("rateLimitRemaining", rateLimit.remaining());
		}
		return builder;
	}

	private Health.Builder describe(Health.Builder builder) {
		return builder.withDetail("modes", this.client.capabilities().modes().stream().map(AuthMode::name).toList())
			.withDetail("apiUrl", this.client.apiUrl().toString());
	}

	/**
	 * Why the API is down, in our own words: the message of an exception may come from
	 * anywhere.
	 */
	private static String reason(Throwable failure) {
		if (failure instanceof AuthenticationException authentication) {
			return "the credential was rejected (401 " + authentication.getServerMessage() + ")";
		}
		if (failure instanceof TriggerApiException api) {
			return "the API returned " + api.getStatus();
		}
		if (failure instanceof TriggerTimeoutException timeout) {
			return "the API did not respond within " + timeout.getTimeout().toMillis() + " ms";
		}
		if (failure instanceof TriggerConnectionException connection) {
			return connection.isRequestUnsent() ? "the API could not be reached" : "the API sent no complete response";
		}
		return failure.getClass().getSimpleName();
	}

	/**
	 * A result that is kept.
	 *
	 * @param health the health
	 * @param nanos when it was found out
	 */
	private record Result(Health health, long nanos) {

	}

}
