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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How far a reader has come in a stream of events, so that it can go on there. Not
 * thread-safe: parts follow one another.
 */
final class EventPosition {

	/**
	 * How many ids of parts are kept to drop repeated ones.
	 */
	private static final int MAX_PART_IDS = 5_000;

	private final Map<String, Boolean> partIds = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MAX_PART_IDS;
		}

	};

	private final boolean latest;

	private boolean sharedIds;

	private @Nullable String before;

	private @Nullable String last;

	private int taken;

	private int skip;

	EventPosition(@Nullable String after, boolean latest) {
		this.before = after;
		this.latest = latest;
	}

	/**
	 * Return the id to resume after. Where several parts have the same id, the last one
	 * may not be complete: then all of them are asked for again, and those that were
	 * taken are left out.
	 * @return the id, {@code null} for the beginning
	 */
	@Nullable String resumeAfter() {
		this.skip = 0;
		if (this.last == null) {
			return this.before;
		}
		if (!this.sharedIds || (this.latest && this.before == null)) {
			return this.last.isEmpty() ? null : this.last;
		}
		this.skip = this.taken;
		return this.before;
	}

	void sharesIds(boolean sharesIds) {
		this.sharedIds = sharesIds;
	}

	/**
	 * Take a part.
	 * @param part the part
	 * @return whether it is new to the reader
	 */
	boolean take(EventPart part) {
		// a part without an id follows the last one that has one
		String id = (part.id().isEmpty() && this.last != null) ? this.last : part.id();
		if (this.skip > 0) {
			if (id.equals(this.last)) {
				this.skip--;
				return false;
			}
			this.skip = 0;
		}
		if (id.equals(this.last)) {
			this.taken++;
		}
		else if (this.sharedIds || !id.isEmpty()) {
			this.before = (this.last != null) ? this.last : this.before;
			this.last = id;
			this.taken = 1;
		}
		String partId = part.partId();
		return !part.internal() && (partId == null || this.partIds.put(partId, Boolean.TRUE) == null);
	}

}
