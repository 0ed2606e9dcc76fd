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

package dev.trigger.spring.test

import dev.trigger.emulator.PayloadFunction
import dev.trigger.emulator.TriggerEmulator
import dev.trigger.spring.TriggerOperations
import dev.trigger.spring.TriggerTemplate
import dev.trigger.spring.annotation.InvalidTriggerTaskException
import dev.trigger.spring.annotation.TriggerTask
import dev.trigger.spring.annotation.TriggerTasks
import dev.trigger.spring.annotation.TriggerTasksFactory
import dev.trigger.spring.auth.TriggerCredential
import dev.trigger.spring.run.RunFailedException
import dev.trigger.spring.run.RunHandle
import dev.trigger.spring.task.TaskType
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import reactor.core.publisher.Mono

/**
 * Tests for the client in coroutines.
 */
class CoroutinesTests {

	private val emulator = TriggerEmulator.start()
		.task("greet", String::class.java, PayloadFunction { name -> "hello $name" })

	private val trigger: TriggerOperations = TriggerTemplate
		.builder(TriggerCredential.of(emulator.secretKey("dev")))
		.apiUrl(emulator.apiUrl())
		.build()

	@AfterEach
	fun close() = emulator.close()

	@Test
	fun publishersAreAwaited() = runBlocking<Unit> {
		val handle: RunHandle<String> = trigger.tasks().trigger(GREET, "Ada").awaitSingle()
		val output: String = trigger.runs().awaitOutput(handle).awaitSingle()
		assertThat(output).isEqualTo("hello Ada")
	}

	@Test
	fun whatMayBeNullIsNullableAndNothingElse() = runBlocking<Unit> {
		val handle = trigger.tasks().trigger(GREET, "Ada").awaitSingle()
		// neither compiles if JSpecify is not heeded: -Werror refuses a needless ?:
		val id: String = handle.id()
		val token: String = handle.publicAccessToken() ?: "none"
		assertThat(id).startsWith("run_")
		assertThat(token).isNotEqualTo("none")
	}

	@Test
	fun tasksAreMethodsOfInterfaces() = runBlocking<Unit> {
		val tasks = TriggerTasksFactory.of(trigger).create(Greetings::class.java)
		assertThat(tasks.greet("Ada").awaitSingle()).isEqualTo("hello Ada")
	}

	@Test
	fun suspendingFunctionsAwaitTheOutput() = runBlocking<Unit> {
		val tasks = TriggerTasksFactory.of(trigger).create(Suspending::class.java)
		val nothing: Unit = tasks.start("Ada")
		assertThat(tasks.greet("Ada")).isEqualTo("hello Ada")
		assertThat(tasks.greetLater("Ada").id()).startsWith("run_")
		assertThat(tasks.greetAll(listOf("Ada", "Grace"))).hasSize(2)
		assertThat(tasks.greetOptionally("Ada")).isEqualTo("hello Ada")
		assertThat(nothing).isSameAs(Unit)
	}

	@Test
	fun suspendingFunctionsThrowWhatFailed() = runBlocking<Unit> {
		emulator.task("greet", String::class.java, PayloadFunction<String> { throw IllegalStateException("no") })
		val failure = runCatching { TriggerTasksFactory.of(trigger).create(Suspending::class.java).greet("Ada") }
		assertThat(failure.exceptionOrNull()).isInstanceOf(RunFailedException::class.java)
	}

	@Test
	fun missingOutputIsNullOnlyWhereItMayBe() = runBlocking<Unit> {
		emulator.task("greet", String::class.java, PayloadFunction<String> { null })
		val tasks = TriggerTasksFactory.of(trigger).create(Suspending::class.java)
		assertThat(tasks.greetOptionally("Ada")).isNull()
		assertThat(runCatching { tasks.greet("Ada") }.exceptionOrNull())
			.isInstanceOf(IllegalStateException::class.java)
			.hasMessage(
				"The run had no output, but the method dev.trigger.spring.test.CoroutinesTests\$Suspending.greet(String) "
					+ "returns a type that can't be null: add a '?' to it"
			)
	}

	@Test
	fun keysOfSuspendingFunctionsUseNamesOfParameters() = runBlocking<Unit> {
		val tasks = TriggerTasksFactory.of(trigger).create(Suspending::class.java)
		assertThat(tasks.greetLater("Ada").id()).isEqualTo(tasks.greetLater("Ada").id())
			.isNotEqualTo(tasks.greetLater("Grace").id())
	}

	@Test
	fun suspendingFunctionsDoNotReturnPublishersAndAreNotTransactional() {
		val factory = TriggerTasksFactory.of(trigger)
		assertThatExceptionOfType(InvalidTriggerTaskException::class.java)
			.isThrownBy { factory.create(SuspendingPublisher::class.java) }
			.withMessageContaining("SuspendingPublisher.greet(String) is a suspending function, but returns a publisher")
		assertThatExceptionOfType(InvalidTriggerTaskException::class.java)
			.isThrownBy { factory.create(SuspendingTransactional::class.java) }
			.withMessageContaining("is transactional, but a suspending function, and a transaction belongs to a thread")
	}

	@Test
	fun keyOfValueClassIsExplained() {
		assertThatExceptionOfType(InvalidTriggerTaskException::class.java)
			.isThrownBy { TriggerTasksFactory.of(trigger).create(ValueClassKey::class.java) }
			.withMessageContaining("whose type is a value class of Kotlin: it has another name in Java")
	}

	@TriggerTasks
	interface Greetings {

		@TriggerTask("greet")
		fun greet(name: String): Mono<String>

	}

	@TriggerTasks
	interface Suspending {

		@TriggerTask("greet")
		suspend fun greet(name: String): String

		@TriggerTask("greet")
		suspend fun greetOptionally(name: String): String?

		@TriggerTask("greet", idempotencyKey = "{'greet', #name}")
		suspend fun greetLater(name: String): RunHandle<String>

		@TriggerTask("greet")
		suspend fun greetAll(names: List<String>): List<RunHandle<String>>

		@TriggerTask("greet")
		suspend fun start(name: String)

	}

	@TriggerTasks
	interface SuspendingPublisher {

		@TriggerTask("greet")
		suspend fun greet(name: String): Mono<String>

	}

	@TriggerTasks
	interface SuspendingTransactional {

		@TriggerTask("greet", transactional = true)
		suspend fun greet(name: String)

	}

	@JvmInline
	value class UserId(val value: String)

	data class User(val id: UserId)

	@TriggerTasks
	interface ValueClassKey {

		@TriggerTask("greet", idempotencyKey = "#payload.id")
		suspend fun greet(user: User)

	}

	private companion object {

		val GREET: TaskType<String, String> = TaskType.of("greet", String::class.java, String::class.java)

	}

}
