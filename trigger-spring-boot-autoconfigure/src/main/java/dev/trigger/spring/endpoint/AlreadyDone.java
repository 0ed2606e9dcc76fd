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

package dev.trigger.spring.endpoint;

import java.util.List;
import java.util.Locale;

/**
 * The response to a second request by which a server reports that the first one was done:
 * what the caller wanted is so already. To a first request the same response is an error.
 */
enum AlreadyDone {

	/**
	 * No response means that.
	 */
	NEVER(0),

	/**
	 * What was to be deleted does not exist any more.
	 */
	NOT_FOUND(404),

	VARIABLE_NOT_FOUND(404, 400, "variable value not found"),

	BRANCH_ARCHIVED(400, "already archived"),

	LIMIT_NOT_OVERRIDDEN(400, "not overridden"),

	BULK_ACTION_ABORTED(409, "already aborted"),

	DEPLOYMENT_CURRENT(400, "already the current deployment"),

	/**
	 * Older servers take no items for a batch that has them all. One that they gave up is
	 * in another status.
	 */
	BATCH_SEALED(422, "already sealed", "(current: processing)", "(current: completed)");

	/**
	 * What else a 404 may be about: then nothing was deleted.
	 */
	private static final List<String> ABOVE = List.of("project not found", "environment not found", "branch not found",
			"<html", "<!doctype");

	private final int notFound;

	private final int status;

	private final List<String> texts;

	AlreadyDone(int notFound) {
		this(notFound, 0, "");
	}

	AlreadyDone(int status, String... texts) {
		this(0, status, texts);
	}

	AlreadyDone(int notFound, int status, String... texts) {
		this.notFound = notFound;
		this.status = status;
		this.texts = List.of(texts);
	}

	boolean matches(int status, String message) {
		if (status == 0) {
			return false;
		}
		String lowerCase = message.toLowerCase(Locale.ROOT);
		if (status == this.notFound) {
			return ABOVE.stream().noneMatch(lowerCase::contains);
		}
		return status == this.status && this.texts.stream().anyMatch(lowerCase::contains);
	}

}
