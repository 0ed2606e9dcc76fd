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

package com.example.commandline;

import dev.trigger.emulator.TriggerEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Runs the command-line application of {@code docs/USAGE.md}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HelloApplicationTests {

	@Test
	void outputIsPrinted(CapturedOutput output) {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			emulator.task("hello-world", String.class, (name) -> "Hello, " + name);
			start("--trigger.api-url=" + emulator.apiUrl(), "--trigger.secret-key=" + emulator.secretKey("dev"));
		}
		assertThat(output).contains("Hello, Ada");
	}

	@Test
	void rejectedKeyIsReportedWithThePlaceOfTheCall(CapturedOutput output) {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			assertThatException().isThrownBy(() -> start("--trigger.api-url=" + emulator.apiUrl(),
					"--trigger.secret-key=tr_dev_0123456789abcdefghij"));
		}
		assertThat(output)
			.contains("APPLICATION FAILED TO START",
					"by com.example.commandline.HelloApplication.run(HelloApplication.java:",
					"(from 'trigger.secret-key')", "Set the property to a valid key")
			.doesNotContain("0123456789abcdef")
			.doesNotContain("\tat ");
	}

	@Test
	void apiThatCantBeReachedIsReportedWithThePlaceOfTheCall(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--trigger.api-url=http://localhost:1", "--trigger.timeout=200ms",
				"--trigger.secret-key=tr_dev_0123456789abcdefghij"));
		assertThat(output)
			.contains("APPLICATION FAILED TO START",
					"by com.example.commandline.HelloApplication.run(HelloApplication.java:",
					"If the application should start without Trigger.dev")
			.doesNotContain("\tat ");
	}

	@Test
	void runThatIsNotOverInTimeIsNoProblemOfTheAddress(CapturedOutput output) {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			emulator.undeployedTask("hello-world");
			assertThatException()
				.isThrownBy(() -> start("--trigger.api-url=" + emulator.apiUrl(), "--trigger.polling.timeout=200ms",
						"--trigger.secret-key=" + emulator.secretKey("dev")))
				.withMessageContaining("was not over after 200 ms");
		}
		assertThat(output).contains("was not over after 200 ms").doesNotContain("Check the address");
	}

	private static void start(String... arguments) {
		new SpringApplicationBuilder(HelloApplication.class).web(WebApplicationType.NONE).run(arguments).close();
	}

}
