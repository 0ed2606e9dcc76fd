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

package dev.trigger.spring.autoconfigure;

import java.time.Duration;

import dev.trigger.spring.autoconfigure.http.TriggerHttpProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Configuration properties for the Trigger.dev client.
 *
 * @since 1.0.0
 */
@ConfigurationProperties("trigger")
public class TriggerProperties {

	/**
	 * Secret key of an environment, or a personal access token.
	 */
	private @Nullable String secretKey;

	/**
	 * Personal access token, or a public access token.
	 */
	private @Nullable String accessToken;

	/**
	 * Address of the API.
	 */
	private String apiUrl = "https://api.trigger.dev";

	/**
	 * Branch of the preview or dev environment. Empty means none, whatever the
	 * environment variables say.
	 */
	private @Nullable String previewBranch;

	/**
	 * Project for calls that name none, such as proj_1234.
	 */
	private @Nullable String projectRef;

	/**
	 * Time limit of a call, including all its attempts. Zero means no limit.
	 */
	private Duration timeout = Duration.ofMinutes(2);

	private final Retry retry = new Retry();

	private final Polling polling = new Polling();

	@NestedConfigurationProperty
	private final TriggerHttpProperties http = new TriggerHttpProperties();

	private final Realtime realtime = new Realtime();

	private final Health health = new Health();

	public @Nullable String getSecretKey() {
		return this.secretKey;
	}

	public void setSecretKey(@Nullable String secretKey) {
		this.secretKey = secretKey;
	}

	public @Nullable String getAccessToken() {
		return this.accessToken;
	}

	public void setAccessToken(@Nullable String accessToken) {
		this.accessToken = accessToken;
	}

	public String getApiUrl() {
		return this.apiUrl;
	}

	public void setApiUrl(String apiUrl) {
		this.apiUrl = apiUrl;
	}

	public @Nullable String getPreviewBranch() {
		return this.previewBranch;
	}

	public void setPreviewBranch(@Nullable String previewBranch) {
		this.previewBranch = previewBranch;
	}

	public @Nullable String getProjectRef() {
		return this.projectRef;
	}

	public void setProjectRef(@Nullable String projectRef) {
		this.projectRef = projectRef;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Retry getRetry() {
		return this.retry;
	}

	public Polling getPolling() {
		return this.polling;
	}

	public TriggerHttpProperties getHttp() {
		return this.http;
	}

	public Realtime getRealtime() {
		return this.realtime;
	}

	public Health getHealth() {
		return this.health;
	}

	/**
	 * How feeds and streams behave.
	 */
	public static class Realtime {

		/**
		 * Number of feeds that waits may have open at once. Waits for the runs of one
		 * batch share a feed. Waits beyond that number poll; 0 makes all waits poll.
		 */
		private int maxFeeds = 8;

		/**
		 * Time without a byte after which a connection is taken for dead and another one
		 * is opened. Zero means never.
		 */
		private Duration silenceTimeout = Duration.ofSeconds(45);

		public int getMaxFeeds() {
			return this.maxFeeds;
		}

		public void setMaxFeeds(int maxFeeds) {
			this.maxFeeds = maxFeeds;
		}

		public Duration getSilenceTimeout() {
			return this.silenceTimeout;
		}

		public void setSilenceTimeout(Duration silenceTimeout) {
			this.silenceTimeout = silenceTimeout;
		}

	}

	/**
	 * How failed calls are tried again.
	 */
	public static class Retry {

		/**
		 * Number of attempts, including the first.
		 */
		private int maxAttempts = 5;

		/**
		 * Wait before the second attempt.
		 */
		private Duration delay = Duration.ofSeconds(1);

		/**
		 * Factor by which each further wait is longer.
		 */
		private double multiplier = 1.6;

		/**
		 * Longest wait. A wait for the reset of a rate limit may be longer, up to the
		 * timeout of the call.
		 */
		private Duration maxDelay = Duration.ofSeconds(30);

		/**
		 * Whether waits are randomized, so that clients don't come back all at once.
		 */
		private boolean jitter = true;

		/**
		 * Time during which a 404 is retried if the server asks for it, since a run that
		 * was just triggered may not be visible yet. Zero means that only the number of
		 * attempts is limited.
		 */
		private Duration notFoundTimeout = Duration.ofSeconds(3);

		/**
		 * Number of tokens that all calls together may spend on retries, so that an
		 * outage doesn't multiply requests. A retry takes 5, or 10 after a timeout, and
		 * success gives them back. Zero means no limit.
		 */
		private int budget = 500;

		/**
		 * Whether a trigger without an idempotency key gets a random one for all its
		 * attempts.
		 */
		private boolean autoIdempotency = true;

		/**
		 * Whether a request that would act twice is tried again even if it may have
		 * arrived.
		 */
		private boolean repeatUnsafe;

		public int getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public boolean isJitter() {
			return this.jitter;
		}

		public void setJitter(boolean jitter) {
			this.jitter = jitter;
		}

		public Duration getNotFoundTimeout() {
			return this.notFoundTimeout;
		}

		public void setNotFoundTimeout(Duration notFoundTimeout) {
			this.notFoundTimeout = notFoundTimeout;
		}

		public int getBudget() {
			return this.budget;
		}

		public void setBudget(int budget) {
			this.budget = budget;
		}

		public boolean isAutoIdempotency() {
			return this.autoIdempotency;
		}

		public void setAutoIdempotency(boolean autoIdempotency) {
			this.autoIdempotency = autoIdempotency;
		}

		public boolean isRepeatUnsafe() {
			return this.repeatUnsafe;
		}

		public void setRepeatUnsafe(boolean repeatUnsafe) {
			this.repeatUnsafe = repeatUnsafe;
		}

	}

	/**
	 * How waits for runs, batches, waitpoint tokens and bulk actions poll.
	 */
	public static class Polling {

		/**
		 * Pause between the first two polls.
		 */
		private Duration delay = Duration.ofSeconds(1);

		/**
		 * Factor by which each further pause is longer.
		 */
		private double multiplier = 1.6;

		/**
		 * Longest pause.
		 */
		private Duration maxDelay = Duration.ofSeconds(10);

		/**
		 * Time after which a wait gives up. Zero means never.
		 */
		private Duration timeout = Duration.ofHours(1);

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

		public double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(double multiplier) {
			this.multiplier = multiplier;
		}

		public Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

	}

	/**
	 * How the health of the client is checked.
	 */
	public static class Health {

		/**
		 * Time after which the API counts as down. Zero means no limit.
		 */
		private Duration timeout = Duration.ofSeconds(5);

		/**
		 * Time for which a result is kept, so that frequent checks don't use up the rate
		 * limit.
		 */
		private Duration cacheTtl = Duration.ofSeconds(10);

		public Duration getTimeout() {
			return this.timeout;
		}

		public void setTimeout(Duration timeout) {
			this.timeout = timeout;
		}

		public Duration getCacheTtl() {
			return this.cacheTtl;
		}

		public void setCacheTtl(Duration cacheTtl) {
			this.cacheTtl = cacheTtl;
		}

	}

}
