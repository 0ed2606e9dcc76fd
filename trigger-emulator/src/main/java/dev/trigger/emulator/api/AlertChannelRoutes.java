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
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.AlertChannel;
import dev.trigger.emulator.state.Project;
import tools.jackson.databind.JsonNode;

/**
 * Channels for the alerts of a project.
 */
final class AlertChannelRoutes {

	private static final BodySchema BODY = BodySchema.of("projects.alertChannels.create");

	void addTo(Router router) {
		router
			.post("projects.alertChannels.create", "/api/v1/projects/{projectRef}/alertChannels",
					AlertChannelRoutes::create)
			.access(RouteAccess.PERSONAL_TOKEN_TERSE)
			.anyAction();
	}

	private static EmulatorResponse create(ApiCall call) {
		JsonNode body = BODY.readReported(call);
		JsonNode data = body.path("channelData");
		boolean email = body.path("channel").asString().equals("email");
		if (data.path(email ? "email" : "url").asString("").isEmpty()) {
			throw new ResponseException(422, email ? "Email is required" : "webhook url is required");
		}
		Project project = ProjectRoutes.visible(call)
			.stream()
			.filter((candidate) -> candidate.ref().equals(call.variable("projectRef")))
			.findFirst()
			.orElseThrow(() -> new ResponseException(422, "Project not found"));
		if (!email) {
			WebhookUrls.refuseUnsafe(data.path("url").asString());
		}
		String key = Json.text(body, "deduplicationKey");
		String kept = (key != null && !key.isEmpty()) ? key : null;
		AlertChannel existing = (kept != null) ? project.alertChannel(kept) : null;
		AlertChannel channel = new AlertChannel(
				(existing != null) ? existing.id() : "alert_channel_" + call.state().ids().random(21),
				body.path("name").asString(), Json.texts(body.path("alertTypes")),
				email ? Json.text(data, "email") : null, email ? null : Json.text(data, "url"),
				email ? null : secret(call, data), kept);
		project.add(channel);
		return EmulatorResponse.ok(json(channel));
	}

	private static String secret(ApiCall call, JsonNode data) {
		String secret = Json.text(data, "secret");
		return (secret != null) ? secret : call.state().ids().random(21);
	}

	private static JsonBody json(AlertChannel channel) {
		JsonBody data = (channel.email() != null) ? JsonBody.of("email", channel.email())
				: JsonBody.of("url", channel.url()).with("secret", channel.secret());
		return JsonBody.of("id", channel.id())
			.with("name", channel.name())
			.with("alertTypes", channel.alertTypes())
			.with("channel", (channel.email() != null) ? "email" : "webhook")
			.with("channelData", data)
			.maybe("deduplicationKey", channel.deduplicationKey());
	}

}
