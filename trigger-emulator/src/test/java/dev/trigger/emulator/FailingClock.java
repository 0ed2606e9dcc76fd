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

package dev.trigger.emulator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;

/**
 * The system's clock, which throws an {@link Error} in place of the time when a test
 * wants it.
 */
public final class FailingClock extends Clock {

	private volatile BooleanSupplier fails = () -> false;

	/**
	 * Fail from now on, whoever asks for the time.
	 */
	public void fail() {
		this.fails = () -> true;
	}

	/**
	 * Fail from now on when a method asks for the time, itself or through others.
	 * @param method the name of the method, with that of its class
	 */
	void failIn(String method) {
		this.fails = () -> StackWalker.getInstance()
			.walk((frames) -> frames
				.anyMatch((frame) -> (frame.getClassName() + '.' + frame.getMethodName()).equals(method)));
	}

	/**
	 * Work again.
	 */
	public void recover() {
		this.fails = () -> false;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

	@Override
	public Instant instant() {
		if (this.fails.getAsBoolean()) {
			throw new NoClassDefFoundError("a/Clock");
		}
		return Instant.now();
	}

}
