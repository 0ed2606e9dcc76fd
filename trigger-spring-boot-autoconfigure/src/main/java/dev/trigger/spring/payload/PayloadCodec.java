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

package dev.trigger.spring.payload;

import java.lang.reflect.Type;

import dev.trigger.spring.http.TriggerHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes payloads and decodes outputs, with the application's own JSON settings.
 *
 * @since 1.0.0
 */
public final class PayloadCodec {

	private final TriggerHttp http;

	private final JsonMapper mapper;

	/**
	 * Create a codec.
	 * @param http the way to the network, for what is too large to travel inline
	 * @param mapper the mapper for the application's types
	 */
	public PayloadCodec(TriggerHttp http, JsonMapper mapper) {
		this.http = http;
		this.mapper = mapper;
	}

	/**
	 * Encode a payload: a {@link String} as text, everything else as JSON. What has 128
	 * KiB or more is uploaded first.
	 * @param payload the payload, {@code null} for the JSON value {@code null}
	 * @return the encoded payload
	 */
	public Mono<EncodedPayload> encode(@Nullable Object payload) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Decode an output to the application's type.
	 * @param <T> the type
	 * @param output the output
	 * @param type the type
	 * @return the value, empty if there is none
	 */
	public <T> Mono<T> decode(EncodedOutput output, Type type) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Decode an output to a tree of plain JSON.
	 * @param output the output
	 * @return the tree, empty if there is no value or if it can't be downloaded
	 */
	public Mono<JsonNode> decodeTree(EncodedOutput output) {
		throw new UnsupportedOperationException();
	}

}
