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

package dev.trigger.spring.batch;

import java.lang.reflect.Type;
import java.util.function.Supplier;

import dev.trigger.spring.run.RunHandle;
import org.jspecify.annotations.Nullable;

/**
 * What making a batch returns.
 *
 * @param <O> the type of the runs' outputs
 * @since 1.0.0
 */
public final class BatchHandle<O> {

	private final String id;

	private final int runCount;

	private final boolean cached;

	private final Type outputType;

	private final Supplier<@Nullable String> publicAccessToken;

	/**
	 * Create a handle.
	 * @param id the id of the batch
	 * @param runCount how many runs it has
	 * @param cached whether the batch was there already
	 * @param outputType the type of the runs' outputs
	 * @param publicAccessToken supplies the token that reads the batch
	 */
	public BatchHandle(String id, int runCount, boolean cached, Type outputType,
			Supplier<@Nullable String> publicAccessToken) {
		this.id = id;
		this.runCount = runCount;
		this.cached = cached;
		this.outputType = outputType;
		this.publicAccessToken = publicAccessToken;
	}

	/**
	 * Return the id of the batch.
	 * @return the id, {@code batch_…}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return how many runs the batch has.
	 * @return the number of runs
	 */
	public int runCount() {
		return this.runCount;
	}

	/**
	 * Return whether the batch was there already, found by its idempotency key.
	 * @return {@code true} if no batch was made
	 */
	public boolean isCached() {
		return this.cached;
	}

	/**
	 * Return the type of the runs' outputs.
	 * @return the type
	 */
	public Type outputType() {
		return this.outputType;
	}

	/**
	 * Return the handle of one of the runs, whose ids the batch tells when it is
	 * retrieved.
	 * @param runId the id of the run
	 * @return the handle
	 */
	public RunHandle<O> run(String runId) {
		return new RunHandle<>(runId, false, this.outputType, () -> null);
	}

	/**
	 * Return a token with which a browser can read this batch for an hour.
	 * @return the token, {@code null} if the credential of the call can't make one
	 */
	public @Nullable String publicAccessToken() {
		return this.publicAccessToken.get();
	}

	/**
	 * Return this handle for runs whose outputs are of another type.
	 * @param <T> the type of the outputs
	 * @param outputType the type of the outputs
	 * @return the handle
	 */
	public <T> BatchHandle<T> withOutputType(Type outputType) {
		return new BatchHandle<>(this.id, this.runCount, this.cached, outputType, this.publicAccessToken);
	}

	@Override
	public String toString() {
		return "BatchHandle[id=" + this.id + ", runCount=" + this.runCount + "]";
	}

}
