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

import dev.trigger.spring.http.TriggerHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Creates presigned URLs for large payloads and outputs. The client transfers these by
 * itself; the operations are for applications that transfer such content on their own.
 *
 * @since 1.0.0
 */
public interface PacketOperations {

	/**
	 * Return a URL to upload a payload to.
	 * <p>
	 * {@code PUT /api/v2/packets/{filename}}
	 * @param filename the name of the packet, slashes included, such as
	 * {@code trigger/packet_1234/payload.json}
	 * @return the URL to put the content to, and the path to trigger with
	 */
	Mono<PacketUrl> uploadUrl(String filename);

	/**
	 * Return a URL to download a packet from.
	 * <p>
	 * {@code GET /api/v1/packets/{filename}}
	 * @param filename the name of the packet, slashes included
	 * @return the URL to get the content from
	 */
	Mono<PacketUrl> downloadUrl(String filename);

	/**
	 * Return a URL to download the payload or output of a run from. Needs a server that
	 * knows this route.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/packets/{field}}
	 * @param runId the id of the run
	 * @param packet what to download
	 * @return the URL to get the content from
	 */
	default Mono<PacketUrl> runUrl(String runId, RunPacket packet) {
		return runUrl(runId, packet, null);
	}

	/**
	 * Return a URL to download the payload or output of a run from. A server that does
	 * not know this route is asked for the packet by its name.
	 * <p>
	 * {@code GET /api/v1/runs/{runId}/packets/{field}}
	 * @param runId the id of the run
	 * @param packet what to download
	 * @param filename the name of the packet as it stands in the run, {@code null} not to
	 * ask for it by name
	 * @return the URL to get the content from
	 */
	Mono<PacketUrl> runUrl(String runId, RunPacket packet, @Nullable String filename);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static PacketOperations create(TriggerHttp http) {
		return new DefaultPacketOperations(http);
	}

}
