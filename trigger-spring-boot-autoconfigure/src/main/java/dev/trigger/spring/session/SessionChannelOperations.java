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

import java.util.List;
import java.util.function.Consumer;

import dev.trigger.spring.realtime.StreamOptions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Reads and writes one channel of a session. All take a secret key; a public access token
 * with the scope {@code read:sessions} may read, and one with {@code write:sessions} may
 * write into the session, but not out of it.
 * <p>
 * Channels need a server with S2 storage; others respond with 501, which is a
 * {@link dev.trigger.spring.exception.ServerException}.
 *
 * @since 1.0.0
 */
public interface SessionChannelOperations {

	/**
	 * Read the channel from its first record, and what is written from then on.
	 * <p>
	 * {@code GET /realtime/v1/sessions/{session}/{in|out}}
	 * @param <T> the type of the values
	 * @param type the type of the values. Text that was written comes as {@link String};
	 * for other types it is read as JSON
	 * @return the records, control records among them; never completes
	 */
	default <T> Flux<SessionRecord<T>> read(Class<T> type) {
		return read(type, (options) -> {
		});
	}

	/**
	 * Read the channel.
	 * <p>
	 * {@code GET /realtime/v1/sessions/{session}/{in|out}}
	 * @param <T> the type of the values
	 * @param type the type of the values
	 * @param options the part of the channel to read
	 * @return the records; completes only with a timeout, or when the channel is settled
	 * and that was asked for
	 */
	default <T> Flux<SessionRecord<T>> read(Class<T> type, Consumer<StreamOptions.Builder> options) {
		return read(ParameterizedTypeReference.forType(type), StreamOptions.of(options));
	}

	/**
	 * Read the channel.
	 * <p>
	 * {@code GET /realtime/v1/sessions/{session}/{in|out}}
	 * @param <T> the type of the values
	 * @param type the type of the values
	 * @param options which part of the channel to read
	 * @return the records
	 */
	<T> Flux<SessionRecord<T>> read(ParameterizedTypeReference<T> type, StreamOptions options);

	/**
	 * Return the records that are there, from the first.
	 * <p>
	 * {@code GET /realtime/v1/sessions/{session}/{in|out}/records}
	 * @return the records, without their times
	 */
	default Mono<List<SessionRecord<JsonNode>>> records() {
		return records(null);
	}

	/**
	 * Return the records that are there.
	 * <p>
	 * {@code GET /realtime/v1/sessions/{session}/{in|out}/records}
	 * @param after the id of the record after which to begin, {@code null} for the first
	 * @return the records, without their times
	 */
	Mono<List<SessionRecord<JsonNode>>> records(@Nullable String after);

	/**
	 * Write a record. Repeated attempts write it once.
	 * <p>
	 * {@code POST /realtime/v1/sessions/{session}/{in|out}/append}
	 * @param value the value: a {@link String} is sent as it is, everything else as JSON;
	 * 1 MiB at most
	 * @return completes when the record is written
	 */
	Mono<Void> append(Object value);

	/**
	 * Write a record that was perhaps written before.
	 * <p>
	 * {@code POST /realtime/v1/sessions/{session}/{in|out}/append}
	 * @param value the value
	 * @param partId an id of the application's own; a record with the same id is written
	 * once
	 * @return completes when the record is written
	 */
	Mono<Void> append(Object value, String partId);

	/**
	 * Make the channel ready to be written.
	 * <p>
	 * {@code PUT /realtime/v1/sessions/{session}/{in|out}}
	 * @return the version of the channel
	 */
	Mono<String> initialize();

}
