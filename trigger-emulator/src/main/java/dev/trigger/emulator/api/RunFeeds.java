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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.InternalErrors;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.RunChanges;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import tools.jackson.databind.JsonNode;

/**
 * Feeds of runs as rows, in the form of Electric's shapes: a first request has all rows,
 * a live one is held until a row changes. A held poll is a callback; it has no thread.
 */
final class RunFeeds {

	/**
	 * The most rows of a first response.
	 */
	private static final int MAX_ROWS = 1_000;

	private static final double JITTER = 0.15;

	private static final Pattern GIVEN_HANDLE = Pattern.compile("(?:runs_\\d{13}|batch_\\w+)_\\d+_[0-9a-f]{8}");

	private final Duration hold;

	/**
	 * Counts the live responses, so that no cache takes one for the next.
	 */
	private final AtomicLong cursor = new AtomicLong();

	/**
	 * Create feeds.
	 * @param hold for how long a poll is held
	 */
	RunFeeds(Duration hold) {
		this.hold = hold;
	}

	/**
	 * Respond to a request.
	 * @param call the request
	 * @param shape which runs
	 * @return the rows, at once or later
	 */
	EmulatorResponse respond(ApiCall call, FeedShape shape) {
		String handle = handle(call);
		String offset = call.query("offset");
		if (offset == null || offset.equals("-1") || handle == null || handle.isEmpty()) {
			return snapshot(call, shape, shape.handle(null));
		}
		if (!"true".equals(call.query("live"))) {
			return snapshot(call, shape, shape.handle(handle));
		}
		Poll poll = new Poll(call, shape, handle, FeedOffset.of(offset));
		EmulatorResponse changed = poll.changes();
		return (changed != null) ? changed : EmulatorResponse.held(poll.later());
	}

	/**
	 * Return the handle that a client sends back, under either of its names.
	 */
	static @Nullable String handle(ApiCall call) {
		String handle = call.query("handle");
		return (handle != null) ? handle : call.query("shape_id");
	}

	private EmulatorResponse snapshot(ApiCall call, FeedShape shape, String handle) {
		List<TaskRun> runs = new ArrayList<>(shape.runs());
		runs.sort(TaskRun.OLDEST_FIRST);
		List<TaskRun> newest = runs.subList(Math.max(0, runs.size() - MAX_ROWS), runs.size());
		FeedOffset offset = new FeedOffset(0, 0).after(newest, call.environment().changes());
		List<JsonBody> messages = new ArrayList<>();
		Map<String, JsonBody> rows = new HashMap<>();
		for (TaskRun run : newest) {
			JsonBody row = RunRow.of(run, skipped(call), call.speaksLatestVersion());
			rows.put(run.id(), row);
			messages.add(message(run, row, true));
		}
		if (call.request().isPartialRows()) {
			SentRows.of(call.environment(), handle, skipped(call)).put(offset, rows);
		}
		return response(call, handle, offset, messages).header("electric-schema", RunRow.schema(skipped(call)));
	}

	private EmulatorResponse response(ApiCall call, String handle, FeedOffset offset, List<JsonBody> messages) {
		messages.add(JsonBody.of("headers", JsonBody.of("control", "up-to-date")));
		boolean current = call.request().header("x-trigger-electric-version") != null;
		return EmulatorResponse.json(200, messages)
			.header(current ? "electric-handle" : "electric-shape-id", handle)
			.header(current ? "electric-offset" : "electric-chunk-last-offset", offset.toString())
			.header("cache-control", "no-store")
			.header("access-control-allow-origin", "*")
			.header("access-control-expose-headers", "*");
	}

	private static JsonBody message(TaskRun run, JsonBody row, boolean inserted) {
		return JsonBody.of("key", RunRow.key(run))
			.with("value", row)
			.with("headers", JsonBody.of("operation", inserted ? "insert" : "update"));
	}

	/**
	 * Return the columns to leave out. Those in a token win over those in the query.
	 */
	private static Collection<String> skipped(ApiCall call) {
		JsonNode claims = call.claims();
		JsonNode columns = (claims != null) ? claims.path("realtime").path("skipColumns") : null;
		if (columns != null && columns.isArray()) {
			return columns.valueStream().map(JsonNode::asString).toList();
		}
		String query = call.query("skipColumns");
		return (query != null) ? Stream.of(query.split(",")).map(String::strip).toList() : List.of();
	}

	/**
	 * A live request.
	 */
	private final class Poll {

		private final ApiCall call;

		private final EmulatorState state;

		private final RunChanges changes;

		private final FeedShape shape;

		private final String handle;

		private final FeedOffset offset;

		Poll(ApiCall call, FeedShape shape, String handle, FeedOffset offset) {
			this.call = call;
			this.state = call.state();
			this.changes = call.environment().changes();
			this.shape = shape;
			this.handle = handle;
			this.offset = offset;
		}

		/**
		 * Return a response with what changed.
		 * @return the response, or {@code null} if nothing did
		 */
		@Nullable EmulatorResponse changes() {
			synchronized (this.state) {
				if (this.shape.isGone()) {
					return ApiCall.notFound(false).response();
				}
				List<TaskRun> changed = this.offset.changed(this.changes)
					.stream()
					.filter(this.shape::contains)
					.toList();
				return changed.isEmpty() ? null : respond(changed);
			}
		}

		/**
		 * Return the response when something has changed, or after the time for which a
		 * poll is held.
		 */
		Mono<EmulatorResponse> later() {
			Duration hold = Duration.ofMillis((long) (RunFeeds.this.hold.toMillis()
					* ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER)));
			return Mono.create((sink) -> {
				Runnable listener = () -> respond(sink, this::changes);
				Future<?> end = this.state.clock().soon(hold, () -> respond(sink, this::unchanged));
				this.changes.listen(this.state.clock(), listener);
				// called at once when the poll is over by now
				sink.onDispose(() -> {
					this.changes.unlisten(listener);
					end.cancel(false);
				});
				// for changes between the first look and the registration
				listener.run();
			});
		}

		private void respond(MonoSink<EmulatorResponse> sink, Supplier<@Nullable EmulatorResponse> response) {
			try {
				EmulatorResponse ready = response.get();
				if (ready != null) {
					sink.success(ready);
				}
			}
			catch (Throwable ex) {
				sink.success(InternalErrors.response("poll of a feed", ex));
			}
		}

		private EmulatorResponse unchanged() {
			synchronized (this.state) {
				EmulatorResponse changed = changes();
				return (changed != null) ? changed : respond(List.of());
			}
		}

		private EmulatorResponse respond(List<TaskRun> runs) {
			Collection<String> skipped = skipped(this.call);
			SentRows sent = this.call.request().isPartialRows()
					? SentRows.of(this.call.environment(), this.handle, skipped) : null;
			Map<String, JsonBody> before = (sent != null) ? sent.at(this.offset) : Map.of();
			Map<String, JsonBody> rows = new HashMap<>(before);
			List<JsonBody> messages = new ArrayList<>();
			for (TaskRun run : runs) {
				// with a handle that no server gave it is not known which rows were sent
				boolean inserted = GIVEN_HANDLE.matcher(this.handle).matches() && this.offset.isNew(run, this.changes);
				JsonBody row = RunRow.of(run, skipped, this.call.speaksLatestVersion());
				rows.put(run.id(), row);
				messages.add(message(run, SentRows.difference(before.get(run.id()), row), inserted));
			}
			// a feed of one run has nothing else that could change
			FeedOffset next = (runs.isEmpty() && this.shape.isSingle()) ? this.offset
					: this.offset.after(runs, this.changes);
			if (sent != null) {
				sent.put(next, rows);
			}
			return response(this.call, this.handle, next, messages).header("electric-cursor",
					String.valueOf(RunFeeds.this.cursor.incrementAndGet()));
		}

	}

	/**
	 * The runs of a feed.
	 */
	interface FeedShape {

		/**
		 * Return the runs at present.
		 * @return the runs, in any order
		 */
		Collection<TaskRun> runs();

		/**
		 * Return whether a run belongs to the feed.
		 * @param run the run
		 * @return {@code true} if it does
		 */
		boolean contains(TaskRun run);

		/**
		 * Return what names the feed in the requests that follow.
		 * @param known the handle that the client has, {@code null} in a first request
		 * @return the handle
		 */
		String handle(@Nullable String known);

		/**
		 * Return whether the feed is that of one run.
		 * @return {@code true} for one run
		 */
		default boolean isSingle() {
			return false;
		}

		/**
		 * Return whether there is nothing to follow any more.
		 * @return {@code true} after a reset
		 */
		default boolean isGone() {
			return false;
		}

	}

}
