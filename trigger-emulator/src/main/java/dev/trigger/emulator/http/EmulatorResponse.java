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

package dev.trigger.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response of the emulated server.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, empty when there is none
 * @param stream the pieces of the body when it is sent piece by piece, instead of
 * {@code body}
 * @param held what this response stands for when it comes later: its status and body
 * count, and the headers of both
 * @since 1.0.0
 */
public record EmulatorResponse(int status, Map<String, String> headers, byte[] body, @Nullable Flux<byte[]> stream,
		@Nullable Mono<EmulatorResponse> held) {

	private static final byte[] NOTHING = new byte[0];

	private static final String JSON = "application/json; charset=utf-8";

	private static final String STATUS_PAGES = "https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/";

	/**
	 * Create a response whose body is there.
	 * @param status the HTTP status
	 * @param headers the headers
	 * @param body the body
	 */
	public EmulatorResponse(int status, Map<String, String> headers, byte[] body) {
		this(status, headers, body, null, null);
	}

	/**
	 * Return a response that is sent piece by piece. A slow client makes the publisher
	 * wait, and one that leaves cancels it.
	 * @param contentType the content type
	 * @param pieces the pieces of the body
	 * @return a 200
	 */
	public static EmulatorResponse stream(String contentType, Flux<byte[]> pieces) {
		return new EmulatorResponse(200, Map.of("content-type", contentType), NOTHING, pieces, null);
	}

	/**
	 * Return a response that comes later. A client that leaves cancels it.
	 * @param response the response
	 * @return a response that stands for it
	 */
	public static EmulatorResponse held(Mono<EmulatorResponse> response) {
		return new EmulatorResponse(200, Map.of(), NOTHING, null, response);
	}

	/**
	 * Return a successful response.
	 * @param body what becomes JSON
	 * @return a 200
	 */
	public static EmulatorResponse ok(@Nullable Object body) {
		return json(200, body);
	}

	/**
	 * Return a response with JSON.
	 * @param status the HTTP status
	 * @param body what becomes JSON
	 * @return the response
	 */
	public static EmulatorResponse json(int status, @Nullable Object body) {
		return of(status, JSON, Json.bytes(body));
	}

	/**
	 * Return the server's plain form of an error.
	 * @param status the HTTP status
	 * @param message the text under {@code error}
	 * @return the response
	 */
	public static EmulatorResponse error(int status, String message) {
		return json(status, JsonBody.of("error", message));
	}

	/**
	 * Return the server's response to what the router could not handle.
	 * @param status the HTTP status
	 * @return the response
	 */
	public static EmulatorResponse unexpected(int status) {
		return json(status, JsonBody.of("message", "Unexpected Server Error"));
	}

	/**
	 * Return a response of plain text.
	 * @param status the HTTP status
	 * @param text the text
	 * @return the response
	 */
	public static EmulatorResponse text(int status, String text) {
		return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return a response of HTML.
	 * @param status the HTTP status
	 * @param html the page
	 * @return the response
	 */
	public static EmulatorResponse html(int status, String html) {
		return of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return a response without a body.
	 * @param status the HTTP status
	 * @return the response
	 */
	public static EmulatorResponse empty(int status) {
		return new EmulatorResponse(status, Map.of(), NOTHING);
	}

	/**
	 * Return a response in the form of RFC 9457, extended by {@code error} as the server
	 * does.
	 * @param status the HTTP status
	 * @param title the title
	 * @param detail the detail, also under {@code error}
	 * @param more members to put between the two
	 * @return the response
	 */
	public static EmulatorResponse problem(int status, String title, String detail, JsonBody more) {
		JsonBody body = JsonBody.of("title", title)
			.with("status", status)
			.with("type", STATUS_PAGES + status)
			.with("detail", detail);
		body.putAll(more);
		return of(status, "application/problem+json; charset=utf-8", Json.bytes(body.with("error", detail)));
	}

	/**
	 * Return a response with any content.
	 * @param status the HTTP status
	 * @param contentType the content type
	 * @param body the body
	 * @return the response
	 */
	public static EmulatorResponse of(int status, String contentType, byte[] body) {
		return new EmulatorResponse(status, Map.of("content-type", contentType), body);
	}

	/**
	 * Return this response with one more header.
	 * @param name the header's name
	 * @param value its value
	 * @return another response
	 */
	public EmulatorResponse header(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new EmulatorResponse(this.status, headers, this.body, this.stream, this.held);
	}

	/**
	 * Return this response as a HEAD request gets it.
	 * @return another response
	 */
	public EmulatorResponse withoutBody() {
		return new EmulatorResponse(this.status, this.headers, NOTHING, null,
				(this.held != null) ? this.held.map(EmulatorResponse::withoutBody) : null);
	}

	/**
	 * Return the response when it is there.
	 * @return this response, or the one that it stands for
	 */
	Mono<EmulatorResponse> whenReady() {
		if (this.held == null) {
			return Mono.just(this);
		}
		return this.held.map((response) -> {
			Map<String, String> all = new LinkedHashMap<>(this.headers);
			all.putAll(response.headers);
			return new EmulatorResponse(response.status, all, response.body, response.stream, null);
		});
	}

}
