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

import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

/**
 * A successful response to a long poll.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body, missing if there is none
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public record LiveResponse(int status, HttpHeaders headers, JsonNode body) {

	@Override
	public String toString() {
		return "LiveResponse[status=" + this.status + ", body=" + this.body.getNodeType() + "]";
	}

}
