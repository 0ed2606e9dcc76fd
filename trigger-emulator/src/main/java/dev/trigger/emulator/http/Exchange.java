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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One request and its response.
 *
 * @param receivedAt when the request came
 * @param request the request
 * @param operation the operation, {@code null} when the request has none
 * @param credentialKind what kind of credential it carried
 * @param fault the fault that it met, {@code null} for none
 * @param status the status of the response, {@code null} when none was sent
 * @since 1.0.0
 */
public record Exchange(Instant receivedAt, ServerRequest request, @Nullable String operation, String credentialKind,
		Fault.@Nullable Kind fault, @Nullable Integer status) {

}
