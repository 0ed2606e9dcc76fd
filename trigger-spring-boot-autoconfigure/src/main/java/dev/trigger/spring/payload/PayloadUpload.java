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

import java.security.SecureRandom;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;

/**
 * Uploads a payload that is too large to travel inline.
 */
final class PayloadUpload {

	private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

	private static final int NAME_LENGTH = 21;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final TriggerHttp http;

	private final PacketOperations packets;

	PayloadUpload(TriggerHttp http) {
		this.http = http;
		this.packets = PacketOperations.create(http);
	}

	/**
	 * Upload content.
	 * @param content the content
	 * @param type its type
	 * @return the path that the content is stored at
	 */
	Mono<String> upload(byte[] content, MediaType type) {
		String filename = "trigger/packet_" + randomName() + "/payload."
				+ (MediaType.APPLICATION_JSON.equals(type) ? "json" : "txt");
		return this.packets.uploadUrl(filename).flatMap((url) -> {
			String storagePath = url.storagePath();
			if (storagePath == null) {
				return Mono.error(TriggerDecodingException.missing(TriggerEndpoint.PACKETS_UPLOAD_URL,
						"a storage path: the server is too old for payloads of this size (" + content.length
								+ " bytes)"));
			}
			return this.http.objectStore().upload(url.presignedUrl(), type, content).thenReturn(storagePath);
		});
	}

	private static String randomName() {
		return RANDOM.ints(NAME_LENGTH, 0, ALPHABET.length())
			.collect(StringBuilder::new, (name, index) -> name.append(ALPHABET.charAt(index)), StringBuilder::append)
			.toString();
	}

}
