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

package dev.trigger.spring.benchmark.client;

/**
 * What is done.
 */
public enum Scenario {

	/**
	 * One run of 2 KB.
	 */
	RETRIEVE("retrieve", 2_000),

	/**
	 * One run made, with a small payload.
	 */
	TRIGGER("trigger", 2_000),

	/**
	 * One page of 25 runs, 20 KB.
	 */
	LIST("list of 25", 500),

	/**
	 * 10,000 runs over 100 pages.
	 */
	WALK("list of 10,000", 3),

	/**
	 * One batch of 1,000 items.
	 */
	BATCH("batch of 1,000", 20),

	/**
	 * 100,000 items streamed into a batch.
	 */
	STREAM("100,000 items streamed", 1),

	/**
	 * One run followed to its end, over 200 changes of 1 KB, with a poll each.
	 */
	CHANGES("200 changes of a run", 10),

	/**
	 * 100,000 parts of a stream of version 1: each one is an event.
	 */
	PARTS("100,000 parts, an event each", 1),

	/**
	 * 100,000 parts of a stream of version 2: an event has 100 of them.
	 */
	RECORDS("100,000 parts, 100 an event", 1);

	/**
	 * How many changes {@link #CHANGES} sees.
	 */
	public static final int CHANGE_COUNT = 200;

	/**
	 * How many parts {@link #PARTS} and {@link #RECORDS} read.
	 */
	public static final int PART_COUNT = 100_000;

	/**
	 * How many items {@link #STREAM} sends.
	 */
	public static final int STREAM_ITEMS = 100_000;

	/**
	 * How many items {@link #BATCH} sends.
	 */
	public static final int BATCH_ITEMS = 1_000;

	/**
	 * How many runs a page of {@link #WALK} has.
	 */
	public static final int WALK_PAGE = 100;

	private final String title;

	private final int calls;

	Scenario(String title, int calls) {
		this.title = title;
		this.calls = calls;
	}

	/**
	 * Return how a person calls it.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return how many calls a warm-up begins with.
	 * @return the number of calls
	 */
	public int calls() {
		return this.calls;
	}

	/**
	 * Return how much a call counts at least: what is pushed has to arrive in full.
	 * @return the number
	 */
	public int leastCount() {
		return switch (this) {
			case CHANGES -> CHANGE_COUNT;
			case PARTS, RECORDS -> PART_COUNT;
			default -> 1;
		};
	}

}
