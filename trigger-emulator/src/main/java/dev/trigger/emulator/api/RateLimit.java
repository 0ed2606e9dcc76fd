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

package dev.trigger.emulator.api;

import java.time.Duration;

/**
 * The size of the buckets that limit requests.
 *
 * @param requests how many requests a full bucket holds
 * @param refill how many are added at a time
 * @param interval the time between two refills
 * @since 1.0.0
 */
public record RateLimit(int requests, int refill, Duration interval) {

	/**
	 * The real server's: 750 requests, and 250 more every 10 seconds.
	 */
	public static final RateLimit DEFAULT = new RateLimit(750, 250, Duration.ofSeconds(10));

}
