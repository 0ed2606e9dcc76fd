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

package dev.trigger.spring.http;

import org.jspecify.annotations.Nullable;

/**
 * How much of a bucket polls may use: at most half of what it has and gets. When less
 * than half is left, one poll a second goes, so that a wait doesn't starve. Not
 * thread-safe: it changes under the lock of its {@link RateLimiter}.
 */
final class PollShare {

	/**
	 * How long after a poll another one goes although less than half of the bucket is
	 * left.
	 */
	private static final long POLL_MILLIS = 1_000;

	/**
	 * How many polls are under way at most as long as there has been no response.
	 */
	private static final int FIRST_POLLS = 8;

	private long lastPoll = Long.MIN_VALUE / 2;

	private long pollsInWindow;

	private long pollsPerWindow = Long.MAX_VALUE;

	private boolean responded;

	/**
	 * Note that there is a server which responds, with or without a reading.
	 */
	void responded() {
		this.responded = true;
	}

	void granted(long now) {
		this.lastPoll = now;
		this.pollsInWindow++;
	}

	/**
	 * Return whether a poll may go as long as there is no reading.
	 * @param underWay the number of requests under way
	 */
	boolean mayStart(long underWay) {
		return this.responded || underWay < FIRST_POLLS;
	}

	/**
	 * Return whether a poll may go as part of its share.
	 * @param current the present reading
	 * @param left how much is left of the bucket
	 */
	boolean isLeft(RateLimitReading current, long left) {
		return left > current.reserve() && isWithinWindow();
	}

	/**
	 * Return whether a poll may go although less than half of the bucket is left.
	 * @param left how much is left of the bucket
	 */
	boolean mayTrickle(long left, long now) {
		return isTrickle(left) && now >= nextTrickle();
	}

	/**
	 * Return whether a poll may go in its time although less than half of the bucket is
	 * left. One request more has to be left, for those that are no poll.
	 */
	boolean isTrickle(long left) {
		return left > 1 && isWithinWindow();
	}

	long nextTrickle() {
		return this.lastPoll + POLL_MILLIS;
	}

	private boolean isWithinWindow() {
		return this.pollsInWindow < this.pollsPerWindow;
	}

	/**
	 * Start another window. How much the bucket gets is never reported: with the real
	 * server it is a third of what the bucket holds. More shows where more comes.
	 * @param current the reading before
	 * @param latest the first reading of the window
	 * @param poll whether it is that of a poll which went ahead
	 */
	void startWindow(@Nullable RateLimitReading current, RateLimitReading latest, boolean poll) {
		long limit = latest.rateLimit().limit();
		if (limit == 0) {
			this.pollsPerWindow = Long.MAX_VALUE;
		}
		else if (current == null) {
			this.pollsPerWindow = Math.max(1, limit / 2);
		}
		else {
			long refill = Math.max(limit / 3, latest.remaining() - current.remaining());
			this.pollsPerWindow = Math.max(1, refill / 2);
			this.pollsInWindow = poll ? 1 : 0;
		}
	}

}
