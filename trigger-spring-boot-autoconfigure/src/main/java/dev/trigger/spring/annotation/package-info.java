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

/**
 * Tasks as methods of an interface.
 *
 * <!-- snippet: com/example/onboarding/OnboardingTasks.java#tasks --> <pre class="code">
 * &#64;TriggerTasks
 * public interface OnboardingTasks {
 *
 *     // Completes when the run is triggered
 *     &#64;TriggerTask(id = "send-welcome", idempotencyKey = "{'welcome', #payload.userId}")
 *     Mono&lt;RunHandle&lt;Receipt&gt;&gt; sendWelcome(Welcome payload);
 *
 *     // Completes with the output of the run
 *     &#64;TriggerTask(id = "send-welcome", idempotencyKey = "{'welcome', #payload.userId}")
 *     Mono&lt;Receipt&gt; sendWelcomeAndWait(Welcome payload);
 *
 * }
 * </pre>
 */
@NullMarked
package dev.trigger.spring.annotation;

import org.jspecify.annotations.NullMarked;
