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

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A feed or stream that is open, over all of its requests. It is counted and observed as
 * one.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class LiveConnection implements AutoCloseable {

	private final AtomicBoolean closed = new AtomicBoolean();

	private final LiveTransport transport;

	private final GuardedObservation observation;

	LiveConnection(LiveTransport transport, GuardedObservation observation) {
		this.transport = transport;
		this.observation = observation;
		transport.opened();
	}

	/**
	 * Note that a request failed, and that another one follows.
	 * @param failure why it failed, {@code null} if the server asked for it
	 */
	public void reconnects(@Nullable Throwable failure) {
		this.transport.reconnected();
		this.observation.tell((observed) -> observed.event(Observation.Event.of("reconnect")));
	}

	/**
	 * Note that the feed or stream ends with a failure.
	 * @param failure the failure
	 */
	public void failed(Throwable failure) {
		this.observation.tell((observed) -> observed.error(failure));
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.transport.closed();
			this.observation.tell(Observation::stop);
		}
	}

}
