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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How feeds and streams of a client behave.
 *
 * @param maxFeeds how many feeds waits may open at once; 0 makes all of them poll
 * @param silenceTimeout the time without a byte after which a connection is considered
 * dead, {@code null} for never, which zero means too
 * @since 1.0.0
 */
public record LiveSettings(int maxFeeds, @Nullable Duration silenceTimeout) {

	private static final LiveSettings DEFAULTS = new LiveSettings(8, Duration.ofSeconds(45));

	/**
	 * Create settings.
	 * @param maxFeeds how many feeds waits may open at once
	 * @param silenceTimeout the time without a byte after which a connection is
	 * considered dead
	 */
	public LiveSettings {
		Assert.isTrue(maxFeeds >= 0, "'maxFeeds' must not be negative");
		silenceTimeout = Durations.limit("silenceTimeout", silenceTimeout);
	}

	/**
	 * Return the default: 8 feeds, and 45 s, since a server holds a poll for about 20 s.
	 * @return the default settings
	 */
	public static LiveSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another number of feeds.
	 * @param maxFeeds how many feeds waits may open at once
	 * @return the new settings
	 */
	public LiveSettings withMaxFeeds(int maxFeeds) {
		return new LiveSettings(maxFeeds, this.silenceTimeout);
	}

	/**
	 * Return these settings with another timeout.
	 * @param silenceTimeout the time without a byte after which a connection is
	 * considered dead, {@code null} or zero for never
	 * @return the new settings
	 */
	public LiveSettings withSilenceTimeout(@Nullable Duration silenceTimeout) {
		return new LiveSettings(this.maxFeeds, silenceTimeout);
	}

}
