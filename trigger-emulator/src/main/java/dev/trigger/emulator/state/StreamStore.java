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

import java.util.List;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where streams of runs and channels of sessions are found.
 *
 * @since 1.0.0
 */
public final class StreamStore {

	private static final String INPUT = "$trigger.input:";

	/**
	 * The first version keeps about as many.
	 */
	private static final int CAPACITY_V1 = 1_000;

	private static final int CAPACITY_V2 = 1_000_000;

	private StreamStore() {
	}

	/**
	 * Return a stream of a run, which comes into being by that.
	 * @param state the state
	 * @param run the run
	 * @param key the name of the stream
	 * @return the stream
	 */
	public static StreamLog stream(EmulatorState state, TaskRun run, String key) {
		int capacity = run.streamsVersion().equals("v2") ? CAPACITY_V2 : CAPACITY_V1;
		return find(state, run.environment(), run.id() + "/" + key, capacity);
	}

	/**
	 * Return the stream that a task writes to line by line, which comes into being by
	 * that. For a run of the second version it is none of those that are read.
	 * @param state the state
	 * @param run the run
	 * @param key the name of the stream
	 * @return the stream
	 */
	public static StreamLog ingested(EmulatorState state, TaskRun run, String key) {
		return run.streamsVersion().equals("v2")
				? find(state, run.environment(), "ingested/" + run.id() + "/" + key, CAPACITY_V1)
				: stream(state, run, key);
	}

	/**
	 * Return an input stream of a run, which comes into being by that.
	 * @param state the state
	 * @param run the run
	 * @param key the name of the stream
	 * @return the stream
	 */
	public static StreamLog input(EmulatorState state, TaskRun run, String key) {
		return stream(state, run, INPUT + key);
	}

	/**
	 * Return a channel of a session, which comes into being by that.
	 * @param state the state
	 * @param environment the environment
	 * @param session the external identifier of the session, or else its identifier
	 * @param channel such as {@code out}
	 * @return the channel
	 */
	public static StreamLog channel(EmulatorState state, Environment environment, String session, String channel) {
		return find(state, environment, "sessions/" + session + "/" + channel, CAPACITY_V2);
	}

	/**
	 * Add a part to a stream of a run, which the run then shows to have.
	 * @param state the state
	 * @param run the run
	 * @param key the name of the stream
	 * @param data the part
	 * @param partId the id of the part, {@code null} for a random one
	 */
	public static void append(EmulatorState state, TaskRun run, String key, JsonNode data, @Nullable String partId) {
		synchronized (state) {
			run.addStream(key, state.now());
			stream(state, run, key).append(data, (partId != null) ? partId : state.ids().random(7), List.of());
		}
	}

	/**
	 * Send a value to an input stream of a run.
	 * @param state the state
	 * @param run the run
	 * @param key the name of the stream
	 * @param part the JSON of the value as text, missing if there is none
	 * @param partId the id of the part
	 */
	public static void send(EmulatorState state, TaskRun run, String key, JsonNode part, String partId) {
		synchronized (state) {
			input(state, run, key).append(part, partId, List.of());
		}
	}

	/**
	 * Return the id of a part that is sent to an input stream.
	 * @param state the state
	 * @return a new id
	 */
	public static String inputId(EmulatorState state) {
		return "inp_" + state.ids().hex(12);
	}

	private static StreamLog find(EmulatorState state, Environment environment, String name, int capacity) {
		synchronized (state) {
			return environment.all(StreamLog.class).computeIfAbsent(name, (key) -> new StreamLog(state, capacity));
		}
	}

}
