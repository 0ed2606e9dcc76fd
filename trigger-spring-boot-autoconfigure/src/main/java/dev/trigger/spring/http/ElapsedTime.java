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

package dev.trigger.spring.http;

import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;

/**
 * The clock for durations. A scheduler's time in milliseconds is that of the day, which
 * somebody may set while a duration passes; its time in nanoseconds only moves forward.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ElapsedTime {

	private ElapsedTime() {
	}

	/**
	 * Return the time, which has no meaning but in comparison with another one.
	 * @param scheduler the scheduler whose time it is
	 * @return the number of milliseconds
	 */
	public static long millis(Scheduler scheduler) {
		return TimeUnit.NANOSECONDS.toMillis(scheduler.now(TimeUnit.NANOSECONDS));
	}

}
