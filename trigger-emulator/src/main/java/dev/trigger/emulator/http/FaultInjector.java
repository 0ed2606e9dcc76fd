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

package dev.trigger.emulator.http;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;

/**
 * Decides for each request whether something goes wrong with it.
 *
 * @since 1.0.0
 */
public final class FaultInjector {

	private static final AtomicLong NUMBERS = new AtomicLong();

	private final CopyOnWriteArrayList<FaultRule> rules = new CopyOnWriteArrayList<>();

	/**
	 * Add a rule. The first rule that matches and is not used up wins.
	 * @param matches decides by operation and request whether the rule applies
	 * @param fault what goes wrong
	 * @return the rule
	 */
	public FaultRule add(BiPredicate<@Nullable String, ServerRequest> matches, Fault fault) {
		FaultRule rule = new FaultRule(matches, fault);
		this.rules.add(rule);
		return rule;
	}

	/**
	 * Return the rules, in the order in which they are asked.
	 * @return a copy
	 */
	public List<FaultRule> rules() {
		return List.copyOf(this.rules);
	}

	/**
	 * Remove a rule.
	 * @param rule the rule
	 * @return {@code false} if it was gone already
	 */
	public boolean remove(FaultRule rule) {
		return this.rules.remove(rule);
	}

	/**
	 * Remove all rules.
	 */
	public void clear() {
		this.rules.clear();
	}

	/**
	 * Return the fault of a request.
	 * @param operation the operation, {@code null} when the request has none
	 * @param request the request
	 * @return the fault, or {@code null} when all goes well
	 */
	public @Nullable Fault next(@Nullable String operation, ServerRequest request) {
		for (FaultRule rule : this.rules) {
			if (rule.matches.test(operation, request) && rule.take()) {
				return rule.fault;
			}
		}
		return null;
	}

	/**
	 * One rule.
	 */
	public static final class FaultRule {

		private final BiPredicate<@Nullable String, ServerRequest> matches;

		private final Fault fault;

		private final AtomicInteger remaining = new AtomicInteger(Integer.MAX_VALUE);

		private final AtomicInteger skip = new AtomicInteger();

		private final AtomicInteger applied = new AtomicInteger();

		private final long number = NUMBERS.incrementAndGet();

		private volatile List<String> operations = List.of();

		private volatile double probability = 1;

		private volatile Random random = new Random(0);

		private FaultRule(BiPredicate<@Nullable String, ServerRequest> matches, Fault fault) {
			this.matches = matches;
			this.fault = fault;
		}

		/**
		 * Describe what the rule matches, for reports.
		 * @param operations the names of operations, none for every request
		 */
		public void describe(List<String> operations) {
			this.operations = List.copyOf(operations);
		}

		/**
		 * Return the number of the rule.
		 * @return the number, which no other rule has
		 */
		public long number() {
			return this.number;
		}

		/**
		 * Return the names of the operations that the rule matches.
		 * @return the names, none for every request
		 */
		public List<String> operations() {
			return this.operations;
		}

		/**
		 * Return what goes wrong.
		 * @return the fault
		 */
		public Fault fault() {
			return this.fault;
		}

		/**
		 * Return how many more requests the rule applies to.
		 * @return the number of requests, {@link Integer#MAX_VALUE} without a limit
		 */
		public int remaining() {
			return this.remaining.get();
		}

		/**
		 * Limit how often the rule applies.
		 * @param times the number of requests
		 */
		public void limit(int times) {
			this.remaining.set(times);
		}

		/**
		 * Let requests pass before the rule applies.
		 * @param requests the number of requests
		 */
		public void skip(int requests) {
			this.skip.set(requests);
		}

		/**
		 * Make the rule apply at random.
		 * @param probability between 0 and 1
		 * @param seed the seed, so that a test can be repeated
		 */
		public void randomly(double probability, long seed) {
			this.random = new Random(seed);
			this.probability = probability;
		}

		/**
		 * Return how often the rule has applied.
		 * @return the number of requests
		 */
		public int applied() {
			return this.applied.get();
		}

		private synchronized boolean take() {
			if (this.remaining.get() <= 0 || this.random.nextDouble() >= this.probability) {
				return false;
			}
			if (this.skip.get() > 0) {
				this.skip.decrementAndGet();
				return false;
			}
			if (this.remaining.get() != Integer.MAX_VALUE) {
				this.remaining.decrementAndGet();
			}
			this.applied.incrementAndGet();
			return true;
		}

	}

}
