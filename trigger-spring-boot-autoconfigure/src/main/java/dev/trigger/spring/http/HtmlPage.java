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

package dev.trigger.spring.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A page that a proxy, a login or a user interface sends in place of what the API would.
 */
final class HtmlPage {

	private static final int MAX_START = 200;

	private static final int MAX_TITLE = 120;

	private static final int MAX_HEAD = 16 * 1024;

	private HtmlPage() {
	}

	/**
	 * Return whether headers announce a page.
	 * @param headers the headers of a response
	 */
	static boolean isAnnounced(HttpHeaders headers) {
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
	}

	/**
	 * Return whether a text begins like a page, whatever is announced.
	 * @param text the text
	 */
	static boolean isPage(String text) {
		String start = text.substring(0, Math.min(MAX_START, text.length())).stripLeading();
		return start.regionMatches(true, 0, "<!doctype html", 0, 14) || start.regionMatches(true, 0, "<html", 0, 5);
	}

	/**
	 * Describe a page in place of what was asked for. Others than pages may be announced
	 * as one.
	 * @param headers the headers of a response
	 * @param content its body in UTF-8
	 * @return the description, {@code null} if it is no page
	 */
	static @Nullable String describe(HttpHeaders headers, byte[] content) {
		int start = 0;
		while (start < Math.min(MAX_START, content.length) && isSpace(content[start])) {
			start++;
		}
		if (start == content.length || content[start] != '<') {
			return null;
		}
		String text = new String(content, start, Math.min(MAX_HEAD, content.length - start), StandardCharsets.UTF_8);
		return (isAnnounced(headers) || isPage(text)) ? describe(text) : null;
	}

	/**
	 * Return whether a byte is white space, or of a byte order mark.
	 */
	private static boolean isSpace(byte value) {
		return Character.isWhitespace(value) || value < 0;
	}

	/**
	 * Describe a page, which no message shows.
	 * @param page the page
	 * @return what it is, with its title if it has one
	 */
	static String describe(String page) {
		return "a page of HTML" + title(page);
	}

	private static String title(String page) {
		String lower = page.toLowerCase(Locale.ROOT);
		int start = lower.indexOf("<title>");
		int end = (start >= 0) ? lower.indexOf("</title>", start) : -1;
		if (lower.length() != page.length() || end < 0 || end - start > MAX_TITLE) {
			return "";
		}
		String title = page.substring(start + 7, end).strip();
		return (title.isEmpty() || title.indexOf('<') >= 0) ? "" : " with the title '" + title + "'";
	}

}
