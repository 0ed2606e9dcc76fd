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

package dev.trigger.spring.task;

import java.lang.reflect.Type;
import java.util.function.Consumer;

import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.payload.SerializableTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * A task by its identifier, with the types of its payload and output.
 *
 * @param <P> the type of the payload
 * @param <O> the type of the output
 * @since 1.0.0
 */
public final class TaskType<P extends @Nullable Object, O> {

	private final String id;

	private final Type payloadType;

	private final Type outputType;

	private final TriggerOptions options;

	private TaskType(String id, Type payloadType, Type outputType, TriggerOptions options) {
		Assert.hasText(id, "'id' must not be empty");
		this.id = id;
		this.payloadType = SerializableTypes.of(payloadType);
		this.outputType = SerializableTypes.of(outputType);
		this.options = options;
	}

	/**
	 * Return the type of a task.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param id the identifier of the task, such as {@code send-welcome}
	 * @param payloadType the type of the payload
	 * @param outputType the type of the output, {@link Void} if there is none
	 * @return the type of the task
	 */
	public static <P extends @Nullable Object, O> TaskType<P, O> of(String id, Class<P> payloadType,
			Class<O> outputType) {
		return new TaskType<>(id, payloadType, outputType, TriggerOptions.none());
	}

	/**
	 * Return the type of a task whose payload and output are of generic types, such as
	 * lists.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param id the identifier of the task, such as {@code send-welcome}
	 * @param payloadType the type of the payload
	 * @param outputType the type of the output
	 * @return the type of the task
	 */
	public static <P extends @Nullable Object, O> TaskType<P, O> of(String id,
			ParameterizedTypeReference<P> payloadType, ParameterizedTypeReference<O> outputType) {
		return new TaskType<>(id, payloadType.getType(), outputType.getType(), TriggerOptions.none());
	}

	/**
	 * Return the type of a task whose output is of a generic type, such as a list.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param id the identifier of the task, such as {@code send-welcome}
	 * @param payloadType the type of the payload
	 * @param outputType the type of the output
	 * @return the type of the task
	 */
	public static <P extends @Nullable Object, O> TaskType<P, O> of(String id, Class<P> payloadType,
			ParameterizedTypeReference<O> outputType) {
		return new TaskType<>(id, payloadType, outputType.getType(), TriggerOptions.none());
	}

	/**
	 * Return the type of a task whose payload is of a generic type, such as a list.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param id the identifier of the task, such as {@code send-welcome}
	 * @param payloadType the type of the payload
	 * @param outputType the type of the output, {@link Void} if there is none
	 * @return the type of the task
	 */
	public static <P extends @Nullable Object, O> TaskType<P, O> of(String id,
			ParameterizedTypeReference<P> payloadType, Class<O> outputType) {
		return new TaskType<>(id, payloadType.getType(), outputType, TriggerOptions.none());
	}

	/**
	 * Return this type with other options for all of its runs. A call may override them.
	 * @param options the options
	 * @return the new type
	 */
	public TaskType<P, O> with(TriggerOptions options) {
		return new TaskType<>(this.id, this.payloadType, this.outputType, options);
	}

	/**
	 * Return this type with changed options for all of its runs. A call may override
	 * them.
	 * @param options changes the options
	 * @return the new type
	 */
	public TaskType<P, O> with(Consumer<TriggerOptions.Builder> options) {
		return with(this.options.with(options));
	}

	/**
	 * Return an item of a batch that runs this task.
	 * @param payload the payload
	 * @return the item, with the options of the task
	 */
	public BatchItem item(P payload) {
		return BatchItem.of(this.id, payload).with(this.options).withPayloadType(this.payloadType);
	}

	/**
	 * Return an item of a batch that runs this task.
	 * @param payload the payload
	 * @param options changes the options of the task for this run
	 * @return the item
	 */
	public BatchItem item(P payload, Consumer<TriggerOptions.Builder> options) {
		return item(payload).with(this.options.with(options));
	}

	/**
	 * Return the identifier of the task.
	 * @return the identifier
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the type that payloads are declared with. Its type arguments decide whether
	 * the elements of a payload are written with a type id.
	 * @return the type
	 */
	public Type payloadType() {
		return this.payloadType;
	}

	/**
	 * Return the type of the output.
	 * @return the type
	 */
	public Type outputType() {
		return this.outputType;
	}

	/**
	 * Return the options for all of its runs.
	 * @return the options
	 */
	public TriggerOptions options() {
		return this.options;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof TaskType<?, ?> other && this.id.equals(other.id)
				&& this.outputType.equals(other.outputType));
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	@Override
	public String toString() {
		return this.id;
	}

}
