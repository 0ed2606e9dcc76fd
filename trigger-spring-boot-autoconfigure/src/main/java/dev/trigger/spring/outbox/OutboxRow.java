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
import java.time.Instant;

import dev.trigger.spring.task.EncodedTrigger;
import org.jspecify.annotations.Nullable;

/**
 * A row that this instance claimed.
 *
 * @param id the id
 * @param client the name of the client that sends it
 * @param orderingKey what it has in common with those that are sent in order
 * @param trigger what is sent
 * @param attempts the number of this attempt, from 1
 * @param failures how often the server refused it
 * @param maybeSentSince the time, by the clock of the database, since which an earlier
 * attempt may have created a run, {@code null} if there was none
 * @param traceContext the trace of the transaction, see {@link OutboxTraceContext}
 * @param ageMillis how old it was when it was claimed
 * @param claimedAt when it was claimed, by this process
 */
record OutboxRow(String id, String client, @Nullable String orderingKey, EncodedTrigger trigger, int attempts,
		int failures, @Nullable Instant maybeSentSince, @Nullable String traceContext, long ageMillis, long claimedAt) {

	boolean maybeSent() {
		return this.maybeSentSince != null;
	}

	String tag() {
		return OutboxEntry.tag(this.id);
	}

	Duration sinceClaim() {
		return Duration.ofNanos(System.nanoTime() - this.claimedAt);
	}

	Duration age() {
		return Duration.ofMillis(Math.max(0, this.ageMillis)).plus(sinceClaim());
	}

}
