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

package dev.trigger.spring.http;

import dev.trigger.spring.endpoint.TriggerEndpoint;

/**
 * The permit of a wait to have a feed open. It is for one feed, whose signals follow one
 * another.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class FeedPermit implements AutoCloseable {

	private final FeedPermits permits;

	private final TriggerEndpoint endpoint;

	private boolean began;

	FeedPermit(FeedPermits permits, TriggerEndpoint endpoint) {
		this.permits = permits;
		this.endpoint = endpoint;
	}

	TriggerEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Note that the server has responded.
	 */
	public void began() {
		if (!this.began) {
			this.began = true;
			this.permits.began(this);
		}
	}

	/**
	 * Note that the feed failed. A server that has no such feeds, or none for now, is not
	 * asked by each wait.
	 * @param failure how it failed
	 */
	public void failed(Throwable failure) {
		if (LiveHttp.hasNoFeeds(failure)) {
			this.permits.unavailable(this);
		}
		else if (LiveHttp.isAway(failure)) {
			this.permits.away(this);
		}
	}

	/**
	 * Give the permit back.
	 */
	@Override
	public void close() {
		this.permits.release(this);
	}

}
