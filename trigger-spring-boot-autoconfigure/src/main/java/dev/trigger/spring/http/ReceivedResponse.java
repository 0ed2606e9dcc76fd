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

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

/**
 * A response whose body has been read. The filters pass it on to the caller, who decodes
 * it.
 */
final class ReceivedResponse extends ClientResponseWrapper {

	private final byte[] content;

	ReceivedResponse(ClientResponse response, byte[] content) {
		super(response);
		this.content = content;
	}

	/**
	 * Return the body that was read.
	 * @return the body, empty if there was none
	 */
	byte[] content() {
		return this.content;
	}

	/**
	 * The body has been read and its buffers have been released.
	 */
	@Override
	public Mono<Void> releaseBody() {
		return Mono.empty();
	}

}
