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
import java.util.function.Supplier;

import dev.trigger.spring.jdbc.BackgroundLoop;
import dev.trigger.spring.jdbc.RequiredTables;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.BadSqlGrammarException;

/**
 * Logs the first of several failures in a row of what empties the outbox, then one a
 * minute, and that they are over.
 */
final class OutboxFailures implements BackgroundLoop.FailureHandler {

	private static final Log logger = LogFactory.getLog(OutboxDispatcher.class);

	private static final RequiredTables TABLES = new RequiredTables("dev/trigger/spring/outbox/schema-*.sql",
			"trigger.outbox.initialize-schema");

	private static final Duration PAUSE = Duration.ofMillis(200);

	private static final int LONGEST = 10;

	private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

	/**
	 * How many deadlocks and lost races in a row are nothing to report.
	 */
	private static final int RACES = 2;

	private boolean logged;

	private long loggedAt;

	/**
	 * Use the table for whoever asks.
	 * @throws InvalidDataAccessResourceUsageException with what to do, if the table or a
	 * column is missing
	 */
	static <T> T report(Supplier<T> use) {
		try {
			return use.get();
		}
		catch (BadSqlGrammarException ex) {
			throw new InvalidDataAccessResourceUsageException(TABLES.describe(ex), ex);
		}
	}

	@Override
	public Duration failed(Throwable failure, int failures) {
		boolean race = failure instanceof ConcurrencyFailureException && failures <= RACES;
		if (!race && (!this.logged || System.nanoTime() - this.loggedAt > LOG_NANOS)) {
			this.logged = true;
			this.loggedAt = System.nanoTime();
			logger.warn((failure instanceof Error) ? "The outbox failed, and goes on trying: " + failure
					: "The outbox can't use its database, and goes on trying: " + TABLES.describe(failure));
			logger.debug("The outbox failed", failure);
		}
		return PAUSE.multipliedBy(Math.min(failures, LONGEST));
	}

	@Override
	public void recovered(int failures) {
		if (this.logged) {
			logger.info("The outbox works again after " + failures + " failures");
			this.logged = false;
		}
	}

}
