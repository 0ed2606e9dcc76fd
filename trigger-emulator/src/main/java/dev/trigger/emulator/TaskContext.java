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

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The run that an emulated task executes.
 *
 * @since 1.0.0
 */
public interface TaskContext {

	/**
	 * Return the identifier of the run.
	 * @return the identifier, {@code run_} and 25 characters
	 */
	String runId();

	/**
	 * Return the number of the attempt.
	 * @return 1 for the first
	 */
	int attempt();

	/**
	 * Return the environment.
	 * @return {@code dev}, {@code stg}, {@code preview} or {@code prod}
	 */
	String environment();

	/**
	 * Return the branch of the environment.
	 * @return the branch, or {@code null} outside a branch
	 */
	@Nullable String branch();

	/**
	 * Return the tags of the run.
	 * @return a copy
	 */
	Set<String> tags();

	/**
	 * Return the metadata of the run.
	 * @return a copy
	 */
	Map<String, @Nullable Object> metadata();

	/**
	 * Change the metadata of the run, at once and visible to everybody.
	 * @param name the name of the entry
	 * @param value its value, which becomes JSON
	 */
	void setMetadata(String name, @Nullable Object value);

	/**
	 * Return the environment variables, with those of the branch over those of its
	 * parent.
	 * @return a copy
	 */
	Map<String, String> environmentVariables();

}
