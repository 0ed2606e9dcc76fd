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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.spring.http.CallWaits;

/**
 * Sends rows that were claimed, a limited number at a time. As a response comes, the next
 * row is sent at once, on the same thread: requests need not wait until the database has
 * been told of the one before.
 */
final class OutboxRequests {

	private final OutboxSender sender;

	private final OutboxObservations observations;

	private final int concurrency;

	private final Runnable ended;

	private final Queue<Claimed> waiting = new ConcurrentLinkedQueue<>();

	private final Queue<OutboxOutcome> outcomes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger underWay = new AtomicInteger();

	private final AtomicInteger starting = new AtomicInteger();

	private volatile CallWaits waits = new CallWaits();

	/**
	 * Create requests.
	 * @param sender sends one row
	 * @param observations observe that
	 * @param concurrency how many rows are sent at the same time
	 * @param ended is called when there is an outcome
	 */
	OutboxRequests(OutboxSender sender, OutboxObservations observations, int concurrency, Runnable ended) {
		this.sender = sender;
		this.observations = observations;
		this.concurrency = concurrency;
		this.ended = ended;
	}

	/**
	 * Send rows from now on.
	 */
	void open() {
		this.waits = new CallWaits();
	}

	/**
	 * Give back what is not on its way to the server.
	 */
	void close() {
		this.waits.end();
		startNext();
	}

	/**
	 * Send a row, at once or when another has its outcome.
	 */
	void send(OutboxRow row, OutboxClaims.Claim claim) {
		this.waiting.add(new Claimed(row, claim));
		startNext();
	}

	private void startNext() {
		if (this.starting.getAndIncrement() != 0) {
			// the thread that is in the loop below notices the increment
			return;
		}
		int missed = 1;
		do {
			while (this.waits.isOver() || this.underWay.get() < this.concurrency) {
				Claimed next = this.waiting.poll();
				if (next == null) {
					break;
				}
				this.underWay.incrementAndGet();
				start(next);
			}
			missed = this.starting.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void start(Claimed next) {
		CallWaits current = this.waits;
		if (current.isOver()) {
			ended(this.sender.failed(next.row(), new CallWaits.EndedException()));
			return;
		}
		try {
			this.observations.send(next.row(), this.sender.send(next.row(), next.claim()::isValid, current))
				.subscribe(this::ended);
		}
		catch (LinkageError | VirtualMachineError ex) {
			// Reactor throws them instead of passing them on
			ended(this.sender.failed(next.row(), ex));
		}
	}

	private void ended(OutboxOutcome outcome) {
		this.outcomes.add(outcome);
		this.underWay.decrementAndGet();
		startNext();
		this.ended.run();
	}

	boolean hasOutcome() {
		return !this.outcomes.isEmpty();
	}

	/**
	 * Return whether more outcomes are to be expected soon, so that it is worth while to
	 * wait a little and store many at once. Requests go on meanwhile.
	 */
	boolean isBusy() {
		return this.underWay.get() > 0 && this.outcomes.size() < this.concurrency / 2;
	}

	/**
	 * Take some outcomes.
	 */
	List<OutboxOutcome> takeOutcomes(int limit) {
		List<OutboxOutcome> taken = new ArrayList<>();
		while (taken.size() < limit) {
			OutboxOutcome outcome = this.outcomes.poll();
			if (outcome == null) {
				break;
			}
			taken.add(outcome);
		}
		return taken;
	}

	/**
	 * Give outcomes back that could not be stored.
	 */
	void giveBack(Collection<OutboxOutcome> taken) {
		this.outcomes.addAll(taken);
	}

	/**
	 * A row with its claim.
	 *
	 * @param row the row
	 * @param claim the claim
	 */
	private record Claimed(OutboxRow row, OutboxClaims.Claim claim) {

	}

}
