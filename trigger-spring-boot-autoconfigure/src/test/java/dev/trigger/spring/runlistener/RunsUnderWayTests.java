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

package dev.trigger.spring.runlistener;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunsUnderWay}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunsUnderWayTests {

	@Test
	void callThatDoesNotEndIsReportedNowAndThen(CapturedOutput output) {
		RunsUnderWay runs = new RunsUnderWay(Duration.ZERO);
		assertThat(runs.add("run_1")).isTrue();
		assertThat(runs.add("run_1")).isFalse();
		runs.reportSlow();
		runs.remove("run_1");
		runs.reportSlow();
		assertThat(output.getOut().split("The listeners of the run run_1 have been called for", -1)).hasSize(2);
		assertThat(runs.ids()).isEmpty();
	}

	@Test
	void callOfUsualLengthIsNotReported(CapturedOutput output) {
		RunsUnderWay runs = new RunsUnderWay(Duration.ofDays(1));
		runs.add("run_1");
		runs.reportSlow();
		assertThat(output).doesNotContain("run_1");
		assertThat(runs.ids()).containsExactly("run_1");
	}

}
