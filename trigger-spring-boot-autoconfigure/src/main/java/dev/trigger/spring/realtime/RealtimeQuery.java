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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.trigger.spring.feed.FeedSource;
import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which runs of an environment to follow.
 *
 * @since 1.0.0
 */
public final class RealtimeQuery {

	private static final RealtimeQuery ALL = of((query) -> {
	});

	private final List<String> tags;

	private final @Nullable Duration createdWithin;

	private final List<RunColumn> skipColumns;

	private RealtimeQuery(Builder builder) {
		this.tags = List.copyOf(builder.tags);
		this.createdWithin = builder.createdWithin;
		this.skipColumns = List.copyOf(builder.skipColumns);
	}

	/**
	 * Create a query.
	 * @param query selects the runs
	 * @return the query
	 */
	public static RealtimeQuery of(Consumer<Builder> query) {
		Builder builder = new Builder();
		query.accept(builder);
		return new RealtimeQuery(builder);
	}

	/**
	 * Return the query for all runs of the environment.
	 * @return the query
	 */
	public static RealtimeQuery all() {
		return ALL;
	}

	FeedSource toSource() {
		FeedSource source = FeedSource.runs().without(names(this.skipColumns));
		if (!this.tags.isEmpty()) {
			source = source.with("tags", String.join(",", this.tags));
		}
		return (this.createdWithin != null) ? source.with("createdAt", ApiFormat.of(this.createdWithin)) : source;
	}

	static List<String> names(Collection<RunColumn> columns) {
		return columns.stream().distinct().map(RunColumn::column).toList();
	}

	/**
	 * Collects the parts of a {@link RealtimeQuery}.
	 */
	public static final class Builder {

		private final List<String> tags = new ArrayList<>();

		private @Nullable Duration createdWithin;

		private final Set<RunColumn> skipColumns = new LinkedHashSet<>();

		private Builder() {
		}

		/**
		 * Take only runs that have tags. A run needs all of them.
		 * @param tags the tags
		 * @return this builder
		 * @throws IllegalArgumentException if a tag is one that the server refuses here:
		 * an empty one, or one with a comma, a double quote, a backslash or a control
		 * character. A run that has such a tag can be followed by its id
		 */
		public Builder tags(String... tags) {
			for (String tag : tags) {
				Assert.isTrue(!tag.isEmpty() && tag.chars().noneMatch(Builder::isRefused),
						"Runs can't be followed by a tag that is empty, or has a comma, a double quote, a backslash or "
								+ "a control character: use another tag, or follow the run by its id");
				this.tags.add(tag);
			}
			return this;
		}

		private static boolean isRefused(int ch) {
			return ch == ',' || ch == '"' || ch == '\\' || ch < ' ' || ch == 127;
		}

		/**
		 * Take only runs that were created not long ago.
		 * @param time the time to look back, in whole seconds; the server looks back 24
		 * hours at most, which is also the default
		 * @return this builder
		 */
		public Builder createdWithin(Duration time) {
			Assert.isTrue(!time.isNegative() && !time.isZero(), "'createdWithin' must be positive");
			this.createdWithin = time;
			return this;
		}

		/**
		 * Leave columns out, to receive less.
		 * @param columns the columns
		 * @return this builder
		 */
		public Builder skipColumns(RunColumn... columns) {
			this.skipColumns.addAll(List.of(columns));
			return this;
		}

	}

}
