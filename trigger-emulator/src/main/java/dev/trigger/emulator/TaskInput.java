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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.RunWaits;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An input stream of a run, for the task that reads it. Each value is returned once, the
 * oldest first, including those that were sent before the task began to read.
 *
 * @since 1.0.0
 */
public final class TaskInput {

	private final EmulatorState state;

	private final TaskRun run;

	private final String key;

	private final StreamLog log;

	private long next;

	TaskInput(EmulatorState state, TaskRun run, String key) {
		this.state = state;
		this.run = run;
		this.key = key;
		this.log = StreamStore.input(state, run, key);
	}

	/**
	 * Return the next value, as soon as somebody has sent it. While the task waits, its
	 * run has the status {@code WAITING}.
	 * @param <T> the type of the value
	 * @param type the type of the value
	 * @return the value, {@code null} for a JSON null
	 * @throws InterruptedException if the run is canceled meanwhile
	 */
	public <T> @Nullable T next(Class<T> type) throws InterruptedException {
		RunWaits.await(this.state, this.run, this::hasNext, null);
		return read(type);
	}

	/**
	 * Return the next value, as soon as somebody has sent it.
	 * @param <T> the type of the value
	 * @param type the type of the value
	 * @param timeout how long to wait, by the time of the emulator
	 * @return the value, {@code null} for a JSON null
	 * @throws InterruptedException if the run is canceled meanwhile
	 * @throws TimeoutException if nobody has sent a value in that time
	 */
	public <T> @Nullable T next(Class<T> type, Duration timeout) throws InterruptedException, TimeoutException {
		if (!RunWaits.await(this.state, this.run, this::hasNext, this.state.now().plus(timeout))) {
			throw new TimeoutException("Nothing was sent to the input '" + this.key + "' in " + timeout);
		}
		return read(type);
	}

	private boolean hasNext() {
		return this.log.size() > this.next;
	}

	private <T> @Nullable T read(Class<T> type) {
		StreamLog.StreamRecord entry = this.log.from(this.next, 1).get(0);
		// the oldest may be gone: those that are kept begin at a number of their own
		this.next = entry.seq() + 1;
		JsonNode data = entry.data();
		JsonNode value = (data != null && data.isString()) ? Json.parse(data.asString()) : null;
		return (value == null || value.isNull()) ? null : this.state.types().read(value, type);
	}

}
