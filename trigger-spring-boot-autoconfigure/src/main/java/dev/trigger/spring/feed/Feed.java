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

import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Rows of the server as they are now, and then as they change.
 * <p>
 * A feed is a series of long polls. It has no end of its own: it goes on until it is
 * canceled, or until the server refuses it. A connection that breaks, an overloaded
 * server and one that restarts are waited for.
 *
 * @since 1.0.0
 */
public final class Feed {

	private final TriggerHttp http;

	private final FeedSource source;

	private Feed(TriggerHttp http, FeedSource source) {
		this.http = http;
		this.source = source;
	}

	/**
	 * Create a feed. It does nothing until it is subscribed to.
	 * @param http the transport
	 * @param source what the feed is about
	 * @return the feed
	 */
	public static Feed of(TriggerHttp http, FeedSource source) {
		return new Feed(http, source);
	}

	/**
	 * Return the rows: first the present ones, then each one that changes. A row is not
	 * repeated while it stays the same. A subscriber that is slower than the changes gets
	 * the newest state of each row, and nothing more is asked for while thousands of rows
	 * wait for it.
	 * @return the rows; each subscription is a feed of its own. Fails with a
	 * {@link TriggerException} if the server refuses the feed, or if nothing is received
	 * within the timeout of a call
	 */
	public Flux<FeedRow> rows() {
		return rows(false);
	}

	/**
	 * Return the rows as {@link #rows()} does, for a wait that could poll instead. After
	 * those of the first response there is one that
	 * {@linkplain FeedRow#isEndOfFirstResponse() says so}: what did not come before it is
	 * not part of the feed so far.
	 * @return the rows; fails also later if there is no response within the timeout of a
	 * call
	 */
	public Flux<FeedRow> rowsForWait() {
		return rows(true);
	}

	private Flux<FeedRow> rows(boolean forWait) {
		return Flux.create((sink) -> new FeedSubscription(this.http, this.source, sink, forWait).start(),
				FluxSink.OverflowStrategy.BUFFER);
	}

}
