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
import dev.trigger.spring.TriggerOperationsRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a whole application, with health and metrics, whose clients Mockito makes.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = { "trigger.secret-key=tr_dev_0123456789abcdefDEV1",
		"trigger.clients.billing.secret-key=tr_dev_0123456789abcdefDEV2" })
class MockedNamedClientTests {

	@MockitoBean
	private TriggerOperations trigger;

	@MockitoBean
	@Qualifier("billing")
	private TriggerOperations billing;

	@Test
	void eachClientIsItsMock(@Autowired TriggerOperationsRegistry clients, @Autowired TriggerOperations injected,
			@Autowired @Qualifier("billing") TriggerOperations injectedByName) {
		assertThat(injected).isSameAs(this.trigger).isSameAs(clients.get("default"));
		assertThat(injectedByName).isSameAs(this.billing).isSameAs(clients.get("billing")).isNotSameAs(this.trigger);
	}

}
