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

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;

/**
 * The lines of a batch's items, in pieces of some kilobytes: each piece is one write to
 * the network, instead of one write for each line.
 */
final class Chunks {

	private static final int PIECE_SIZE = 16 * 1024;

	private final List<byte[]> pieces = new ArrayList<>();

	private final List<String> tasks;

	private final ByteArrayOutputStream current = new ByteArrayOutputStream(512);

	private int count;

	/**
	 * Create an instance without items.
	 * @param tasks the tasks of the items to come
	 */
	Chunks(Stream<String> tasks) {
		this.tasks = tasks.distinct().sorted().toList();
	}

	/**
	 * Add the line of an item.
	 * @param line the line with its line break
	 */
	void add(byte[] line) {
		this.count++;
		this.current.writeBytes(line);
		if (this.current.size() >= PIECE_SIZE) {
			cut();
		}
	}

	private void cut() {
		if (this.current.size() > 0) {
			this.pieces.add(this.current.toByteArray());
			this.current.reset();
		}
	}

	int count() {
		return this.count;
	}

	List<String> tasks() {
		return this.tasks;
	}

	/**
	 * Return the pieces, again for each attempt.
	 */
	Flux<byte[]> pieces() {
		cut();
		return Flux.fromIterable(this.pieces);
	}

}
