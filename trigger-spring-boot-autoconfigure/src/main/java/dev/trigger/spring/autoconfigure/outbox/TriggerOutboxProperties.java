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

package dev.trigger.spring.autoconfigure.outbox;

import java.time.Duration;

import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.outbox.OutboxSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for triggering tasks together with a transaction.
 *
 * @since 1.0.0
 */
@ConfigurationProperties("trigger.outbox")
public class TriggerOutboxProperties {

	/**
	 * Whether to trigger tasks together with transactions of the database.
	 */
	private boolean enabled;

	/**
	 * When to create the tables that are missing.
	 */
	private SchemaInitialization initializeSchema = SchemaInitialization.EMBEDDED;

	/**
	 * Whether a trigger outside of a transaction is written in one of its own, instead of
	 * being refused.
	 */
	private boolean ownTransaction;

	/**
	 * Number of triggers that an instance sends at once.
	 */
	private int concurrency = 32;

	/**
	 * Time between two queries for triggers that were left over.
	 */
	private Duration pollInterval = Duration.ofSeconds(1);

	/**
	 * Number of times that the server may refuse a trigger until it is parked.
	 */
	private int maxFailures = 3;

	/**
	 * Longest time between two attempts to send a trigger.
	 */
	private Duration maxBackoff = Duration.ofMinutes(1);

	/**
	 * Time for which triggers are kept after they were sent.
	 */
	private Duration retention = Duration.ofDays(7);

	/**
	 * Age of the oldest unsent trigger beyond which the health check is down.
	 */
	private Duration maxAge = Duration.ofMinutes(10);

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public SchemaInitialization getInitializeSchema() {
		return this.initializeSchema;
	}

	public void setInitializeSchema(SchemaInitialization initializeSchema) {
		this.initializeSchema = initializeSchema;
	}

	public boolean isOwnTransaction() {
		return this.ownTransaction;
	}

	public void setOwnTransaction(boolean ownTransaction) {
		this.ownTransaction = ownTransaction;
	}

	public int getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	public Duration getPollInterval() {
		return this.pollInterval;
	}

	public void setPollInterval(Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	public int getMaxFailures() {
		return this.maxFailures;
	}

	public void setMaxFailures(int maxFailures) {
		this.maxFailures = maxFailures;
	}

	public Duration getMaxBackoff() {
		return this.maxBackoff;
	}

	public void setMaxBackoff(Duration maxBackoff) {
		this.maxBackoff = maxBackoff;
	}

	public Duration getRetention() {
		return this.retention;
	}

	public void setRetention(Duration retention) {
		this.retention = retention;
	}

	public Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(Duration maxAge) {
		this.maxAge = maxAge;
	}

	OutboxSettings toSettings() {
		return new OutboxSettings(this.ownTransaction, this.concurrency, this.pollInterval, this.maxFailures,
				this.maxBackoff, this.retention);
	}

}
