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

import dev.trigger.spring.TriggerOperations
import dev.trigger.spring.task.TaskType
import kotlinx.coroutines.reactor.awaitSingle
import org.springframework.stereotype.Service

data class Welcome(val userId: String, val email: String)

data class Receipt(val messageId: String)

@Service
class Onboarding(private val trigger: TriggerOperations) {

	suspend fun welcome(welcome: Welcome): Receipt {
		val run = trigger.tasks()
			.trigger(SEND_WELCOME, welcome) { it.idempotencyKey("welcome", welcome.userId) }
			.awaitSingle()
		return trigger.runs().awaitOutput(run).awaitSingle()
	}

	private companion object {
		val SEND_WELCOME: TaskType<Welcome, Receipt> =
			TaskType.of("send-welcome", Welcome::class.java, Receipt::class.java)
	}

}
