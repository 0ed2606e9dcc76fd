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

package dev.trigger.emulator.state;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The object store for large payloads and outputs, reached by presigned URLs.
 *
 * @since 1.0.0
 */
public final class Packets {

	/**
	 * The path under which presigned URLs lie.
	 */
	public static final String PATH = "/object-store/packets/";

	private static final Duration VALIDITY = Duration.ofMinutes(5);

	private final String secret = UUID.randomUUID().toString();

	private final Map<String, Packet> packets = new ConcurrentHashMap<>();

	private final Supplier<String> apiUrl;

	Packets(Supplier<String> apiUrl) {
		this.apiUrl = apiUrl;
	}

	/**
	 * Create a URL that gives access to one object for five minutes.
	 * @param method {@code GET} or {@code PUT}
	 * @param environment whose object
	 * @param path the storage path
	 * @param now when
	 * @return the URL
	 */
	public String presign(String method, Environment environment, String path, Instant now) {
		StringBuilder url = new StringBuilder(PATH);
		for (String segment : key(environment, path).split("/")) {
			url.append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20")).append('/');
		}
		url.setLength(url.length() - 1);
		long expires = now.plus(VALIDITY).toEpochMilli();
		return this.apiUrl.get() + url + "?X-Amz-Expires=300&X-Amz-Date=" + expires + "&X-Amz-Signature="
				+ Tokens.hash(this.secret, method + url + expires);
	}

	/**
	 * Return whether a presigned URL is genuine and still valid.
	 * @param request the request
	 * @param now when
	 * @return {@code true} when the request may go through
	 */
	public boolean isAllowed(ServerRequest request, Instant now) {
		String expires = request.query("X-Amz-Date");
		String signature = request.query("X-Amz-Signature");
		return expires != null && now.toEpochMilli() <= Long.parseLong(expires)
				&& Tokens.hash(this.secret, request.method() + request.path() + expires).equals(signature);
	}

	/**
	 * Keep an object.
	 * @param environment whose object
	 * @param path the storage path
	 * @param packet the object
	 */
	public void put(Environment environment, String path, Packet packet) {
		put(key(environment, path), packet);
	}

	/**
	 * Keep an object.
	 * @param key its full key
	 * @param packet the object
	 */
	public void put(String key, Packet packet) {
		this.packets.put(key, packet);
	}

	/**
	 * Find an object.
	 * @param key its full key
	 * @return the object, or {@code null}
	 */
	public @Nullable Packet get(String key) {
		return this.packets.get(key);
	}

	/**
	 * Find an object.
	 * @param environment whose object
	 * @param path the storage path
	 * @return the object, or {@code null}
	 */
	public @Nullable Packet get(Environment environment, String path) {
		return get(key(environment, path));
	}

	/**
	 * Forget all objects.
	 */
	public void clear() {
		this.packets.clear();
	}

	private static String key(Environment environment, String path) {
		return environment.project().ref() + "/" + environment.slug() + "/" + path;
	}

	/**
	 * An object.
	 *
	 * @param contentType its content type
	 * @param body its bytes
	 */
	public record Packet(String contentType, byte[] body) {

		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

}
