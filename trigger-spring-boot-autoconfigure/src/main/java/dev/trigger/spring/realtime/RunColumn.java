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

package dev.trigger.spring.realtime;

/**
 * A column of a live run that can be left out, to receive less. The id, the task, the
 * status and the time of creation always come.
 *
 * @since 1.0.0
 */
public enum RunColumn {

	/**
	 * {@link RealtimeRun#updatedAt()}.
	 */
	UPDATED_AT("updatedAt"),

	/**
	 * {@link RealtimeRun#startedAt()}.
	 */
	STARTED_AT("startedAt"),

	/**
	 * {@link RealtimeRun#delayedUntil()}.
	 */
	DELAYED_UNTIL("delayUntil"),

	/**
	 * {@link RealtimeRun#queuedAt()}.
	 */
	QUEUED_AT("queuedAt"),

	/**
	 * {@link RealtimeRun#expiredAt()}.
	 */
	EXPIRED_AT("expiredAt"),

	/**
	 * {@link RealtimeRun#finishedAt()}.
	 */
	FINISHED_AT("completedAt"),

	/**
	 * The number of the run, in {@link RealtimeRun#columns()}.
	 */
	NUMBER("number"),

	/**
	 * {@link RealtimeRun#isTest()}.
	 */
	IS_TEST("isTest"),

	/**
	 * {@link RealtimeRun#durationMs()}.
	 */
	DURATION("usageDurationMs"),

	/**
	 * {@link RealtimeRun#costInCents()}.
	 */
	COST("costInCents"),

	/**
	 * {@link RealtimeRun#baseCostInCents()}.
	 */
	BASE_COST("baseCostInCents"),

	/**
	 * {@link RealtimeRun#ttl()}.
	 */
	TTL("ttl"),

	/**
	 * {@link RealtimeRun#payload()}.
	 */
	PAYLOAD("payload"),

	/**
	 * The media type of the payload.
	 */
	PAYLOAD_TYPE("payloadType"),

	/**
	 * {@link RealtimeRun#metadata()}.
	 */
	METADATA("metadata"),

	/**
	 * The media type of the metadata.
	 */
	METADATA_TYPE("metadataType"),

	/**
	 * {@link RealtimeRun#output()}.
	 */
	OUTPUT("output"),

	/**
	 * The media type of the output.
	 */
	OUTPUT_TYPE("outputType"),

	/**
	 * {@link RealtimeRun#tags()}.
	 */
	TAGS("runTags"),

	/**
	 * {@link RealtimeRun#error()}.
	 */
	ERROR("error"),

	/**
	 * {@link RealtimeRun#streams()}.
	 */
	STREAMS("realtimeStreams");

	private final String column;

	RunColumn(String column) {
		this.column = column;
	}

	/**
	 * Return the name of the column as the server has it.
	 * @return the name
	 */
	public String column() {
		return this.column;
	}

}
