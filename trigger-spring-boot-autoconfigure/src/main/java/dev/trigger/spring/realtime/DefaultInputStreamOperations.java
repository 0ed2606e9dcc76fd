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

import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link InputStreamOperations}.
 */
final class DefaultInputStreamOperations implements InputStreamOperations {

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	private final String runId;

	private final String key;

	DefaultInputStreamOperations(TriggerHttp http, PayloadCodec payloads, String runId, String key) {
		this.http = http;
		this.payloads = payloads;
		this.runId = runId;
		this.key = key;
	}

	@Override
	public Mono<Void> send(@Nullable Object value) {
		RawValue data = this.payloads.json("value", value);
		return this.http.send(TriggerRequest.to(TriggerEndpoint.STREAMS_INPUT_SEND, this.runId, this.key)
			.json(Map.of("data", data))
			.returningNothing());
	}

	@Override
	public <T> Flux<StreamPart<T>> read(ParameterizedTypeReference<T> type, StreamOptions options) {
		return DefaultRunStreamOperations.read(this.http, this.payloads, TriggerEndpoint.STREAMS_INPUT_READ, this.runId,
				this.key, type, options);
	}

}
