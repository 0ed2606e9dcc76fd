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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payload or an output as a response contains it.
 * <p>
 * The type decides what a JSON string means. Without a type the value is decoded already,
 * as in the response for a run: a string is a string. With a type the value is still as
 * it was stored, as in the response for a waitpoint token: with {@code application/json}
 * a string is JSON in a string.
 *
 * @param data the value, inline; {@code null} if there is none
 * @param dataType its media type: {@code application/json}, {@code text/plain},
 * {@code application/super+json}, or {@code application/store} if the value is the name
 * of a packet; {@code null} if the value is decoded already
 * @param presignedUrl where to download the value if it was too large to travel inline;
 * it replaces the inline value
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public record EncodedOutput(@Nullable JsonNode data, @Nullable String dataType, @Nullable String presignedUrl) {

	@Override
	public String toString() {
		return "EncodedOutput[dataType=" + this.dataType + ", inline=" + (this.data != null) + ", presigned="
				+ (this.presignedUrl != null) + "]";
	}

}
