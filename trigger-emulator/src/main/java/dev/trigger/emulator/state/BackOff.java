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

package dev.trigger.emulator.state;

import java.time.Duration;

/**
 * The pauses between the attempts of a run.
 *
 * @param first the pause after the first attempt
 * @param factor by what each pause is longer than the one before
 * @param longest the longest pause
 * @since 1.0.0
 */
public record BackOff(Duration first, double factor, Duration longest) {

	/**
	 * Return always the same pause.
	 * @param pause the pause
	 * @return the back-off
	 */
	public static BackOff fixed(Duration pause) {
		return new BackOff(pause, 1, pause);
	}

	/**
	 * Return the pause after an attempt.
	 * @param attempt the number of the attempt, from 1
	 * @return the pause
	 */
	public Duration delay(int attempt) {
		double millis = this.first.toMillis() * Math.pow(this.factor, attempt - 1.0);
		return (millis >= this.longest.toMillis()) ? this.longest : Duration.ofMillis((long) millis);
	}

}
