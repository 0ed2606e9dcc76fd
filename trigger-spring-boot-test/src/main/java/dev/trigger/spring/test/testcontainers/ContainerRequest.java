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

package dev.trigger.spring.test.testcontainers;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request that the emulator in a container received. Credentials in it are masked.
 *
 * @param receivedAt when it came, on the clock of the emulator
 * @param method the HTTP method
 * @param uri the path and the query, percent-encoded
 * @param operation the operation, such as {@code tasks.trigger}, {@code null} when there
 * is none
 * @param credential the kind of credential, such as {@code secret-prod}, {@code pat} or
 * {@code none}
 * @param status the status of the response, {@code null} when none was sent
 * @param fault the fault that affected it, {@code null} for none
 * @param headers the headers; names in lower case
 * @param body the body as text, at most 4096 characters of it
 * @since 1.0.0
 */
public record ContainerRequest(Instant receivedAt, String method, String uri, @Nullable String operation,
		String credential, @Nullable Integer status, @Nullable String fault, Map<String, String> headers,
		String body) implements Serializable {

}
