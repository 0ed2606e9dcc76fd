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

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The rows that this instance is sending, and its claims of them.
 */
final class OutboxClaims {

	private final OutboxStore store;

	private final Map<String, Claim> claims = new ConcurrentHashMap<>();

	private final Set<String> orderingKeys = ConcurrentHashMap.newKeySet();

	OutboxClaims(OutboxStore store) {
		this.store = store;
	}

	/**
	 * Add a row that was claimed.
	 * @return its claim, {@code null} if the row is being sent already
	 */
	@Nullable Claim add(OutboxRow row) {
		Claim claim = new Claim(row);
		if (this.claims.putIfAbsent(row.id(), claim) != null) {
			return null;
		}
		if (row.orderingKey() != null) {
			this.orderingKeys.add(row.orderingKey());
		}
		return claim;
	}

	void remove(OutboxRow row) {
		this.claims.remove(row.id());
		if (row.orderingKey() != null) {
			this.orderingKeys.remove(row.orderingKey());
		}
	}

	/**
	 * Return whether a row with an ordering key is being sent.
	 */
	boolean hasOrderingKey(String key) {
		return this.orderingKeys.contains(key);
	}

	int size() {
		return this.claims.size();
	}

	boolean isEmpty() {
		return this.claims.isEmpty();
	}

	/**
	 * Renew the claims. One that another instance has taken over stays lost.
	 */
	void renew() {
		List<Claim> present = List.copyOf(this.claims.values());
		if (present.isEmpty()) {
			return;
		}
		long now = System.nanoTime();
		Set<String> own = new HashSet<>();
		this.store.renew(present.stream().map((claim) -> claim.row).toList()).forEach((row) -> own.add(row.id()));
		for (Claim claim : present) {
			if (own.contains(claim.row.id())) {
				claim.validSince = now;
			}
			else {
				claim.lost = true;
			}
		}
	}

	/**
	 * The claim of a row.
	 */
	static final class Claim {

		private final OutboxRow row;

		private volatile long validSince;

		private volatile boolean lost;

		private Claim(OutboxRow row) {
			this.row = row;
			this.validSince = row.claimedAt();
		}

		/**
		 * Return whether no other instance can have claimed the row, with a margin for
		 * what the request takes.
		 */
		boolean isValid() {
			return !this.lost && System.nanoTime() - this.validSince < OutboxSettings.CLAIM.toNanos() * 2 / 3;
		}

	}

}
