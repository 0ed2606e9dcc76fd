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

package dev.trigger.spring.autoconfigure.runlistener;

import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for run listeners without a database.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunListenerWithoutDatabaseTests {

	/**
	 * A server of a test or of development forgets its runs as well.
	 */
	@ParameterizedTest
	@CsvSource({ "https://trigger.invalid, true", "http://localhost:1, false", "http://127.0.0.1:1, false" })
	void isReportedUnlessTheServerRunsOnTheSameMachine(String url, boolean reported, CapturedOutput output) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TriggerAutoConfiguration.class, TriggerRunListenerAutoConfiguration.class))
			.withBean("listener", Listener.class)
			.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefDEV1", "trigger.api-url=" + url)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output.getAll().contains("work without a database")).isEqualTo(reported);
			});
	}

	static class Listener {

		@TriggerRunListener
		void on(RunFinished<String> event) {
		}

	}

}
