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
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
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
	@param:Autowired private val emulator: TriggerEmulator
) {

	@Test
	fun welcomeReturnsTheReceipt() = runBlocking<Unit> {
		emulator.task("send-welcome", Welcome::class.java, { welcome -> Receipt("sent to ${welcome.email}") })
		val receipt = onboarding.welcome(Welcome("1", "ada@example.com"))
		assertThat(receipt).isEqualTo(Receipt("sent to ada@example.com"))
		assertThat(emulator).hasTriggered("send-welcome").once()
	}

	@SpringBootApplication
	class Application

}
