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

package dev.trigger.spring.session;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record of a session's channel.
 *
 * @param <T> the type of the value
 * @param value the value, {@code null} in a control record
 * @param id where the record stands in its channel: reading can go on after it
 * @param partId the id that its writer gave it
 * @param time when it was written, {@code null} if that is not known
 * @param headers the headers of the record
 * @since 1.0.0
 */
public record SessionRecord<T>(@Nullable T value, String id, @Nullable String partId, @Nullable Instant time,
		List<Map.Entry<String, String>> headers) implements Serializable {

	private static final String CONTROL = "trigger-control";

	/**
	 * Create a record.
	 */
	public SessionRecord {
		headers = List.copyOf(headers);
	}

	/**
	 * Return the type of a control record, such as {@code turn-complete}.
	 * @return the kind of the control record, {@code null} for a record with a value
	 */
	public @Nullable String control() {
		for (Map.Entry<String, String> header : this.headers) {
			if (header.getKey().equals(CONTROL)) {
				return header.getValue();
			}
		}
		return null;
	}

	/**
	 * Return the number of the record.
	 * @return the number, counted from 0; -1 if the id is no number
	 */
	public long seq() {
		try {
			return Long.parseLong(this.id);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
