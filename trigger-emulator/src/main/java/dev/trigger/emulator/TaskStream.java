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

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a run, for the task that writes it.
 *
 * @since 1.0.0
 */
public final class TaskStream {

	private final EmulatorState state;

	private final TaskRun run;

	private final String key;

	TaskStream(EmulatorState state, TaskRun run, String key) {
		this.state = state;
		this.run = run;
		this.key = key;
	}

	/**
	 * Write a part.
	 * @param part the part, which becomes JSON
	 * @return this stream
	 */
	public TaskStream append(@Nullable Object part) {
		StreamStore.append(this.state, this.run, this.key, Json.tree(part), null);
		return this;
	}

	/**
	 * Write parts as they come.
	 * @param parts the parts, each of which becomes JSON
	 * @return the number of parts
	 */
	public long pipe(Iterable<?> parts) {
		long count = 0;
		for (Object part : parts) {
			append(part);
			count++;
		}
		return count;
	}

}
