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

import java.time.Duration;
import java.util.List;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Which stream of events to read, and which part of it.
 *
 * @param endpoint the endpoint, one of those that return server-sent events
 * @param pathVariables the variables of its path, not encoded
 * @param after the id of the part after which to begin, {@code null} for the first part
 * @param latest whether to begin with what is written from now on, where the server knows
 * how
 * @param timeout after what time without a part the server ends the stream, {@code null}
 * to go on
 * @param peekSettled whether to end at once if nothing is under way
 * @param over completes when nothing more will be written, {@code null} if that is never
 * known
 * @since 1.0.0
 */
public record EventSource(TriggerEndpoint endpoint, List<String> pathVariables, @Nullable String after, boolean latest,
		@Nullable Duration timeout, boolean peekSettled, @Nullable Mono<Void> over) {

	/**
	 * Create a source.
	 */
	public EventSource {
		pathVariables = List.copyOf(pathVariables);
	}

}
