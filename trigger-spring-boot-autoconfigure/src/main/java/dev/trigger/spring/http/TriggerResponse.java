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

import dev.trigger.spring.auth.TriggerCredential;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A response with its headers.
 *
 * @param <T> the type of the body
 * @param body the body, {@code null} if the request expects none
 * @param headers the headers
 * @param credential the credential of the attempt that succeeded, {@code null} if none
 * was
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public record TriggerResponse<T>(@Nullable T body, HttpHeaders headers, @Nullable TriggerCredential credential) {

}
