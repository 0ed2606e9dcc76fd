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

import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates identifiers that look like the server's and sort by creation time.
 *
 * @since 1.0.0
 */
public final class Ids {

	private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

	// nothing here is a secret: whoever reaches an emulator may do everything
	private final Random random;

	private final AtomicLong counter = new AtomicLong();

	/**
	 * Create a source of identifiers.
	 * @param seed what they follow from, besides the time
	 */
	public Ids(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Return a new 25 character identifier.
	 * @param now the time that it carries
	 * @return the identifier
	 */
	public String cuid(Instant now) {
		String time = Long.toString(now.toEpochMilli(), 36);
		String count = Long.toString(1_679_616 + this.counter.getAndIncrement() % 1_679_616, 36).substring(1);
		return "c" + time + count + random(25 - 1 - time.length() - count.length());
	}

	/**
	 * Return random lower case letters and digits.
	 * @param length how many
	 * @return the text
	 */
	public String random(int length) {
		StringBuilder text = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			text.append(LETTERS.charAt(this.random.nextInt(LETTERS.length())));
		}
		return text.toString();
	}

	/**
	 * Return random hexadecimal digits.
	 * @param length how many, 16 at most
	 * @return the text
	 */
	public String hex(int length) {
		return HexFormat.of().toHexDigits(this.random.nextLong(), length);
	}

}
