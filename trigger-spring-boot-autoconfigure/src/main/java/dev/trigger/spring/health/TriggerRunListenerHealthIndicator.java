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
import java.time.Instant;

import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.RunListenerStatistics;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} for run listeners: down if for some time this instance calls
 * them, but could not read which runs are over, or could not find out which instance
 * calls them. It asks neither the server nor the database.
 *
 * @since 1.0.0
 */
public class TriggerRunListenerHealthIndicator extends AbstractHealthIndicator {

	private final RunListenerContainer container;

	private final Duration maxAge;

	/**
	 * Create an indicator.
	 * @param container calls the listeners
	 * @param maxAge how long ago runs may have been read the last time
	 */
	public TriggerRunListenerHealthIndicator(RunListenerContainer container, Duration maxAge) {
		super("The state of the run listeners can't be determined");
		this.container = container;
		this.maxAge = maxAge;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		RunListenerStatistics statistics = this.container.getStatistics();
		Instant lastRead = statistics.lastRead();
		Duration age = statistics.lastReadAge();
		boolean late = statistics.leader() && statistics.failure() != null && age != null
				&& age.compareTo(this.maxAge) > 0;
		Duration undecided = statistics.undecided();
		boolean nobody = undecided != null && undecided.compareTo(this.maxAge) > 0;
		builder.status((late || nobody) ? Status.DOWN : Status.UP)
			.withDetail("listeners", this.container.getListeners())
			.withDetail("leader", statistics.leader())
			.withDetail("pending", statistics.pending())
			.withDetail("parked", statistics.parked());
		if (lastRead != null) {
			builder.withDetail("lastRead", lastRead);
		}
		if (statistics.failure() != null) {
			builder.withDetail("failure", statistics.failure());
		}
	}

}
