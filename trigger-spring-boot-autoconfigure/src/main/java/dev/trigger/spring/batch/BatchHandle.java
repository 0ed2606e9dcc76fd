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

import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.payload.HandleDeserializer;
import dev.trigger.spring.payload.SerializableTypes;
import dev.trigger.spring.run.RunHandle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.util.Assert;

/**
 * The id of a batch, and the type of its runs' outputs.
 * <p>
 * A handle can be kept, as JSON and by Java serialization; its public access token is not
 * part of it. JSON doesn't name the type of the outputs either: Jackson 3 takes it from
 * the type that is read, such as {@code BatchHandle<Receipt>}.
 *
 * @param <O> the type of the runs' outputs
 * @since 1.0.0
 */
@JsonAutoDetect(getterVisibility = JsonAutoDetect.Visibility.NONE, isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonDeserialize(using = BatchHandle.Deserializer.class)
public final class BatchHandle<O> implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String id;

	private final int runCount;

	private final boolean cached;

	@SuppressWarnings("serial") // it is one of SerializableTypes
	private final Type outputType;

	private final transient @Nullable Supplier<@Nullable String> publicAccessToken;

	/**
	 * Create a handle.
	 * @param id the id of the batch
	 * @param runCount how many runs it has
	 * @param cached whether the batch already existed
	 * @param outputType the type of the runs' outputs
	 * @param publicAccessToken supplies the token that reads the batch, {@code null} for
	 * none
	 */
	public BatchHandle(String id, int runCount, boolean cached, Type outputType,
			@Nullable Supplier<@Nullable String> publicAccessToken) {
		Assert.hasText(id, "'id' must not be empty");
		this.id = id;
		this.runCount = runCount;
		this.cached = cached;
		this.outputType = SerializableTypes.of(outputType);
		this.publicAccessToken = publicAccessToken;
	}

	@JsonCreator
	static BatchHandle<Object> of(@JsonProperty("id") String id, @JsonProperty("runCount") int runCount,
			@JsonProperty("cached") boolean cached) {
		return new BatchHandle<>(id, runCount, cached, Object.class, null);
	}

	/**
	 * Return the id of the batch.
	 * @return the id, {@code batch_…}
	 */
	@JsonProperty("id")
	public String id() {
		return this.id;
	}

	/**
	 * Return how many runs the batch has.
	 * @return the number of runs
	 */
	@JsonProperty("runCount")
	public int runCount() {
		return this.runCount;
	}

	/**
	 * Return whether the batch already existed, found by its idempotency key.
	 * @return {@code true} if no batch was created
	 */
	@JsonProperty("cached")
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
	 * Return the handle of one of the runs, whose ids the batch contains when it is
	 * retrieved.
	 * @param runId the id of the run
	 * @return the handle
	 */
	public RunHandle<O> run(String runId) {
		return new RunHandle<O>(runId, false, this.outputType, null).inBatch(this.id);
	}

	/**
	 * Return a token with which a browser can read this batch for an hour.
	 * @return the token, {@code null} if the credential of the call can't sign one, or if
	 * the handle was read from JSON or deserialized
	 */
	public @Nullable String publicAccessToken() {
		return (this.publicAccessToken != null) ? this.publicAccessToken.get() : null;
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

	/**
	 * Return this handle without its token, which refers to the response.
	 */
	BatchHandle<O> withoutToken() {
		return new BatchHandle<>(this.id, this.runCount, this.cached, this.outputType, null);
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof BatchHandle<?> other && this.id.equals(other.id)
				&& this.outputType.equals(other.outputType));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.id, this.outputType);
	}

	@Override
	public String toString() {
		return "BatchHandle[id=" + this.id + ", runCount=" + this.runCount + "]";
	}

	/**
	 * Reads a handle.
	 */
	static final class Deserializer extends HandleDeserializer<BatchHandle<?>> {

		Deserializer() {
			super((tree, outputType) -> of(text(tree, "id"), tree.path("runCount").asInt(0),
					tree.path("cached").asBoolean(false))
				.withOutputType(outputType));
		}

	}

}
