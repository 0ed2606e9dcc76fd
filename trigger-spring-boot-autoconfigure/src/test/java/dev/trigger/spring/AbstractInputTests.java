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

package dev.trigger.spring;

import java.util.function.Consumer;

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A client and its server, for tests of what callers pass to operations.
 */
abstract class AbstractInputTests {

	static final TaskType<Object, Object> TASK = TaskType.of("welcome", Object.class, Object.class);

	static final String HANDLE = "{\"id\":\"run_1\",\"isCached\":false}";

	final LoopbackServer server = new LoopbackServer();

	final TriggerOperations trigger = client("tr_dev_0123456789abcdefDEV1");

	TriggerOperations client(String credential) {
		return TriggerTemplate.builder(TriggerCredential.of(credential))
			.apiUrl(this.server.url())
			.projectRef("proj_1")
			.retry((policy) -> policy.withMaxAttempts(1))
			.build();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	/**
	 * Return what is sent when a task is triggered with options.
	 */
	String sent(Consumer<TriggerOptions.Builder> options) {
		this.server.respond(200, HANDLE);
		this.trigger.tasks().trigger(TASK, 1, options).block();
		return this.server.received().get(this.server.received().size() - 1).body();
	}

	/**
	 * Assert that options are refused before any request.
	 * @param words what the message has
	 */
	void assertRefused(Consumer<TriggerOptions.Builder> options, String... words) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.tasks().trigger(TASK, 1, options).block())
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(words));
		assertThat(this.server.received()).isEmpty();
	}

	static Arguments refused(String name, Consumer<TriggerOptions.Builder> options, String... words) {
		return arguments(name, options, words);
	}

}
