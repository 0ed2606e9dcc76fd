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

package dev.trigger.spring.test.annotation.app;

import dev.trigger.spring.TriggerOperations;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webclient.test.autoconfigure.WebClientTest;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the client in {@link WebClientTest @WebClientTest}.
 */
@WebClientTest(components = Hidden.class, properties = "trigger.secret-key=tr_dev_0123456789abcdefDEV1")
class WebClientSliceTests {

	@Test
	void clientAndTasksAreThere(@Autowired TriggerOperations trigger, @Autowired Hidden hidden) {
		assertThat(trigger.apiUrl()).hasToString("https://api.trigger.dev");
		assertThat(hidden.greeting()).isEqualTo("hidden");
	}

	@Nested
	@WebClientTest
	class WithoutCredential {

		@Test
		void nothingIsConfiguredAndNothingFails(@Autowired ApplicationContext context) {
			assertThat(context.getBeanProvider(WebClient.Builder.class).getIfAvailable()).isNotNull();
			assertThat(context.getBeanProvider(TriggerOperations.class).stream()).isEmpty();
			assertThat(context.getBeanProvider(EmailTasks.class).stream()).isEmpty();
		}

	}

}
