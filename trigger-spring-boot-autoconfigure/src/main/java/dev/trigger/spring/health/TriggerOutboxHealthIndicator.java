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

import dev.trigger.spring.outbox.OutboxAdministration;
import dev.trigger.spring.outbox.OutboxStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports whether the outbox is emptied: it is down if the oldest trigger that is not
 * sent is too old, or if the table can't be read. Triggers that are parked are only
 * counted.
 *
 * @since 1.0.0
 */
public class TriggerOutboxHealthIndicator extends AbstractHealthIndicator {

	private final OutboxAdministration outbox;

	private final Duration maxAge;

	/**
	 * Create an indicator.
	 * @param outbox the outbox
	 * @param maxAge the age from which on a trigger is too old
	 */
	public TriggerOutboxHealthIndicator(OutboxAdministration outbox, Duration maxAge) {
		super("The outbox can't be read");
		this.outbox = outbox;
		this.maxAge = maxAge;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		OutboxStatus status = this.outbox.status();
		Duration oldest = status.oldestAge();
		boolean late = oldest != null && oldest.compareTo(this.maxAge) > 0;
		builder.status(late ? Status.DOWN : Status.UP)
			.withDetail("pending", status.pending())
			.withDetail("parked", status.parked());
		if (oldest != null) {
			builder.withDetail("oldestAge", oldest);
		}
	}

}
