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

package dev.trigger.spring.outbox;

import java.io.Serializable;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How much there is in the outbox.
 *
 * @param pending the number of triggers that are not sent yet
 * @param parked the number of triggers that the server refused
 * @param oldestAge the age of the oldest trigger that is not sent yet, {@code null} if
 * there is none
 * @since 1.0.0
 */
public record OutboxStatus(long pending, long parked, @Nullable Duration oldestAge) implements Serializable {

}
