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

package dev.trigger.spring.token;

import org.springframework.util.Assert;

/**
 * What a public access token can give access to; open to kinds that do not exist yet.
 *
 * @param value the kind, as the API names it
 * @since 1.0.0
 */
public record TokenResource(String value) {

	/**
	 * Runs, by their ids.
	 */
	public static final TokenResource RUNS = new TokenResource("runs");

	/**
	 * Tasks and their runs, by the identifiers of the tasks.
	 */
	public static final TokenResource TASKS = new TokenResource("tasks");

	/**
	 * Runs that have a tag, by the tags.
	 */
	public static final TokenResource TAGS = new TokenResource("tags");

	/**
	 * Batches and their runs, by the ids of the batches.
	 */
	public static final TokenResource BATCH = new TokenResource("batch");

	/**
	 * Waitpoint tokens, by their ids.
	 */
	public static final TokenResource WAITPOINTS = new TokenResource("waitpoints");

	/**
	 * Input streams of runs, by the ids of the runs.
	 */
	public static final TokenResource INPUT_STREAMS = new TokenResource("inputStreams");

	/**
	 * Sessions, by their ids.
	 */
	public static final TokenResource SESSIONS = new TokenResource("sessions");

	/**
	 * Deployments.
	 */
	public static final TokenResource DEPLOYMENTS = new TokenResource("deployments");

	/**
	 * Create a kind of resource.
	 * @param value the kind, as the API names it
	 */
	public TokenResource {
		Assert.isTrue(!value.isBlank() && value.indexOf(':') < 0, "'value' must be a name without colons");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
