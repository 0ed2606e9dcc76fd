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

package dev.trigger.spring.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers lines into a piece of some kilobytes, which is one write to the network:
 * written one by one, most of the time goes into the kernel.
 */
final class PieceBuilder {

	private static final int FULL = 16 * 1024;

	private final List<byte[]> lines = new ArrayList<>();

	private int size;

	void add(byte[] line) {
		this.lines.add(line);
		this.size += line.length;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	boolean isFull() {
		return this.size >= FULL;
	}

	/**
	 * Return the lines in one piece, and start another one.
	 */
	byte[] take() {
		byte[] piece = new byte[this.size];
		int offset = 0;
		for (byte[] line : this.lines) {
			System.arraycopy(line, 0, piece, offset, line.length);
			offset += line.length;
		}
		this.lines.clear();
		this.size = 0;
		return piece;
	}

}
