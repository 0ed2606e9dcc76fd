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

/**
 * The header of compressed data, which is passed over byte by byte as it comes: its texts
 * may be long, and are of no use.
 */
final class GzipHeader {

	private static final int EXTRA = 4;

	private static final int NAME = 8;

	private static final int COMMENT = 16;

	private static final int CHECKSUM = 2;

	private Field field = Field.START;

	private int position;

	private int length;

	private int flags;

	private int extra;

	/**
	 * Pass over a byte.
	 * @param value the byte
	 */
	void add(byte value) {
		this.length++;
		if (!isLastOfField(value)) {
			this.position++;
			return;
		}
		this.position = 0;
		do {
			this.field = Field.values()[this.field.ordinal() + 1];
		}
		while (!hasField());
	}

	private boolean isLastOfField(byte value) {
		switch (this.field) {
			case START -> {
				if (this.position == 3) {
					this.flags = value;
				}
				return this.position == 9;
			}
			case EXTRA_LENGTH -> {
				this.extra |= (value & 0xff) << (8 * this.position);
				return this.position == 1;
			}
			case EXTRA -> {
				return this.position == this.extra - 1;
			}
			case NAME, COMMENT -> {
				return value == 0;
			}
			default -> {
				return this.position == 1;
			}
		}
	}

	private boolean hasField() {
		return switch (this.field) {
			case EXTRA_LENGTH -> (this.flags & EXTRA) != 0;
			case EXTRA -> this.extra > 0;
			case NAME -> (this.flags & NAME) != 0;
			case COMMENT -> (this.flags & COMMENT) != 0;
			case CHECKSUM -> (this.flags & CHECKSUM) != 0;
			default -> true;
		};
	}

	boolean isComplete() {
		return this.field == Field.DATA;
	}

	/**
	 * Return how many bytes have been passed over.
	 * @return the number of bytes
	 */
	int length() {
		return this.length;
	}

	/**
	 * The fields in their order, and the data after them.
	 */
	private enum Field {

		START, EXTRA_LENGTH, EXTRA, NAME, COMMENT, CHECKSUM, DATA

	}

}
