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

package dev.trigger.emulator.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page. They hold no data and may be read by everyone.
 */
final class AdminPage {

	/**
	 * Scripts and styles come from the emulator only; nothing may be embedded, and
	 * nothing embeds the page.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final String FILES = "/emulator/page/";

	private static final Map<String, String> TYPES = Map.of("page.css", "text/css; charset=utf-8", "page.js",
			"text/javascript; charset=utf-8", "details.js", "text/javascript; charset=utf-8", "elements.js",
			"text/javascript; charset=utf-8", "icon.svg", "image/svg+xml");

	/**
	 * Return whether a request is one of a browser for the page. A real server has no
	 * page for those without a login, and sends them there.
	 */
	boolean serves(String method, String uri, @Nullable String accept) {
		boolean root = uri.equals("/") || uri.startsWith("/?");
		return root && method.equals("GET") && accept != null && accept.contains("text/html");
	}

	@Nullable EmulatorResponse file(ServerRequest request) {
		if (!request.path().startsWith("/emulator/")) {
			return secured(EmulatorResponse.of(200, "text/html; charset=utf-8", read("page.html")));
		}
		if (!request.path().startsWith(FILES) || !request.method().equals("GET")) {
			return null;
		}
		String name = request.path().substring(FILES.length());
		String type = TYPES.get(name);
		return (type != null) ? secured(EmulatorResponse.of(200, type, read(name))) : null;
	}

	private static EmulatorResponse secured(EmulatorResponse response) {
		return response.header("content-security-policy", POLICY)
			.header("x-content-type-options", "nosniff")
			.header("referrer-policy", "no-referrer")
			.header("cache-control", "no-cache");
	}

	private static byte[] read(String name) {
		try (InputStream stream = AdminPage.class.getResourceAsStream(name)) {
			if (stream == null) {
				throw new IllegalStateException("The page lacks " + name);
			}
			return stream.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
