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

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Default {@link PacketOperations}.
 */
final class DefaultPacketOperations implements PacketOperations {

	private final TriggerHttp http;

	DefaultPacketOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Mono<PacketUrl> uploadUrl(String filename) {
		return send(TriggerEndpoint.PACKETS_UPLOAD_URL, filename);
	}

	@Override
	public Mono<PacketUrl> downloadUrl(String filename) {
		return send(TriggerEndpoint.PACKETS_DOWNLOAD_URL, filename);
	}

	@Override
	public Mono<PacketUrl> runUrl(String runId, RunPacket packet, @Nullable String filename) {
		Mono<PacketUrl> url = send(TriggerEndpoint.RUNS_PACKET_URL, runId, packet.field());
		return (filename == null) ? url : url.onErrorResume(NotFoundException.class, (ex) -> downloadUrl(filename));
	}

	private Mono<PacketUrl> send(TriggerEndpoint endpoint, String... pathVariables) {
		return this.http.send(TriggerRequest.to(endpoint, pathVariables).returning(Response.class))
			.map((response) -> response.toUrl(endpoint));
	}

	/**
	 * The response, of which nothing is certain.
	 *
	 * @param presignedUrl the URL
	 * @param storagePath the path of an upload
	 */
	record Response(@Nullable String presignedUrl, @Nullable String storagePath) {

		PacketUrl toUrl(TriggerEndpoint endpoint) {
			if (this.presignedUrl == null) {
				throw TriggerDecodingException.missing(endpoint, "a presigned URL");
			}
			return new PacketUrl(this.presignedUrl, this.storagePath);
		}

	}

}
