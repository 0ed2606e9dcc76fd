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

package dev.trigger.spring.jdbc;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;

/**
 * A lease that at most one instance of the application has at a time: a row of the table
 * {@code trigger_lease}. Whether it is over is decided by the clock of the database.
 * <p>
 * A holder that was paused longer than its lease lasts does not know that another took
 * over: what must not happen twice has to be guarded by its own rows as well.
 *
 * @since 1.0.0
 */
public final class DatabaseLease {

	/**
	 * For how many durations another instance is silent until it is taken for dead
	 * although its lease is not over.
	 */
	private static final int SILENCES = 6;

	private final TriggerDatabase database;

	private final String name;

	private final Duration duration;

	/**
	 * The other instance that has the lease, as it was first seen.
	 */
	private volatile @Nullable Holder known;

	DatabaseLease(TriggerDatabase database, String name, Duration duration) {
		this.database = database;
		this.name = name;
		this.duration = duration;
	}

	/**
	 * Acquire the lease, or renew it if this instance holds it. Renewed every third of
	 * its duration, a lease survives one failed renewal.
	 * @return whether this instance has the lease now
	 * @throws org.springframework.dao.DataAccessException if the database can't be used
	 */
	public boolean tryAcquire() {
		try {
			return Boolean.TRUE.equals(this.database.newTransaction().execute((status) -> acquire()));
		}
		catch (DuplicateKeyException ex) {
			// another instance was faster
			return false;
		}
	}

	private boolean acquire() {
		String now = this.database.dialect().now();
		int updated = this.database
			.sql("UPDATE trigger_lease SET owner = :owner, expires_at = " + now
					+ " + :duration WHERE name = :name AND (owner = :owner OR expires_at < " + now + ")")
			.param("owner", this.database.instance())
			.param("duration", this.duration.toMillis())
			.param("name", this.name)
			.update();
		if (updated > 0) {
			return true;
		}
		// a renewal within the same millisecond changes nothing, and a driver may count
		// only rows that changed
		List<Holder> holders = this.database
			.sql("SELECT owner, expires_at, expires_at - " + now + " FROM trigger_lease WHERE name = :name")
			.param("name", this.name)
			.query((row, number) -> new Holder(row.getString(1), row.getLong(2), row.getLong(3), System.nanoTime()))
			.list();
		if (!holders.isEmpty()) {
			Holder holder = holders.get(0);
			return this.database.instance().equals(holder.owner()) ? holder.remaining() >= 0 : takeFromDead(holder);
		}
		this.database.sql("INSERT INTO trigger_lease (name, owner, expires_at) VALUES (:name, :owner, 0)")
			.param("name", this.name)
			.param("owner", this.database.instance())
			.update();
		return acquire();
	}

	/**
	 * If the clock of the database is set back, a lease lasts longer by it than it
	 * should. One that is alive is renewed nevertheless.
	 */
	private boolean takeFromDead(Holder holder) {
		Holder known = this.known;
		if (known == null || !known.owner().equals(holder.owner()) || known.expiresAt() != holder.expiresAt()) {
			this.known = holder;
			return false;
		}
		return holder.remaining() > this.duration.toMillis()
				&& holder.seenAt() - known.seenAt() > this.duration.multipliedBy(SILENCES).toNanos()
				&& this.database
					.sql("UPDATE trigger_lease SET owner = :owner, expires_at = " + this.database.dialect().now()
							+ " + :duration WHERE name = :name AND owner = :dead AND expires_at = :expires")
					.param("owner", this.database.instance())
					.param("duration", this.duration.toMillis())
					.param("name", this.name)
					.param("dead", holder.owner())
					.param("expires", holder.expiresAt())
					.update() > 0;
	}

	/**
	 * Give the lease back, if this instance has it, so that another need not wait.
	 * @throws org.springframework.dao.DataAccessException if the database can't be used
	 */
	public void release() {
		this.database
			.update(this.database.sql("UPDATE trigger_lease SET expires_at = 0 WHERE name = :name AND owner = :owner")
				.param("name", this.name)
				.param("owner", this.database.instance()));
	}

	/**
	 * The instance that has the lease.
	 *
	 * @param owner its name
	 * @param expiresAt when the lease is over, by the clock of the database
	 * @param remaining the number of milliseconds until then
	 * @param seenAt when that was so, by the clock of this process
	 */
	private record Holder(String owner, long expiresAt, long remaining, long seenAt) {

	}

}
