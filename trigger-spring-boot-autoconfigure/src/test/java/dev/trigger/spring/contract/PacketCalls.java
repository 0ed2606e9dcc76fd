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

package dev.trigger.spring.contract;

import java.util.Locale;

import dev.trigger.spring.payload.RunPacket;

/**
 * Calls of {@code PacketOperations}.
 */
class PacketCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry.add("packets.uploadUrl", "[\"trigger/packet_1/payload.json\"]",
				(client, args) -> client.packets().uploadUrl(args.string(0)));
		registry.add("packets.downloadUrl", "[\"trigger/packet_1/payload.json\"]",
				(client, args) -> client.packets().downloadUrl(args.string(0)));
		registry.add("runs.packetUrl", "[\"run_1\",\"output\"]", (client, args) -> client.packets()
			.runUrl(args.string(0), packet(args.string(1)), args.get(2).stringOrNull()));
	}

	private static RunPacket packet(String field) {
		try {
			return RunPacket.valueOf(field.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new Unrepresentable("A run has no packet " + field);
		}
	}

}
