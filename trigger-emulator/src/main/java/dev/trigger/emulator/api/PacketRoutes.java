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

package dev.trigger.emulator.api;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;

/**
 * Presigned URLs for large payloads and outputs.
 */
final class PacketRoutes {

	void addTo(Router router) {
		String refusal = "Invalid or Missing API key";
		router.put("packets.uploadUrl", "/api/v2/packets/{filename*}", (call) -> upload(call, true))
			.terse(refusal)
			.unlimited()
			.others(OtherMethods.REFUSED_IN_BODY);
		router.put("packets.uploadUrlV1", "/api/v1/packets/{filename*}", (call) -> upload(call, false))
			.terse(refusal)
			.unlimited()
			.others(OtherMethods.REFUSED_IN_BODY);
		router.get("packets.downloadUrl", "/api/v1/packets/{filename*}", this::download)
			.publicToken()
			.unlimited()
			.cors();
	}

	private EmulatorResponse upload(ApiCall call, boolean tellPath) {
		String path = call.variable("filename");
		JsonBody body = JsonBody.of("presignedUrl",
				call.state().packets().presign("PUT", call.environment(), path, call.now()));
		return EmulatorResponse.ok(tellPath ? body.with("storagePath", path) : body);
	}

	private EmulatorResponse download(ApiCall call) {
		return EmulatorResponse.ok(JsonBody.of("presignedUrl",
				call.state().packets().presign("GET", call.environment(), call.variable("filename"), call.now())));
	}

}
