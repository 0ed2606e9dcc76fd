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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.trigger.emulator.http.InternalErrors;
import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/**
 * A stream of a run, or a channel of a session: records that are kept and read again and
 * again.
 *
 * @since 1.0.0
 */
public final class StreamLog {

	private final EmulatorState state;

	private final List<StreamRecord> entries = new ArrayList<>();

	private final Map<String, StreamRecord> parts = new HashMap<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final int capacity;

	/**
	 * The number of the last chunk of each client that wrote lines.
	 */
	private final Map<String, Integer> chunks = new HashMap<>();

	/**
	 * The beginning of a line that has no end yet.
	 */
	private String unfinished = "";

	private long first;

	private long lastChunk;

	private long lastChunkNumber;

	private boolean closed;

	/**
	 * Create an empty stream.
	 * @param state whose lock guards the stream
	 * @param capacity how many records are kept: the oldest make room for new ones
	 */
	StreamLog(EmulatorState state, int capacity) {
		this.state = state;
		this.capacity = capacity;
	}

	/**
	 * Add a record.
	 * @param data the value, {@code null} for a control record
	 * @param partId the id that its writer gave it
	 * @param headers pairs of names and values
	 * @return the record
	 */
	public StreamRecord append(@Nullable JsonNode data, String partId, List<List<String>> headers) {
		synchronized (this.state) {
			nextChunk();
			StreamRecord entry = add((data != null && !this.unfinished.isEmpty()) ? finish(data) : data, partId,
					headers);
			announce();
			return entry;
		}
	}

	private JsonNode finish(JsonNode data) {
		String line = this.unfinished + Json.string(data);
		this.unfinished = "";
		return raw(line);
	}

	/**
	 * Add lines as they are. Those that were written at once share a place in the stream,
	 * and one without an end waits for it.
	 * @param text the lines
	 * @param clientId who wrote them
	 * @param index which chunk of that client they are
	 */
	public void ingest(String text, String clientId, int index) {
		if (text.isEmpty()) {
			return;
		}
		synchronized (this.state) {
			nextChunk();
			this.chunks.put(clientId, index);
			String[] lines = (this.unfinished + text).split("\n", -1);
			this.unfinished = lines[lines.length - 1];
			for (int i = 0; i < lines.length - 1; i++) {
				if (!lines[i].isBlank()) {
					add(raw(lines[i]), this.state.ids().random(7), List.of());
				}
			}
			announce();
		}
	}

	private static JsonNode raw(String line) {
		return JsonNodeFactory.instance.rawValueNode(new RawValue(line));
	}

	/**
	 * Return the last chunk that a client has written.
	 * @param clientId the client
	 * @return its index, -1 if there is none
	 */
	public int lastChunk(String clientId) {
		synchronized (this.state) {
			return this.chunks.getOrDefault(clientId, -1);
		}
	}

	/**
	 * Return the line that has no end yet.
	 * @return the line, {@code null} if there is none
	 */
	public @Nullable StreamRecord unfinished() {
		synchronized (this.state) {
			return this.unfinished.isBlank() ? null
					: new StreamRecord(size(), this.state.now(), chunk(), raw(this.unfinished.strip()), "", List.of());
		}
	}

	/**
	 * Return the record that was written with an id of a part.
	 * @param partId the id
	 * @return the record, or {@code null}
	 */
	public @Nullable StreamRecord part(String partId) {
		return this.parts.get(partId);
	}

	/**
	 * Return some of the records from a number on.
	 * @param seq the number
	 * @param max how many at most
	 * @return a copy
	 */
	public List<StreamRecord> from(long seq, int max) {
		synchronized (this.state) {
			int start = (int) Math.min(this.entries.size(), Math.max(0, seq - this.first));
			return List.copyOf(this.entries.subList(start, (int) Math.min(this.entries.size(), start + (long) max)));
		}
	}

	/**
	 * Return the number that the next record gets.
	 * @return the number of records so far
	 */
	public long size() {
		synchronized (this.state) {
			return this.first + this.entries.size();
		}
	}

	/**
	 * Return the last record.
	 * @return the record, or {@code null} if there is none
	 */
	public @Nullable StreamRecord last() {
		synchronized (this.state) {
			return this.entries.isEmpty() ? null : this.entries.get(this.entries.size() - 1);
		}
	}

	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * End the responses of all readers.
	 */
	void close() {
		this.closed = true;
		announce();
	}

	/**
	 * Call a listener after each record.
	 * @param listener whom to call, with the lock held
	 */
	public void listen(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Call a listener no more.
	 * @param listener whom not to call
	 */
	public void unlisten(Runnable listener) {
		this.listeners.remove(listener);
	}

	private StreamRecord add(@Nullable JsonNode data, String partId, List<List<String>> headers) {
		StreamRecord entry = new StreamRecord(size(), this.state.now(), chunk(), data, partId, headers);
		this.entries.add(entry);
		this.parts.put(partId, entry);
		if (this.entries.size() > this.capacity) {
			List<StreamRecord> oldest = this.entries.subList(0, 1 + this.capacity / 10);
			oldest.forEach((old) -> this.parts.remove(old.partId(), old));
			this.first += oldest.size();
			oldest.clear();
		}
		return entry;
	}

	private String chunk() {
		return this.lastChunk + "-" + this.lastChunkNumber;
	}

	private void nextChunk() {
		long now = this.state.now().toEpochMilli();
		this.lastChunkNumber = (now <= this.lastChunk) ? this.lastChunkNumber + 1 : 0;
		this.lastChunk = Math.max(this.lastChunk, now);
	}

	private void announce() {
		this.listeners.forEach((listener) -> InternalErrors.run("reading of a stream", listener));
		this.state.changed();
	}

	/**
	 * A record.
	 *
	 * @param seq its number, counted from 0
	 * @param at when it was written
	 * @param chunk its place in the stream as the first version names it, shared by what
	 * was written at once
	 * @param data the value, {@code null} for a control record, missing if its writer
	 * left it out
	 * @param partId the id that its writer gave it
	 * @param headers pairs of names and values
	 */
	public record StreamRecord(long seq, Instant at, String chunk, @Nullable JsonNode data, String partId,
			List<List<String>> headers) {
	}

}
