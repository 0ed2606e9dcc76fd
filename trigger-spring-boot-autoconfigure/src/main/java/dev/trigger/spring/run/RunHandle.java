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

package dev.trigger.spring.run;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.payload.HandleDeserializer;
import dev.trigger.spring.payload.SerializableTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * The id of a run, and the type of its output.
 * <p>
 * A handle can be kept, as JSON and by Java serialization; its public access token is not
 * part of it. JSON doesn't name the type of the output either: Jackson 3 takes it from
 * the type that is read, such as {@code RunHandle<Receipt>}. The id is all that needs to
 * be kept: {@link #of(String, Class)} creates a handle from it again.
 *
 * @param <O> the type of the output
 * @since 1.0.0
 */
@JsonAutoDetect(getterVisibility = JsonAutoDetect.Visibility.NONE, isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonDeserialize(using = RunHandle.Deserializer.class)
public final class RunHandle<O> implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String id;

	private final boolean cached;

	@SuppressWarnings("serial") // it is one of SerializableTypes
	private final Type outputType;

	private final transient @Nullable Supplier<@Nullable String> publicAccessToken;

	private final transient @Nullable String batchId;

	/**
	 * Create a handle.
	 * @param id the id of the run
	 * @param cached whether the run already existed, found by its idempotency key
	 * @param outputType the type of the output
	 * @param publicAccessToken supplies the token that reads the run, {@code null} for
	 * none
	 */
	public RunHandle(String id, boolean cached, Type outputType,
			@Nullable Supplier<@Nullable String> publicAccessToken) {
		this(id, cached, outputType, publicAccessToken, null);
	}

	private RunHandle(String id, boolean cached, Type outputType,
			@Nullable Supplier<@Nullable String> publicAccessToken, @Nullable String batchId) {
		Assert.hasText(id, "'id' must not be empty");
		this.id = id;
		this.cached = cached;
		this.outputType = SerializableTypes.of(outputType);
		this.publicAccessToken = publicAccessToken;
		this.batchId = batchId;
	}

	/**
	 * Return the handle of a run of which only the id is known.
	 * @param <O> the type of the output
	 * @param id the id of the run
	 * @param outputType the type of the output
	 * @return the handle, without a public access token
	 */
	public static <O> RunHandle<O> of(String id, Class<O> outputType) {
		return new RunHandle<>(id, false, outputType, null);
	}

	/**
	 * Return the handle of a run whose output is of a generic type.
	 * @param <O> the type of the output
	 * @param id the id of the run
	 * @param outputType the type of the output
	 * @return the handle, without a public access token
	 */
	public static <O> RunHandle<O> of(String id, ParameterizedTypeReference<O> outputType) {
		return new RunHandle<>(id, false, outputType.getType(), null);
	}

	/**
	 * Return this handle for a run that belongs to a batch. Waits for runs of one batch
	 * share what the server pushes of it. The batch is not part of JSON or of a
	 * serialized handle.
	 * @param batchId the id of the batch
	 * @return the handle
	 */
	public RunHandle<O> inBatch(String batchId) {
		Assert.hasText(batchId, "'batchId' must not be empty");
		return new RunHandle<>(this.id, this.cached, this.outputType, this.publicAccessToken, batchId);
	}

	/**
	 * Return this handle for a run whose output is of another type.
	 * @param <T> the type of the output
	 * @param outputType the type of the output
	 * @return the handle
	 */
	public <T> RunHandle<T> withOutputType(Type outputType) {
		return new RunHandle<>(this.id, this.cached, outputType, this.publicAccessToken, this.batchId);
	}

	@Nullable String batchId() {
		return this.batchId;
	}

	@JsonCreator
	static RunHandle<Object> of(@JsonProperty("id") String id, @JsonProperty("cached") boolean cached) {
		return new RunHandle<>(id, cached, Object.class, null);
	}

	/**
	 * Return the id of the run.
	 * @return the id, {@code run_…}
	 */
	@JsonProperty("id")
	public String id() {
		return this.id;
	}

	/**
	 * Return whether the run already existed, found by its idempotency key.
	 * @return {@code true} if no run was created
	 */
	@JsonProperty("cached")
	public boolean isCached() {
		return this.cached;
	}

	/**
	 * Return the type of the output.
	 * @return the type
	 */
	public Type outputType() {
		return this.outputType;
	}

	/**
	 * Return a token with which a browser can read this run for an hour.
	 * @return the token, {@code null} if the credential of the call can't sign one, or if
	 * the handle was read from JSON or deserialized
	 */
	public @Nullable String publicAccessToken() {
		return (this.publicAccessToken != null) ? this.publicAccessToken.get() : null;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof RunHandle<?> other && this.id.equals(other.id)
				&& this.outputType.equals(other.outputType));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.id, this.outputType);
	}

	@Override
	public String toString() {
		return "RunHandle[id=" + this.id + ", cached=" + this.cached + "]";
	}

	/**
	 * Reads a handle.
	 */
	static final class Deserializer extends HandleDeserializer<RunHandle<?>> {

		Deserializer() {
			super((tree, outputType) -> new RunHandle<>(text(tree, "id"), tree.path("cached").asBoolean(false),
					outputType, null));
		}

	}

}
