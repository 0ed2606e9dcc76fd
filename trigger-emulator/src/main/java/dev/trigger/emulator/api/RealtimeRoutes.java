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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;

/**
 * Feeds of runs: of one, of those with tags or of the whole environment, and of a batch.
 */
final class RealtimeRoutes {

	private static final Pattern INVALID_TAG = Pattern.compile(".*[\\x00-\\x1f\\x7f\\\\\"].*", Pattern.DOTALL);

	private static final Pattern PINNED = Pattern.compile("runs_([^_]+)(?:_.*)?");

	private static final Duration LONGEST_LOOK_BACK = Duration.ofHours(24);

	private final RunFeeds feeds;

	/**
	 * Create the routes.
	 * @param hold for how long a poll is held
	 */
	RealtimeRoutes(Duration hold) {
		this.feeds = new RunFeeds(hold);
	}

	void addTo(Router router) {
		router.get("realtime.run", "/realtime/v1/runs/{runId}", this::run).publicToken().cors().unlimited();
		router.get("realtime.runs", "/realtime/v1/runs", this::runs).publicToken().cors().unlimited();
		router.get("realtime.batch", "/realtime/v1/batches/{batchId}", this::batch).publicToken().cors().unlimited();
	}

	private EmulatorResponse run(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw ApiCall.notFound(false);
		}
		RunRoutes.authorizeRead(call, run);
		return this.feeds.respond(call, new OneRun(run));
	}

	private EmulatorResponse runs(ApiCall call) {
		String query = call.query("tags");
		List<String> tags = (query != null && !query.isEmpty()) ? Arrays.asList(query.split(",", -1)) : List.of();
		for (String tag : tags) {
			if (tag.isEmpty() || INVALID_TAG.matcher(tag).matches()) {
				Issues issues = new Issues();
				issues.custom("Invalid tag: " + NodeJson.quote(tag), "tags");
				issues.refuseQuery();
			}
		}
		call.authorize("read", Stream.concat(Stream.of("runs", "tags"), tags.stream().map((tag) -> "tags:" + tag))
			.toArray(String[]::new));
		return this.feeds.respond(call, new RunsWithTags(call, tags, since(call)));
	}

	/**
	 * Return how far the feed looks back. The first request decides, and the handle tells
	 * it to the next ones.
	 */
	private static Instant since(ApiCall call) {
		Instant earliest = call.now().minus(LONGEST_LOOK_BACK);
		Instant since = earliest;
		String handle = RunFeeds.handle(call);
		String offset = call.query("offset");
		boolean first = offset == null || offset.equals("-1");
		Matcher pinned = PINNED.matcher((handle != null && !first) ? handle : "");
		double millis = pinned.matches() ? NodeJson.coerce(pinned.group(1)) : 0;
		if (millis > 0 && millis < Long.MAX_VALUE) {
			since = Instant.ofEpochMilli((long) Math.min(millis, call.now().toEpochMilli()));
		}
		else {
			Duration given = TimeSpans.parse(call.query("createdAt"));
			since = (given != null && given.compareTo(LONGEST_LOOK_BACK) < 0) ? call.now().minus(given) : earliest;
		}
		return (since.isBefore(earliest) ? earliest : since).truncatedTo(ChronoUnit.MINUTES);
	}

	private EmulatorResponse batch(ApiCall call) {
		Batch batch = call.environment().find(Batch.class, call.variable("batchId"));
		if (batch == null) {
			throw ApiCall.notFound(true);
		}
		call.authorize("read", "batch:" + batch.id(), "runs");
		return this.feeds.respond(call, new RunsOfBatch(call, batch));
	}

	private static String handle(String what, ApiCall call) {
		return what + "_" + call.environment().changes().revision() + "_"
				+ HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
	}

	private record OneRun(TaskRun run) implements RunFeeds.FeedShape {

		@Override
		public Collection<TaskRun> runs() {
			return List.of(this.run);
		}

		@Override
		public boolean contains(TaskRun run) {
			return run == this.run;
		}

		@Override
		public String handle(@Nullable String known) {
			return (known != null) ? known : "run-" + RunRow.internalId(this.run);
		}

		@Override
		public boolean isSingle() {
			return true;
		}

		@Override
		public boolean isGone() {
			return this.run.environment().run(this.run.id()) == null;
		}

	}

	private record RunsWithTags(ApiCall call, List<String> tags, Instant since) implements RunFeeds.FeedShape {

		@Override
		public Collection<TaskRun> runs() {
			return this.call.environment().runs().stream().filter(this::contains).toList();
		}

		@Override
		public boolean contains(TaskRun run) {
			return !run.createdAt().isBefore(this.since) && run.tags().containsAll(this.tags);
		}

		@Override
		public String handle(@Nullable String known) {
			return (known != null) ? known : RealtimeRoutes.handle("runs_" + this.since.toEpochMilli(), this.call);
		}

	}

	private record RunsOfBatch(ApiCall call, Batch batch) implements RunFeeds.FeedShape {

		@Override
		public Collection<TaskRun> runs() {
			return this.batch.runs().stream().filter(this::contains).toList();
		}

		@Override
		public boolean contains(TaskRun run) {
			// not those that were there before
			return this.batch.id().equals(run.command().batchId());
		}

		@Override
		public String handle(@Nullable String known) {
			// here it is kept in a first request as well
			String sent = (known != null) ? known : RunFeeds.handle(this.call);
			return (sent != null) ? sent : RealtimeRoutes.handle(this.batch.id(), this.call);
		}

		@Override
		public boolean isGone() {
			Environment environment = this.call.environment();
			return environment.find(Batch.class, this.batch.id()) == null;
		}

	}

}
