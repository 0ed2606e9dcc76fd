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

package com.example.onboarding;

import com.example.onboarding.Onboarding.Receipt;
import com.example.onboarding.Onboarding.Welcome;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;

// tag::test[]
@SpringBootTest
@AutoConfigureTriggerEmulator
class OnboardingTests {

	@Autowired
	private Onboarding onboarding;

	@Autowired
	private TriggerEmulator emulator;

	@Test
	void signUpSendsWelcome() {
		this.emulator.task("send-welcome", Welcome.class, (welcome) -> new Receipt("sent to " + welcome.email()));
		this.onboarding.welcome(new Welcome("1", "ada@example.com")).subscribe();
		assertThat(this.emulator).hasTriggered("send-welcome").withTag("user:1").once();
	}

}
// end::test[]
