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

package dev.trigger.emulator.http;

import java.time.Duration;

/**
 * Limits of a {@link WebServer}: what a client may take, and how long closing takes.
 *
 * @param body the longest body, in bytes
 * @param headers how long the first request of a connection may take to arrive
 * @param idle how long a connection may be idle between two requests
 * @param shutdown how long closing waits for requests that are being handled
 * @param linger how long a connection that is being closed waits for a client that is
 * still sending
 * @since 1.0.0
 */
public record WebLimits(long body, Duration headers, Duration idle, Duration shutdown, Duration linger) {

	/**
	 * 32 MB, 10 seconds, one minute, and 5 seconds for both ends.
	 */
	public static final WebLimits DEFAULT = new WebLimits(32L * 1024 * 1024, Duration.ofSeconds(10),
			Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(5));

}
