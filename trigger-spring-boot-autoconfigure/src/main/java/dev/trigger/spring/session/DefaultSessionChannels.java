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

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Default {@link SessionChannels}.
 */
final class DefaultSessionChannels implements SessionChannels {

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	private final String session;

	private final @Nullable String name;

	DefaultSessionChannels(TriggerHttp http, PayloadCodec payloads, String session, @Nullable String name) {
		Assert.hasText(session, "'session' must not be empty");
		this.http = http;
		this.payloads = payloads;
		this.session = session;
		this.name = name;
	}

	@Override
	public SessionChannelOperations in() {
		return new DefaultSessionChannelOperations(this.http, this.payloads, this.session, this.name, "in");
	}

	@Override
	public SessionChannelOperations out() {
		return new DefaultSessionChannelOperations(this.http, this.payloads, this.session, this.name, "out");
	}

	@Override
	public SessionChannels channel(String name) {
		Assert.hasText(name, "'name' must not be empty");
		return new DefaultSessionChannels(this.http, this.payloads, this.session, name);
	}

	@Override
	public Mono<SessionTranscript> transcript(@Nullable Integer limit, @Nullable String before) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.SESSIONS_TRANSCRIPT, this.session)
			.query("limit", limit)
			.query("before", before)
			.returning(SessionTranscript.class));
	}

}
