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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * Streams of runs, as they are read.
 */
final class StreamReads {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final int LONGEST_TIMEOUT = 600;

	private static final long MAX_NUMBER = 1L << 53;

	private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*([+-]?\\d{1,9}).*");

	/**
	 * Without the second number it is 0.
	 */
	private static final Pattern CHUNK = Pattern.compile("\\d{1,18}(?:-\\d{1,9})?");

	private final Duration check;

	/**
	 * Create the reader.
	 * @param hold for how long a poll is held, in which a quiet stream is looked at four
	 * times
	 */
	StreamReads(Duration hold) {
		this.check = check(hold);
	}

	static Duration check(Duration hold) {
		return hold.dividedBy(4);
	}

	EmulatorResponse read(ApiCall call) {
		TaskRun run = readable(call);
		return read(call, run, StreamStore.stream(call.state(), run, call.variable("streamId")), false);
	}

	EmulatorResponse readInput(ApiCall call) {
		TaskRun run = readable(call);
		return read(call, run, StreamStore.input(call.state(), run, call.variable("streamId")), true);
	}

	private static TaskRun readable(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw ApiCall.notFound(false);
		}
		RunRoutes.authorizeRead(call, run);
		return run;
	}

	private EmulatorResponse read(ApiCall call, TaskRun run, StreamLog log, boolean strict) {
		boolean batches = run.streamsVersion().equals("v2");
		Duration timeout = timeout(call.request(), strict, batches);
		String after = call.request().header("last-event-id");
		String last = (after != null && !after.isEmpty()) ? after : null;
		return events(call.state(), log, new StreamReader.ReadSettings(batches,
				batches ? after(last) : afterChunk(log, last), last, timeout, this.check, timeout.isZero()));
	}

	static EmulatorResponse events(EmulatorState state, StreamLog log, StreamReader.ReadSettings settings) {
		EmulatorResponse response = EmulatorResponse
			.stream("text/event-stream; charset=utf-8", StreamReader.read(state, log, settings))
			.header("cache-control", "no-cache");
		// pages have to see by which version to read
		return settings.batches()
				? response.header("x-stream-version", "v2").header("access-control-expose-headers", "*") : response;
	}

	/**
	 * Read how long a client waits for a record, as JavaScript reads numbers.
	 * @param request the request
	 * @param strict whether what is no number, and 0, is refused and not ignored
	 * @param batches whether 0 means not to wait at all
	 * @return the time
	 */
	private static Duration timeout(ServerRequest request, boolean strict, boolean batches) {
		String header = request.header("timeout-seconds");
		if (header == null || (header.isEmpty() && !strict)) {
			return TIMEOUT;
		}
		Matcher number = LEADING_NUMBER.matcher(header);
		if (!number.matches()) {
			if (strict) {
				throw new ResponseException(StreamRoutes.plain(400, "Invalid timeout seconds"));
			}
			return TIMEOUT;
		}
		int seconds = Integer.parseInt(number.group(1));
		if (seconds < 0 || (strict && seconds == 0)) {
			throw new ResponseException(StreamRoutes.plain(400, "Timeout seconds must be greater than 0"));
		}
		if (seconds > LONGEST_TIMEOUT) {
			throw new ResponseException(
					StreamRoutes.plain(400, "Timeout seconds must be less than " + LONGEST_TIMEOUT));
		}
		return (seconds > 0 || batches) ? Duration.ofSeconds(seconds) : TIMEOUT;
	}

	/**
	 * Return the number of the record after the one that was read last. What follows a
	 * dash is ignored.
	 * @param lastEventId its number
	 * @return the number, 0 to read all
	 */
	static long after(@Nullable String lastEventId) {
		double last = (lastEventId != null) ? NodeJson.coerce(lastEventId.split("-", 2)[0]) : Double.NaN;
		return (last >= 0) ? (long) Math.min(last, MAX_NUMBER) + 1 : 0;
	}

	/**
	 * What was written at once shares its place, so that what follows within it is lost.
	 */
	private static long afterChunk(StreamLog log, @Nullable String lastEventId) {
		if (lastEventId == null) {
			return 0;
		}
		if (lastEventId.equals("$")) {
			return log.size();
		}
		if (!CHUNK.matcher(lastEventId).matches()) {
			// with such an id servers wait for parts that never come
			return Long.MAX_VALUE;
		}
		long next = 0;
		for (StreamLog.StreamRecord entry : log.from(0, Integer.MAX_VALUE)) {
			if (!isAfter(entry.chunk(), lastEventId)) {
				next = entry.seq() + 1;
			}
		}
		return next;
	}

	/**
	 * Return whether a chunk comes after an event.
	 * @param chunk the place of the chunk
	 * @param lastEventId that of the event, {@code null} for none
	 * @return {@code true} if it does
	 */
	static boolean isAfter(String chunk, @Nullable String lastEventId) {
		return lastEventId == null || (CHUNK.matcher(lastEventId).matches() && compare(chunk, lastEventId) > 0);
	}

	private static int compare(String chunk, String other) {
		String[] one = chunk.split("-");
		String[] two = other.split("-");
		int time = Long.compare(Long.parseLong(one[0]), Long.parseLong(two[0]));
		return (time != 0) ? time : Long.compare(Long.parseLong(one[1]), (two.length > 1) ? Long.parseLong(two[1]) : 0);
	}

}
