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
import dev.trigger.spring.runlistener.RunFinished
import dev.trigger.spring.runlistener.TriggerRunListener
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.reactive.asFlow
import org.springframework.stereotype.Component

@Component
class Receipts(private val trigger: TriggerOperations) {

	val messages = CopyOnWriteArrayList<String>()

	// tag::listener[]
	@TriggerRunListener(task = ["send-welcome"])
	suspend fun on(event: RunFinished<Receipt>) {
		store(event.requireOutput())
	}
	// end::listener[]

	// tag::flow[]
	fun statuses(runId: String): Flow<String> =
		trigger.realtime().run(runId).asFlow().mapNotNull { it.status()?.value() }
	// end::flow[]

	private suspend fun store(receipt: Receipt) {
		delay(1)
		messages += receipt.messageId
	}

}
