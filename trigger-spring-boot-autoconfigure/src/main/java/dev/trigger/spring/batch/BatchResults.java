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

package dev.trigger.spring.batch;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The results of a batch.
 *
 * @param id the id of the batch
 * @param items the results; servers of version 4 have none here, so that the runs have to
 * be retrieved instead
 * @since 1.0.0
 */
public record BatchResults(@Nullable String id, List<Item> items) implements Serializable {

	/**
	 * Create results.
	 */
	public BatchResults {
		items = (items != null) ? List.copyOf(items) : List.of();
	}

	/**
	 * The result of a run.
	 *
	 * @param ok whether the run succeeded
	 * @param id the id of the run
	 * @param taskIdentifier the identifier of its task
	 * @param output the output, encoded
	 * @param outputType the media type of the output
	 * @param usage the resources that the run used
	 * @param error why the run failed, in the form of the API
	 */
	public record Item(boolean ok, @Nullable String id, @Nullable String taskIdentifier, @Nullable String output,
			@Nullable String outputType, @Nullable Usage usage, @Nullable JsonNode error) implements Serializable {

		@Override
		public String toString() {
			return "Item[id=" + this.id + ", taskIdentifier=" + this.taskIdentifier + ", ok=" + this.ok + "]";
		}

	}

	/**
	 * What a run used.
	 *
	 * @param durationMs the computing time, in milliseconds
	 */
	public record Usage(@Nullable BigDecimal durationMs) implements Serializable {

	}

}
