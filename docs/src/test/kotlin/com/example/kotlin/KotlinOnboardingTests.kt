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

import dev.trigger.emulator.TriggerEmulator
import dev.trigger.spring.test.TriggerAssertions.assertThat
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.test.context.SpringBootTest

/**
 * Runs the Kotlin example of `docs/USAGE.md`.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@AutoConfigureTriggerEmulator
class KotlinOnboardingTests(
	@param:Autowired private val onboarding: Onboarding,
	@param:Autowired private val tasks: OnboardingTasks,
	@param:Autowired private val receipts: Receipts,
	@param:Autowired private val emulator: TriggerEmulator
) {

	@Test
	fun welcomeReturnsTheReceipt() = runBlocking<Unit> {
		emulator.task("send-welcome", Welcome::class.java, { welcome -> Receipt("sent to ${welcome.email}") })
		val receipt = onboarding.welcome(Welcome("1", "ada@example.com"))
		assertThat(receipt).isEqualTo(Receipt("sent to ada@example.com"))
		assertThat(emulator).hasTriggered("send-welcome").once()
	}

	@Test
	fun suspendingFunctionsOfAnInterfaceTrigger() = runBlocking<Unit> {
		emulator.task("send-welcome", Welcome::class.java, { welcome -> Receipt("sent to ${welcome.email}") })
		assertThat(tasks.sendWelcome(Welcome("2", "ada@example.com"))).isEqualTo(Receipt("sent to ada@example.com"))
		assertThat(tasks.startWelcome(Welcome("2", "ada@example.com")).isCached).isTrue()
		assertThat(emulator).hasTriggered("send-welcome").once()
	}

	@Test
	fun suspendingListenerIsCalledAndAFlowEnds() = runBlocking<Unit> {
		emulator.task("send-welcome", Welcome::class.java, { welcome -> Receipt("heard of ${welcome.email}") })
		val run = tasks.startWelcome(Welcome("3", "grace@example.com"))
		assertThat(receipts.statuses(run.id()).toList().last()).isEqualTo("COMPLETED")
		await().untilAsserted { assertThat(receipts.messages).contains("heard of grace@example.com") }
	}

	@SpringBootApplication
	class Application

}
