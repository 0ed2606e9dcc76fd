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

package dev.trigger.spring.sample.onboarding;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Tests for {@link FirstRun}, in an application of its own: it speaks once, at start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstRunTests {

	@Test
	void runIsFollowedToItsOutput(CapturedOutput output) {
		ConfigurableApplicationContext context = SpringApplication.run(OnboardingApplication.class, "--server.port=0");
		try {
			Awaitility.await()
				.until(output::toString,
						(text) -> text.contains("is COMPLETED") && text.contains("Output: Receipt[messageId="));
		}
		finally {
			context.close();
		}
	}

}
