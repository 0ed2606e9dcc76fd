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

import java.util.function.Consumer;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Reads and writes one stream of a run. Reading takes a secret key or a public access
 * token that may read the run; writing takes a secret key.
 * <p>
 * A reader goes on where it stopped when a connection breaks: no part is lost and none
 * comes twice. Two cases are beyond the ids that a server gives. A server with streams of
 * version 1 keeps about the last 1000 entries of a stream, so that a reader that is
 * further behind misses the older ones; and one that began with the
 * {@linkplain StreamOptions.Builder#fromLatest() latest} part may miss the rest of that
 * part's entry. Parts that a writer repeated have the same id with version 2, and come
 * once; with version 1 they come twice. No part is dropped for a slow reader.
 *
 * @since 1.0.0
 */
public interface RunStreamOperations {

	/**
	 * Read the stream from its beginning until the run is over.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/{streamId}}, and {@code GET
	 * /realtime/v1/runs/{runId}} to learn when the run is over
	 * @param <T> the type of the values
	 * @param type the type of the values. Text that was written comes as {@link String};
	 * for other types it is read as JSON
	 * @return the parts. Fails with a
	 * {@link dev.trigger.spring.exception.NotFoundException} if there is no such run, and
	 * with a {@link dev.trigger.spring.exception.TriggerDecodingException} if a part is
	 * not of the type
	 */
	default <T> Flux<StreamPart<T>> read(Class<T> type) {
		return read(type, (options) -> {
		});
	}

	/**
	 * Read the stream.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/{streamId}}
	 * @param <T> the type of the values
	 * @param type the type of the values
	 * @param options sets which part of the stream is read
	 * @return the parts
	 */
	default <T> Flux<StreamPart<T>> read(Class<T> type, Consumer<StreamOptions.Builder> options) {
		return read(ParameterizedTypeReference.forType(type), StreamOptions.of(options));
	}

	/**
	 * Read the stream.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/{streamId}}
	 * @param <T> the type of the values
	 * @param type the type of the values
	 * @param options which part of the stream is read
	 * @return the parts
	 */
	<T> Flux<StreamPart<T>> read(ParameterizedTypeReference<T> type, StreamOptions options);

	/**
	 * Register the stream with the run, so that readers see its name before its first
	 * part.
	 * <p>
	 * {@code PUT /realtime/v1/streams/{runId}/{target}/{streamId}}
	 * @return the version of the stream, {@code v1} or {@code v2}
	 */
	Mono<String> register();

	/**
	 * Write a part. It is not sent again where it may have arrived, since most servers
	 * would have it twice.
	 * <p>
	 * {@code POST /realtime/v1/streams/{runId}/{target}/{streamId}/append}
	 * @param part the part: a {@link String} is sent as it is, everything else as JSON;
	 * 512 KiB at most
	 * @return completes when the part was taken. Fails with a
	 * {@link dev.trigger.spring.exception.BadRequestException} if the run is over
	 */
	Mono<Void> append(Object part);

	/**
	 * Write a part with an id of the application's own. Readers of a stream of version 2
	 * get a part with the same id once, however often it is written.
	 * <p>
	 * {@code POST /realtime/v1/streams/{runId}/{target}/{streamId}/append}
	 * @param part the part
	 * @param partId the id
	 * @return completes when the part was taken
	 */
	Mono<Void> append(Object part, String partId);

	/**
	 * Write parts as they come, one after the other.
	 * <p>
	 * {@code POST /realtime/v1/streams/{runId}/{target}/{streamId}/append}, once a part
	 * @param parts the parts; asked for as fast as the server takes them
	 * @return the number of parts, when all were taken
	 */
	Mono<Long> pipe(Publisher<?> parts);

	/**
	 * Return the operations that write to the stream of another run of the same tree.
	 * @param target which run
	 * @return the operations
	 */
	RunStreamOperations to(StreamTarget target);

}
