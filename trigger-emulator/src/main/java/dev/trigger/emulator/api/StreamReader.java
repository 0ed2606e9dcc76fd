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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.emulator.http.InternalErrors;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.StreamLog;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import tools.jackson.databind.JsonNode;

/**
 * Reads a stream as server-sent events: what is there, then what comes, until nothing has
 * come for a while. It reads as fast as its client does, and keeps nothing but its place.
 */
final class StreamReader {

	private static final int MAX_RECORDS = 200;

	private static final int MAX_CHARACTERS = 256 * 1024;

	private final EmulatorState state;

	private final StreamLog log;

	private final boolean batches;

	private final Duration timeout;

	private final Duration check;

	private final boolean endsWhenSettled;

	private final @Nullable String after;

	private final FluxSink<byte[]> sink;

	private final AtomicInteger work = new AtomicInteger();

	private volatile Future<?> timer = CompletableFuture.completedFuture(null);

	private volatile boolean over;

	private volatile long next;

	private volatile long lastRecordNanos = System.nanoTime();

	private volatile long lastPingNanos = System.nanoTime();

	private StreamReader(EmulatorState state, StreamLog log, ReadSettings settings, FluxSink<byte[]> sink) {
		this.state = state;
		this.log = log;
		this.batches = settings.batches();
		this.timeout = settings.timeout();
		this.check = settings.check();
		this.endsWhenSettled = settings.endsWhenSettled();
		this.after = settings.after();
		// a number that is not there yet stands for the next one
		this.next = this.batches ? Math.min(settings.from(), log.size()) : settings.from();
		this.sink = sink;
	}

	/**
	 * Return the events of a stream.
	 * @param state whose lock guards the stream
	 * @param log the stream
	 * @param settings how to read
	 * @return the events, one or more in each piece
	 */
	static Flux<byte[]> read(EmulatorState state, StreamLog log, ReadSettings settings) {
		return Flux.create((sink) -> new StreamReader(state, log, settings, sink).start(),
				FluxSink.OverflowStrategy.ERROR);
	}

	private void start() {
		Runnable listener = this::drain;
		this.timer = this.state.clock().soon(this.check, () -> orEnd(this::tick));
		this.log.listen(listener);
		// called at once when the client has left by now
		this.sink.onDispose(() -> {
			this.over = true;
			this.log.unlisten(listener);
			this.timer.cancel(false);
		});
		this.sink.onRequest((count) -> drain());
		drain();
	}

	/**
	 * Do something, and end the response where that fails: a client that is left without
	 * either would wait for ever.
	 */
	private void orEnd(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			InternalErrors.log("reading of a stream", ex);
			this.sink.error(new IllegalStateException("A stream could not be read", ex));
		}
	}

	private void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			orEnd(this::send);
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void send() {
		while (!this.sink.isCancelled() && this.sink.requestedFromDownstream() > 0) {
			List<StreamLog.StreamRecord> entries = this.log.from(this.next, MAX_RECORDS);
			if (entries.isEmpty()) {
				if (this.endsWhenSettled || this.log.isClosed()) {
					end();
				}
				return;
			}
			int count = fitting(entries);
			this.next = entries.get(count - 1).seq() + 1;
			this.lastRecordNanos = System.nanoTime();
			this.sink.next(Json.utf8(text(entries.subList(0, count))));
		}
	}

	private static int fitting(List<StreamLog.StreamRecord> entries) {
		int count = 0;
		long characters = 0;
		while (count < entries.size() && (count == 0 || characters < MAX_CHARACTERS)) {
			characters += String.valueOf(entries.get(count++).data()).length();
		}
		return count;
	}

	private void tick() {
		if (this.sink.isCancelled()) {
			return;
		}
		this.timer = this.state.clock().soon(this.check, () -> orEnd(this::tick));
		if (this.over) {
			this.timer.cancel(false);
			return;
		}
		long now = System.nanoTime();
		if (this.log.size() > this.next) {
			// the client is slow, not the writer
			return;
		}
		if (now - this.lastRecordNanos >= this.timeout.toNanos()) {
			end();
		}
		else if (this.sink.requestedFromDownstream() > 0
				&& now - Math.max(this.lastRecordNanos, this.lastPingNanos) >= 2 * this.check.toNanos()) {
			this.lastPingNanos = now;
			long timestamp = this.state.now().toEpochMilli();
			this.sink.next(Json
				.utf8(this.batches ? "event: ping\ndata: {\"timestamp\":" + timestamp + "}\n\n" : ": ping\n\n"));
		}
	}

	private void end() {
		StreamLog.StreamRecord rest = this.log.unfinished();
		if (this.batches && this.sink.requestedFromDownstream() > 0) {
			this.sink.next(Json.utf8("data: [DONE]\n\n"));
		}
		else if (!this.batches && rest != null && StreamReads.isAfter(rest.chunk(), this.after)
				&& this.sink.requestedFromDownstream() > 0) {
			this.sink.next(Json.utf8(text(rest)));
		}
		this.sink.complete();
	}

	private String text(List<StreamLog.StreamRecord> entries) {
		StringBuilder text = new StringBuilder();
		if (!this.batches) {
			entries.forEach((entry) -> text.append(text(entry)));
			return text.toString();
		}
		JsonBody tail = JsonBody.of("seq_num", this.log.size()).with("timestamp", this.state.now().toEpochMilli());
		JsonBody batch = JsonBody.of("records", entries.stream().map(StreamReader::json).toList()).with("tail", tail);
		text.append("event: batch\ndata: ").append(Json.string(batch)).append("\nid: ");
		return text.append(this.next).append(',').append(entries.size()).append(",0\n\n").toString();
	}

	private static String text(StreamLog.StreamRecord entry) {
		JsonNode data = entry.data();
		String line = (data != null && data.isMissingNode()) ? "undefined" : Json.string(data);
		return "id: " + entry.chunk() + "\ndata: " + line + "\n\n";
	}

	/**
	 * Return a part as the second version stores it.
	 * @param data the part; a missing one is left out
	 * @param partId the id that its writer gave it
	 * @return the body of the record
	 */
	static JsonBody body(@Nullable JsonNode data, String partId) {
		JsonBody body = new JsonBody();
		return ((data != null && data.isMissingNode()) ? body : body.with("data", data)).with("id", partId);
	}

	private static JsonBody json(StreamLog.StreamRecord entry) {
		String body = (entry.data() == null) ? "" : Json.string(body(entry.data(), entry.partId()));
		return JsonBody.of("seq_num", entry.seq())
			.with("timestamp", entry.at().toEpochMilli())
			.with("body", body)
			.maybe("headers", entry.headers().isEmpty() ? null : entry.headers());
	}

	/**
	 * How a stream is read.
	 *
	 * @param batches whether records come in batches, as in the second version
	 * @param from the number of the first record to read
	 * @param after the event that was read last, {@code null} for none
	 * @param timeout how long nothing comes until the response ends
	 * @param check how often that is looked at
	 * @param endsWhenSettled whether the response ends with the last record that is there
	 */
	record ReadSettings(boolean batches, long from, @Nullable String after, Duration timeout, Duration check,
			boolean endsWhenSettled) {
	}

}
