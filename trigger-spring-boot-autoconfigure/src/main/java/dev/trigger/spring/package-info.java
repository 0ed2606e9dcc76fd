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
 * The client for the Trigger.dev management API: start with
 * {@link dev.trigger.spring.TriggerOperations}.
 *
 * <!-- snippet: com/example/onboarding/Onboarding.java#trigger --> <pre class="code">
 * // Triggers one run for each user, however often it is called
 * public Mono&lt;RunHandle&lt;Receipt&gt;&gt; welcome(Welcome welcome) {
 *     return this.trigger.tasks()
 *         .trigger(SEND_WELCOME, welcome,
 *                 (options) -&gt; options.idempotencyKey("welcome", welcome.userId())
 *                     .tags("user:" + welcome.userId())
 *                     .ttl(Duration.ofHours(1)));
 * }
 * </pre>
 */
@NullMarked
package dev.trigger.spring;

import org.jspecify.annotations.NullMarked;
