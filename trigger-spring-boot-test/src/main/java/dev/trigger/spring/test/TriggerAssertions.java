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

package dev.trigger.spring.test;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TriggerEmulator;

/**
 * Entry point for AssertJ assertions about a {@link TriggerEmulator} and its runs. It is
 * meant to be statically imported next to {@code Assertions.assertThat} of AssertJ.
 *
 * @since 1.0.0
 */
public final class TriggerAssertions {

	private TriggerAssertions() {
	}

	/**
	 * Return assertions about what was triggered on an emulator.
	 * @param emulator the emulator
	 * @return the assertions
	 */
	public static TriggerEmulatorAssert assertThat(TriggerEmulator emulator) {
		return new TriggerEmulatorAssert(emulator);
	}

	/**
	 * Return assertions about a run.
	 * @param run the run
	 * @return the assertions
	 */
	public static RunAssert assertThat(EmulatedRun run) {
		return new RunAssert(run);
	}

}
