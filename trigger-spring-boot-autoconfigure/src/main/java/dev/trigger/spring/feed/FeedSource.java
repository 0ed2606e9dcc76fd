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

package dev.trigger.spring.feed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.trigger.spring.endpoint.TriggerEndpoint;

/**
 * What a feed is about: an endpoint, and the parameters that are the same in all of its
 * requests.
 *
 * @param endpoint the endpoint, one of those that return a log of changes
 * @param pathVariables the variables of its path, not encoded
 * @param query the parameters of its query
 * @since 1.0.0
 */
public record FeedSource(TriggerEndpoint endpoint, List<String> pathVariables, Map<String, String> query) {

	/**
	 * All that can be left out and does not tell whether a run is over.
	 */
	private static final List<String> ALL_BUT_STATUS = List.of("updatedAt", "startedAt", "delayUntil", "queuedAt",
			"expiredAt", "number", "isTest", "usageDurationMs", "costInCents", "baseCostInCents", "ttl", "payload",
			"payloadType", "metadata", "metadataType", "output", "outputType", "runTags", "error", "realtimeStreams");

	private static final String SKIP_COLUMNS = "skipColumns";

	/**
	 * Create a source.
	 * @param endpoint the endpoint
	 * @param pathVariables the variables of its path
	 * @param query the parameters of its query
	 */
	public FeedSource {
		pathVariables = List.copyOf(pathVariables);
		query = Map.copyOf(query);
	}

	/**
	 * Return the source for one run.
	 * @param runId the id of the run
	 * @return the source
	 */
	public static FeedSource run(String runId) {
		return new FeedSource(TriggerEndpoint.REALTIME_RUN, List.of(runId), Map.of());
	}

	/**
	 * Return the source for the runs of a batch.
	 * @param batchId the id of the batch
	 * @return the source
	 */
	public static FeedSource batch(String batchId) {
		return new FeedSource(TriggerEndpoint.REALTIME_BATCH, List.of(batchId), Map.of());
	}

	/**
	 * Return the source for the runs of an environment.
	 * @return the source
	 */
	public static FeedSource runs() {
		return new FeedSource(TriggerEndpoint.REALTIME_RUNS, List.of(), Map.of());
	}

	/**
	 * Return this source with one more parameter.
	 * @param name the name of the parameter
	 * @param value the value
	 * @return the new source
	 */
	public FeedSource with(String name, String value) {
		Map<String, String> all = new TreeMap<>(this.query);
		all.put(name, value);
		return new FeedSource(this.endpoint, this.pathVariables, all);
	}

	/**
	 * Return this source with as few columns as possible, for whoever only wants to know
	 * how far runs are.
	 * @return the new source
	 */
	public FeedSource statusOnly() {
		return without(ALL_BUT_STATUS);
	}

	/**
	 * Return this source without some columns.
	 * @param columns the names of the columns; none leaves the source as it is
	 * @return the new source
	 */
	public FeedSource without(List<String> columns) {
		return columns.isEmpty() ? this : with(SKIP_COLUMNS, String.join(",", columns));
	}

}
