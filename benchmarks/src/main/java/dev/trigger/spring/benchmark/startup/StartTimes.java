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

package dev.trigger.spring.benchmark.startup;

import java.lang.management.ManagementFactory;

/**
 * Tells the time since the virtual machine was started.
 */
public final class StartTimes {

	private StartTimes() {
	}

	/**
	 * Return the time since the virtual machine was started.
	 * @return the time in milliseconds
	 */
	public static long now() {
		return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
	}

	/**
	 * Tell whoever measures.
	 * @param started until the application had started
	 * @param responded until it had its first response
	 */
	public static void print(long started, long responded) {
		System.out.println("= " + started + " " + responded);
	}

}
