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

package dev.trigger.spring.test;

import java.util.concurrent.ThreadLocalRandom;

import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.run.RunHandle;

/**
 * Handles for tests that replace the client with a mock: what triggering a task or a
 * batch returns.
 *
 * @since 1.0.0
 * @see Runs
 */
public final class Handles {

	private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

	private Handles() {
	}

	/**
	 * Return the handle of a new run.
	 * @param <O> the type of the output
	 * @param outputType the type of the output
	 * @return a handle with a random id
	 */
	public static <O> RunHandle<O> run(Class<O> outputType) {
		return run(randomRunId(), outputType);
	}

	/**
	 * Return the handle of a new run.
	 * @param <O> the type of the output
	 * @param id the id of the run
	 * @param outputType the type of the output
	 * @return the handle
	 */
	public static <O> RunHandle<O> run(String id, Class<O> outputType) {
		return new RunHandle<>(id, false, outputType, () -> null);
	}

	/**
	 * Return the handle of an existing run that was found by its idempotency key.
	 * @param <O> the type of the output
	 * @param id the id of the run
	 * @param outputType the type of the output
	 * @return the handle
	 */
	public static <O> RunHandle<O> cachedRun(String id, Class<O> outputType) {
		return new RunHandle<>(id, true, outputType, () -> null);
	}

	/**
	 * Return the handle of a new batch.
	 * @param <O> the type of the outputs
	 * @param runCount the number of runs
	 * @param outputType the type of the outputs
	 * @return a handle with a random id
	 */
	public static <O> BatchHandle<O> batch(int runCount, Class<O> outputType) {
		return new BatchHandle<>("batch_" + random(21), runCount, false, outputType, () -> null);
	}

	static String randomRunId() {
		return "run_" + random(25);
	}

	private static String random(int length) {
		StringBuilder text = new StringBuilder(length);
		ThreadLocalRandom.current()
			.ints(length, 0, CHARACTERS.length())
			.forEach((index) -> text.append(CHARACTERS.charAt(index)));
		return text.toString();
	}

}
