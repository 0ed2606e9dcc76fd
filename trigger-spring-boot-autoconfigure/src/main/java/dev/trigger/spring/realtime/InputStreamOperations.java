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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Sends values into a run, which may wait for them. Sending takes a secret key or a
 * public access token with the scope {@code write:inputStreams}, reading one that may
 * read the run.
 *
 * @since 1.0.0
 */
public interface InputStreamOperations {

	/**
	 * Send a value. A run that waits for it goes on. It is not sent again where it may
	 * have arrived, unless {@code trigger.retry.repeat-unsafe} allows it: the run would
	 * have it twice.
	 * <p>
	 * {@code POST /realtime/v1/streams/{runId}/input/{streamId}}
	 * @param value the value, written as JSON; 1 MiB at most
	 * @return completes when the value was taken. Fails with a
	 * {@link dev.trigger.spring.exception.BadRequestException} if the run is over
	 */
	Mono<Void> send(@Nullable Object value);

	/**
	 * Read what was sent, from the first value until the run is over.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/input/{streamId}}, and {@code GET
	 * /realtime/v1/runs/{runId}} to find out when the run is over
	 * @param <T> the type of the values
	 * @param type the type of the values. Text that was sent comes as {@link String}; for
	 * other types it is read as JSON
	 * @return the values. Fails with a
	 * {@link dev.trigger.spring.exception.NotFoundException} if there is no such run, and
	 * with a {@link dev.trigger.spring.exception.TriggerDecodingException} if a value is
	 * not of the type
	 */
	default <T> Flux<StreamPart<T>> read(Class<T> type) {
		return read(type, (options) -> {
		});
	}

	/**
	 * Read what was sent.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/input/{streamId}}
	 * @param <T> the type of the values
	 * @param type the type of the values
	 * @param options sets which part of the stream is read
	 * @return the values
	 * @see #read(Class)
	 */
	default <T> Flux<StreamPart<T>> read(Class<T> type, Consumer<StreamOptions.Builder> options) {
		return read(ParameterizedTypeReference.forType(type), StreamOptions.of(options));
	}

	/**
	 * Read what was sent.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/input/{streamId}}
	 * @param <T> the type of the values
	 * @param type the type of the values, which may be generic
	 * @param options which part of the stream is read
	 * @return the values
	 * @see #read(Class)
	 */
	<T> Flux<StreamPart<T>> read(ParameterizedTypeReference<T> type, StreamOptions options);

	/**
	 * Read what was sent.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/input/{streamId}}
	 * @param <T> the type of the values
	 * @param type the type of the values, which may be generic
	 * @param options sets which part of the stream is read
	 * @return the values
	 * @see #read(Class)
	 */
	default <T> Flux<StreamPart<T>> read(ParameterizedTypeReference<T> type, Consumer<StreamOptions.Builder> options) {
		return read(type, StreamOptions.of(options));
	}

}
