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

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.feed.LiveServer.Exchange;
import tools.jackson.databind.JsonNode;

/**
 * A response of a recording.
 *
 * @param json the response as it was recorded
 * @param open whether the recording ends while the response goes on
 */
record RecordedResponse(JsonNode json, boolean open) {

	int status() {
		return this.json.path("status").intValue();
	}

	JsonNode messages() {
		return this.json.path("body");
	}

	boolean isUpToDate() {
		return status() == 204 || this.json.path("headers").has("electric-up-to-date")
				|| this.json.path("body").toString().contains("\"up-to-date\"");
	}

	String text() {
		if (this.json.has("pieces")) {
			StringBuilder text = new StringBuilder();
			this.json.get("pieces").forEach((piece) -> text.append(piece.path("text").asString()));
			return text.toString();
		}
		return this.json.has("body") && !this.json.get("body").isNull() ? this.json.get("body").toString()
				: this.json.path("bodyText").asString("");
	}

	void write(Exchange exchange) throws IOException {
		Map<String, String> headers = new LinkedHashMap<>();
		this.json.path("headers")
			.properties()
			.forEach((header) -> headers.put(header.getKey(), header.getValue().asString()));
		if (!this.json.has("pieces")) {
			exchange.respond(status(), headers, text());
			return;
		}
		exchange.begin(status(), headers);
		for (JsonNode piece : this.json.get("pieces")) {
			exchange.piece(piece.path("text").asString());
		}
		if (this.open) {
			exchange.hold();
		}
		exchange.end();
	}

}
