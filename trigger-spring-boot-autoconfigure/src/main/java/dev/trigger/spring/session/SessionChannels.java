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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The channels of one session.
 *
 * @since 1.0.0
 */
public interface SessionChannels {

	/**
	 * Return the channel into the session, which its runs read.
	 * @return the channel
	 */
	SessionChannelOperations in();

	/**
	 * Return the channel out of the session, which its runs write.
	 * @return the channel
	 */
	SessionChannelOperations out();

	/**
	 * Return a pair of channels with a name, beside the usual one. Newer servers only:
	 * others fail with a {@link dev.trigger.spring.exception.NotFoundException}.
	 * @param name the name
	 * @return the channels; they can be read, and {@link #in()} can be written
	 */
	SessionChannels channel(String name);

	/**
	 * Return the latest messages of the session. Newer servers only.
	 * <p>
	 * {@code GET /api/v1/sessions/{session}/transcript}
	 * @param limit how many messages, {@code null} for the server's default
	 * @param before the {@link SessionTranscript#nextCursor() cursor} of the page after
	 * this one, {@code null} for the latest page
	 * @return the messages
	 */
	Mono<SessionTranscript> transcript(@Nullable Integer limit, @Nullable String before);

}
