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

@file:OptIn(ExperimentalTime::class, ExperimentalUuidApi::class)

package com.example.kotlin

import dev.trigger.emulator.TriggerEmulator
import dev.trigger.spring.TriggerOperations
import dev.trigger.spring.autoconfigure.TriggerJsonMapperCustomizer
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.ExperimentalTime
import kotlin.time.Instant
import kotlin.time.TimeSource
import kotlin.uuid.ExperimentalUuidApi
import kotlin.uuid.Uuid
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatIllegalArgumentException
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import tools.jackson.module.kotlin.KotlinFeature
import tools.jackson.module.kotlin.kotlinModule

/**
 * Tests which values of Kotlin can be payloads.
 */
@SpringBootTest(classes = [Conversion.None::class], webEnvironment = SpringBootTest.WebEnvironment.NONE)
@AutoConfigureTriggerEmulator
class KotlinPayloadTests(
	@param:Autowired private val trigger: TriggerOperations,
	@param:Autowired private val emulator: TriggerEmulator
) {

	@Test
	fun valuesThatJacksonWritesByTheirFieldsAreRefused() {
		assertRefused(5.seconds, "toJavaDuration()")
		assertRefused(Timeout(5.seconds, null), "at 'after'")
		assertRefused(Timeout(null, listOf(5.seconds)), "at 'more[0]'")
		assertRefused(Waiting(5.seconds), "at 'after'")
		assertRefused(mapOf("after" to 5.seconds), "toJavaDuration()")
		assertRefused(Instant.fromEpochSeconds(1), "toJavaInstant()")
		assertRefused(Uuid.random(), "toJavaUuid()")
		assertRefused(TimeSource.Monotonic.markNow(), "is part of the program")
		assertRefused(lazyOf("value"), "pass its value")
	}

	@Test
	fun valueClassesAndUnsignedNumbersAreWrittenAsTheirValues() {
		assertThat(trigger.written(Order(OrderId("a"), UInt.MAX_VALUE, null), emulator))
			.isEqualTo("""{"id":"a","count":4294967295,"note":null}""")
	}

	private fun assertRefused(payload: Any, reason: String) {
		assertThatIllegalArgumentException().isThrownBy { trigger.written(payload, emulator) }
			.withMessageContaining(reason)
	}

}

/**
 * Tests durations of Kotlin where the application has Jackson convert them.
 */
@SpringBootTest(classes = [Conversion::class], webEnvironment = SpringBootTest.WebEnvironment.NONE)
@AutoConfigureTriggerEmulator
class KotlinDurationTests(
	@param:Autowired private val trigger: TriggerOperations,
	@param:Autowired private val emulator: TriggerEmulator
) {

	@Test
	fun durationsAreThoseOfJava() {
		assertThat(trigger.written(Waiting(5.seconds), emulator)).isEqualTo("""{"after":"PT5S"}""")
		assertThat(trigger.written(Timeout(5.seconds, null), emulator))
			.isEqualTo("""{"after":"PT5S","more":null}""")
	}

}

private fun TriggerOperations.written(payload: Any, emulator: TriggerEmulator): String {
	val run = tasks().trigger("any", payload).block()!!
	return emulator.run(run.id()).payload().toString()
}

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Conversion {

	@Bean
	fun durations() = TriggerJsonMapperCustomizer {
		it.addModule(kotlinModule { enable(KotlinFeature.UseJavaDurationConversion) })
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	class None

}

data class Waiting(val after: Duration)

data class Timeout(val after: Duration?, val more: List<Duration>?)

@JvmInline
value class OrderId(val value: String)

data class Order(val id: OrderId, val count: UInt, val note: String?)
