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
import java.util.Collection;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * Stores what became of rows, and reports it to the log and to listeners.
 */
final class OutboxRecorder {

	private static final Log logger = LogFactory.getLog(OutboxDispatcher.class);

	private final OutboxStore store;

	private final Duration retention;

	private final Collection<OutboxListener> listeners;

	OutboxRecorder(OutboxStore store, Duration retention, Collection<OutboxListener> listeners) {
		this.store = store;
		this.retention = retention;
		this.listeners = listeners;
	}

	/**
	 * Store outcomes.
	 * @return those that are stored
	 * @throws org.springframework.dao.DataAccessException if the database can't be used
	 */
	List<OutboxOutcome> store(List<OutboxOutcome> outcomes) {
		try {
			this.store.record(outcomes, this.retention);
			return outcomes;
		}
		catch (DataIntegrityViolationException ex) {
			return outcomes.stream().filter(this::storeInAscii).toList();
		}
	}

	/**
	 * One that can't be written does not keep the others from being so. It is found out
	 * again when its claim is over.
	 */
	private boolean storeInAscii(OutboxOutcome outcome) {
		try {
			this.store.recordInAscii(outcome, this.retention);
			return true;
		}
		catch (DataIntegrityViolationException ex) {
			logger.error("The outcome of trigger " + outcome.row().id() + " can't be stored: " + ex.getMessage());
			return false;
		}
	}

	/**
	 * Report an outcome that is stored.
	 */
	void report(OutboxOutcome outcome) {
		OutboxRow row = outcome.row();
		Throwable failure = outcome.failure();
		if (outcome.parked()) {
			logger.warn("The trigger " + row.id() + " of the task '" + row.trigger().task() + "' is parked after "
					+ row.attempts() + " attempts, until it is given back by the actuator endpoint 'triggeroutbox' "
					+ "or OutboxAdministration.requeue: " + outcome.reason());
		}
		for (OutboxListener listener : this.listeners) {
			try {
				if (outcome.runId() != null) {
					listener.onSent(row.id(), outcome.runId(), outcome.adopted(), row.age());
				}
				else if (failure != null && outcome.parked()) {
					listener.onParked(row.id(), failure);
				}
				else if (failure != null) {
					listener.onRetry(row.id(), failure);
				}
			}
			catch (RuntimeException | Error ex) {
				logger.warn("A listener to the outbox failed", ex);
			}
		}
	}

}
