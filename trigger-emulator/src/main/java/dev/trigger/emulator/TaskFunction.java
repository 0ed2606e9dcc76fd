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

import org.jspecify.annotations.Nullable;

/**
 * What an emulated task does with its payload, knowing its run.
 *
 * @param <P> the type of the payload
 * @since 1.0.0
 */
@FunctionalInterface
public interface TaskFunction<P> {

	/**
	 * Execute one attempt. An {@link Error} that it throws ends the run as
	 * {@code CRASHED}, without the attempts that are left.
	 * @param payload the payload, {@code null} when the run has none
	 * @param context the run and its surroundings
	 * @return the output, which becomes JSON, or {@code null} for none
	 * @throws Exception when the attempt fails
	 */
	@Nullable Object apply(P payload, TaskContext context) throws Exception;

}
