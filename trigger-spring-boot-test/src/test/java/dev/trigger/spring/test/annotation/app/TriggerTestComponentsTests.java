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

import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.test.autoconfigure.TriggerTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;

/**
 * Tests for {@link TriggerTest} of a component, in another environment than that of
 * development.
 */
@TriggerTest(components = Hidden.class, environment = "preview", previewBranch = "feature/two")
class TriggerTestComponentsTests {

	@Test
	void componentIsThereAndEnvironmentChosen(@Autowired Hidden hidden, @Autowired TriggerEmulator emulator) {
		hidden.trigger(new Welcome("1", "ada@example.com")).block(Duration.ofSeconds(20));
		assertThat(emulator).hasTriggered("send-welcome").inEnvironment("preview").inBranch("feature/two").once();
	}

}
