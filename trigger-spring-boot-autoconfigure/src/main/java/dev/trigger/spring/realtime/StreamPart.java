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

package dev.trigger.spring.realtime;

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A part of a stream.
 *
 * @param <T> the type of the value
 * @param value the value, {@code null} if JSON's {@code null} was written
 * @param id where the part stands in its stream: reading can go on after it
 * @param time when it was written, {@code null} if that is not known
 * @since 1.0.0
 */
public record StreamPart<T>(@Nullable T value, String id, @Nullable Instant time) implements Serializable {

}
