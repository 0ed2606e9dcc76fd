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

package dev.trigger.spring.payload;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * A payload as it goes into the body of a request.
 *
 * @param json the JSON value in UTF-8, written as it is and not to be changed;
 * {@code null} if there is no payload at all, which is not the same as the JSON value
 * {@code null}
 * @param type its media type: {@code application/json}, {@code text/plain}, or
 * {@code application/store} if the value is the path of what was uploaded
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public record EncodedPayload(byte @Nullable [] json, String type) {

	/**
	 * Return the JSON value for a body that Jackson writes.
	 * @return the value, {@code null} if there is no payload
	 */
	public @Nullable RawValue value() {
		return (this.json != null) ? new RawValue(new String(this.json, StandardCharsets.UTF_8)) : null;
	}

}
