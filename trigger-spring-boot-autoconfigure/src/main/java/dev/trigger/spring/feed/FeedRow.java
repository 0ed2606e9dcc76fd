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

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.json.UtcInstant;
import org.jspecify.annotations.Nullable;

/**
 * A row of a feed: the text of each column, with readers for the types that columns have.
 * A value that cannot be read as the type asked for is {@code null}, since a feed must
 * outlive what a newer server writes.
 *
 * @since 1.0.0
 */
public final class FeedRow {

	/**
	 * A number of more digits than this would take the memory of whoever writes it out.
	 */
	private static final int MAX_DIGITS = 1_000;

	/**
	 * What stands in a feed after the rows of the first response.
	 */
	static final FeedRow END_OF_FIRST_RESPONSE = new FeedRow(Map.of());

	/**
	 * What an entry of a map and a text take beside its characters.
	 */
	private static final int COLUMN_BYTES = 100;

	private final Map<String, @Nullable String> columns;

	FeedRow(Map<String, @Nullable String> columns) {
		this.columns = Collections.unmodifiableMap(columns);
	}

	/**
	 * Return this row with some columns changed.
	 * @param changes the changed columns
	 * @return the new row
	 */
	FeedRow with(Map<String, @Nullable String> changes) {
		if (changes.keySet().containsAll(this.columns.keySet())) {
			// most servers send all columns, so that nothing has to be merged
			return new FeedRow(changes);
		}
		Map<String, @Nullable String> merged = new LinkedHashMap<>(this.columns);
		merged.putAll(changes);
		return new FeedRow(merged);
	}

	/**
	 * Return whether this is no row, but follows those that there were when the feed
	 * began.
	 * @return {@code true} in a {@link Feed#rowsForWait()} after the first response
	 */
	public boolean isEndOfFirstResponse() {
		return this == END_OF_FIRST_RESPONSE;
	}

	/**
	 * Return all columns.
	 * @return the text by the name of the column, in the order of the server; values may
	 * be {@code null}
	 */
	public Map<String, @Nullable String> columns() {
		return this.columns;
	}

	/**
	 * Return about how much memory the row takes.
	 * @return the number of bytes
	 */
	long size() {
		long size = 0;
		for (String text : this.columns.values()) {
			size += COLUMN_BYTES + ((text != null) ? text.length() : 0);
		}
		return size;
	}

	/**
	 * Return whether the row has a column, be it {@code null}.
	 * @param column the name of the column
	 * @return {@code true} if it does
	 */
	public boolean has(String column) {
		return this.columns.containsKey(column);
	}

	/**
	 * Return the text of a column.
	 * @param column the name of the column
	 * @return the text, {@code null} if there is none
	 */
	public @Nullable String text(String column) {
		return this.columns.get(column);
	}

	/**
	 * Return the number in a column.
	 * @param column the name of the column
	 * @return the number, {@code null} if there is none, or one with more than 1,000
	 * digits
	 */
	public @Nullable BigDecimal number(String column) {
		String text = text(column);
		if (text == null || text.length() > MAX_DIGITS) {
			return null;
		}
		try {
			BigDecimal number = new BigDecimal(text.strip());
			return (Math.abs((long) number.scale()) <= MAX_DIGITS) ? number : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Return the truth in a column.
	 * @param column the name of the column
	 * @return {@code true} if the column has {@code t} or {@code true}
	 */
	public boolean flag(String column) {
		String text = text(column);
		return "t".equals(text) || "true".equals(text);
	}

	/**
	 * Return the time in a column. Rows have UTC times without a zone.
	 * @param column the name of the column
	 * @return the time, {@code null} if there is none
	 */
	public @Nullable Instant instant(String column) {
		String text = text(column);
		if (text == null) {
			return null;
		}
		try {
			return UtcInstant.parse(text.strip());
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Return the texts in a column that has an array.
	 * @param column the name of the column
	 * @return the texts, empty if there are none
	 */
	public List<String> list(String column) {
		return PostgresArray.parse(text(column));
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof FeedRow other && this.columns.equals(other.columns));
	}

	@Override
	public int hashCode() {
		return this.columns.hashCode();
	}

	/**
	 * Return the names of the columns: their values may be confidential.
	 */
	@Override
	public String toString() {
		return "FeedRow" + this.columns.keySet();
	}

}
