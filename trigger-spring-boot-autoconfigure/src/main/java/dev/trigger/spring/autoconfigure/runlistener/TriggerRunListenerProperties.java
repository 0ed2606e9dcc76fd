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

package dev.trigger.spring.autoconfigure.runlistener;

import java.time.Duration;

import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.runlistener.RunListenerSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for run listeners.
 *
 * @since 1.0.0
 */
@ConfigurationProperties("trigger.run-listener")
public class TriggerRunListenerProperties {

	/**
	 * Whether @TriggerRunListener methods are called.
	 */
	private boolean enabled = true;

	/**
	 * Time between two queries for runs that are over.
	 */
	private Duration pollInterval = Duration.ofSeconds(1);

	/**
	 * Whether to open a realtime feed, so that listeners are called sooner.
	 */
	private boolean realtime = true;

	/**
	 * Number of runs that are handled at the same time.
	 */
	private int concurrency = 4;

	/**
	 * Time limit of a call of a listener, after which the listener is interrupted and has
	 * failed. Zero means no limit.
	 */
	private Duration timeout = Duration.ofMinutes(5);

	/**
	 * Time after which another instance takes over from one that was killed.
	 */
	private Duration leaseDuration = Duration.ofSeconds(7);

	/**
	 * Time for which handled events are kept. Without a database it is 8 hours at most.
	 */
	private Duration retention = Duration.ofDays(7);

	/**
	 * Time after which a run that the application triggered is retrieved to see whether
	 * it is over, unless a query has shown that.
	 */
	private Duration sweepAfter = Duration.ofMinutes(5);

	/**
	 * Time without a successful query after which the health check is down.
	 */
	private Duration maxAge = Duration.ofMinutes(5);

	/**
	 * When to create the tables.
	 */
	private SchemaInitialization initializeSchema = SchemaInitialization.EMBEDDED;

	private final Retry retry = new Retry();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getPollInterval() {
		return this.pollInterval;
	}

	public void setPollInterval(Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	public boolean isRealtime() {
		return this.realtime;
	}

	public void setRealtime(boolean realtime) {
		this.realtime = realtime;
	}

	public int getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getLeaseDuration() {
		return this.leaseDuration;
	}

	public void setLeaseDuration(Duration leaseDuration) {
		this.leaseDuration = leaseDuration;
	}

	public Duration getRetention() {
		return this.retention;
	}

	public void setRetention(Duration retention) {
		this.retention = retention;
	}

	public Duration getSweepAfter() {
		return this.sweepAfter;
	}

	public void setSweepAfter(Duration sweepAfter) {
		this.sweepAfter = sweepAfter;
	}

	public Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(Duration maxAge) {
		this.maxAge = maxAge;
	}

	public SchemaInitialization getInitializeSchema() {
		return this.initializeSchema;
	}

	public void setInitializeSchema(SchemaInitialization initializeSchema) {
		this.initializeSchema = initializeSchema;
	}

	public Retry getRetry() {
		return this.retry;
	}

	RunListenerSettings toSettings() {
		return new RunListenerSettings(this.pollInterval, this.realtime, this.concurrency, this.leaseDuration,
				this.timeout, this.retry.maxAttempts, this.retry.delay, this.retry.multiplier, this.retry.maxDelay,
				this.retention, this.sweepAfter);
	}

	/**
	 * How calls of a listener that failed are repeated.
	 */
	public static class Retry {

		/**
		 * Number of calls for an event, including the first, after which it is parked.
		 */
		private int maxAttempts = 10;

		/**
		 * Wait before the second call.
		 */
		private Duration delay = Duration.ofSeconds(1);

		/**
		 * Factor by which each further wait is longer.
		 */
		private double multiplier = 2;

		/**
		 * Longest wait.
		 */
		private Duration maxDelay = Duration.ofMinutes(5);

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

	}

}
