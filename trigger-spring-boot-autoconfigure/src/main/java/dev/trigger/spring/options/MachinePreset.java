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

package dev.trigger.spring.options;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A machine to execute runs on; open to values that do not exist yet.
 *
 * @param value the value that the API uses
 * @since 1.0.0
 */
public record MachinePreset(@JsonValue String value) {

	/**
	 * The smallest machine.
	 */
	public static final MachinePreset MICRO = new MachinePreset("micro");

	/**
	 * A small machine with one unit of CPU and memory.
	 */
	public static final MachinePreset SMALL_1X = new MachinePreset("small-1x");

	/**
	 * A small machine with two units.
	 */
	public static final MachinePreset SMALL_2X = new MachinePreset("small-2x");

	/**
	 * A medium machine with one unit of CPU and memory.
	 */
	public static final MachinePreset MEDIUM_1X = new MachinePreset("medium-1x");

	/**
	 * A medium machine with two units.
	 */
	public static final MachinePreset MEDIUM_2X = new MachinePreset("medium-2x");

	/**
	 * A large machine with one unit of CPU and memory.
	 */
	public static final MachinePreset LARGE_1X = new MachinePreset("large-1x");

	/**
	 * A large machine with two units.
	 */
	public static final MachinePreset LARGE_2X = new MachinePreset("large-2x");

	/**
	 * Create a preset.
	 * @param value the value that the API uses
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public MachinePreset {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
