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

package com.example.kotlin

// tag::tasks[]
import dev.trigger.spring.annotation.TriggerTask
import dev.trigger.spring.annotation.TriggerTasks
import dev.trigger.spring.run.RunHandle

@TriggerTasks
interface OnboardingTasks {

	// Suspends until there is an output
	@TriggerTask(id = "send-welcome", idempotencyKey = "{'welcome', #payload.userId}")
	suspend fun sendWelcome(payload: Welcome): Receipt

	// Suspends until the run is created
	@TriggerTask(id = "send-welcome", idempotencyKey = "{'welcome', #payload.userId}")
	suspend fun startWelcome(payload: Welcome): RunHandle<Receipt>

}
// end::tasks[]
