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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Packets;
import org.jspecify.annotations.Nullable;

/**
 * The object store that presigned URLs lead to. It speaks the dialect of S3, and refuses
 * a second credential as S3 does.
 */
final class ObjectStore {

	private final EmulatorState state;

	ObjectStore(EmulatorState state) {
		this.state = state;
	}

	boolean serves(ServerRequest request) {
		return request.path().startsWith(Packets.PATH);
	}

	@Nullable String operation(ServerRequest request) {
		return switch (request.method()) {
			case "PUT" -> "objectStore.put";
			case "GET" -> "objectStore.get";
			default -> null;
		};
	}

	EmulatorResponse handle(ServerRequest request) {
		if (request.header("authorization") != null) {
			return error(400, "InvalidArgument", "Only one auth mechanism allowed");
		}
		if (!this.state.packets().isAllowed(request, this.state.now())) {
			return error(403, "AccessDenied", "Request has expired or its signature does not match");
		}
		String key = URLDecoder.decode(request.path().substring(Packets.PATH.length()).replace("+", "%2B"),
				StandardCharsets.UTF_8);
		if (request.method().equals("PUT")) {
			String type = request.header("content-type");
			this.state.packets()
				.put(key, new Packets.Packet((type != null) ? type : "application/octet-stream", request.body()));
			return EmulatorResponse.empty(200);
		}
		Packets.Packet packet = this.state.packets().get(key);
		return (packet != null) ? EmulatorResponse.of(200, packet.contentType(), packet.body())
				: error(404, "NoSuchKey", "The specified key does not exist.");
	}

	private static EmulatorResponse error(int status, String code, String message) {
		String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
				+ "</Message></Error>";
		return EmulatorResponse.of(status, "application/xml", Json.utf8(xml));
	}

}
