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

package dev.trigger.spring.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Reads the parts in server-sent events, in both versions that servers have.
 */
abstract class EventDecoder {

	/**
	 * Return the decoder for a response.
	 * @param headers the headers of the response, which say the version
	 * @param endpoint the endpoint that was called
	 * @return the decoder
	 */
	static EventDecoder of(HttpHeaders headers, TriggerEndpoint endpoint) {
		return "v2".equals(headers.getFirst("x-stream-version")) ? new Batches(endpoint) : new Single();
	}

	/**
	 * Return the parts in an event.
	 * @param event the event
	 * @return the parts, empty if the event has none
	 */
	abstract List<EventPart> decode(ServerSentEvent<String> event);

	/**
	 * Return whether several parts may have the same id.
	 * @return {@code true} if a resume after an id can leave parts out
	 */
	abstract boolean sharesIds();

	/**
	 * Return an id that can be sent back in a header.
	 * @param text what the server gave for one
	 * @return the id, empty if it is none
	 */
	static String id(@Nullable String text) {
		return (text != null && text.chars().allMatch((ch) -> ch > ' ' && ch < 127)) ? text : "";
	}

	static JsonNode json(String text) {
		try {
			JsonNode tree = TriggerJson.shared().readTree(text);
			return tree.isMissingNode() ? StringNode.valueOf(text) : tree;
		}
		catch (JacksonException ex) {
			return StringNode.valueOf(text);
		}
	}

	/**
	 * Version 1: a part is an event.
	 */
	private static final class Single extends EventDecoder {

		@Override
		List<EventPart> decode(ServerSentEvent<String> event) {
			String data = event.data();
			if (data == null) {
				return List.of();
			}
			String id = id(event.id());
			return List.of(new EventPart(id, null, time(id), json(data), List.of(), false));
		}

		/**
		 * The id begins with the time.
		 */
		private static @Nullable Instant time(String id) {
			int dash = id.indexOf('-');
			try {
				return (dash > 0) ? Instant.ofEpochMilli(Long.parseLong(id, 0, dash, 10)) : null;
			}
			catch (NumberFormatException ex) {
				return null;
			}
		}

		@Override
		boolean sharesIds() {
			return true;
		}

	}

	/**
	 * Version 2: an event is a batch of records.
	 */
	private static final class Batches extends EventDecoder {

		private final TriggerEndpoint endpoint;

		Batches(TriggerEndpoint endpoint) {
			this.endpoint = endpoint;
		}

		@Override
		List<EventPart> decode(ServerSentEvent<String> event) {
			String data = event.data();
			if ("error".equals(event.event())) {
				throw new TriggerConnectionException(this.endpoint, this.endpoint + " could not go on reading", false,
						null);
			}
			if (!"batch".equals(event.event()) || data == null) {
				return List.of();
			}
			List<EventPart> parts = new ArrayList<>();
			try {
				TriggerJson.shared().readTree(data).path("records").forEach((item) -> parts.add(part(item)));
			}
			catch (JacksonException ex) {
				throw new TriggerDecodingException(this.endpoint,
						this.endpoint + " returned a batch of records that is not JSON", null);
			}
			return parts;
		}

		private static EventPart part(JsonNode item) {
			List<Map.Entry<String, String>> headers = EventHeaders.read(item.path("headers"));
			JsonNode timestamp = item.path("timestamp");
			String text = item.path("body").asString("");
			JsonNode body = text.isEmpty() ? MissingNode.getInstance() : json(text);
			// if nothing was sent, there is no member 'data'
			boolean wrapped = body.isObject() && (body.has("data") || body.has("id"));
			JsonNode id = body.path("id");
			boolean named = wrapped && id.isString() && !id.stringValue().isEmpty();
			return new EventPart(id(item.path("seq_num").asString("")), named ? id.stringValue() : null,
					timestamp.canConvertToLong() ? Instant.ofEpochMilli((long) timestamp.doubleValue()) : null,
					wrapped ? body.path("data") : body, headers,
					!headers.isEmpty() && headers.get(0).getKey().isEmpty());
		}

		@Override
		boolean sharesIds() {
			return false;
		}

	}

}
