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
import java.util.function.Consumer;

import dev.trigger.spring.options.TriggerOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A run to trigger as part of a batch.
 *
 * @param task the identifier of the task
 * @param payload the payload
 * @param hasPayload whether there is a payload: one that is {@code null} is not the same
 * as none
 * @param options the options for triggering the run
 * @param payloadType the type that the payload is declared with, whose type arguments
 * decide whether elements are written with a type id; {@code null} if it is not known
 * @since 1.0.0
 */
public record BatchItem(String task, @Nullable Object payload, boolean hasPayload, TriggerOptions options,
		@Nullable Type payloadType) {

	/**
	 * Create an item.
	 */
	public BatchItem {
		Assert.hasText(task, "'task' must not be empty");
	}

	/**
	 * Create an item whose payload has no declared type.
	 * @param task the identifier of the task
	 * @param payload the payload
	 * @param hasPayload whether there is a payload
	 * @param options the options of the run
	 */
	public BatchItem(String task, @Nullable Object payload, boolean hasPayload, TriggerOptions options) {
		this(task, payload, hasPayload, options, null);
	}

	/**
	 * Return an item with a payload.
	 * @param task the identifier of the task
	 * @param payload the payload: a {@link String} goes as text, everything else as JSON
	 * @return the item
	 */
	public static BatchItem of(String task, @Nullable Object payload) {
		return new BatchItem(task, payload, true, TriggerOptions.none());
	}

	/**
	 * Return an item without a payload.
	 * @param task the identifier of the task
	 * @return the item
	 */
	public static BatchItem withoutPayload(String task) {
		return new BatchItem(task, null, false, TriggerOptions.none());
	}

	/**
	 * Return this item with changed options.
	 * @param options changes the options for triggering the run
	 * @return the new item
	 */
	public BatchItem with(Consumer<TriggerOptions.Builder> options) {
		return with(this.options.with(options));
	}

	/**
	 * Return this item with options, instead of those it has.
	 * @param options the options for triggering the run
	 * @return the new item
	 */
	public BatchItem with(TriggerOptions options) {
		return new BatchItem(this.task, this.payload, this.hasPayload, options, this.payloadType);
	}

	/**
	 * Return this item with the type that its payload is declared with.
	 * @param payloadType the type, such as that of a {@code List<Message>}
	 * @return the new item
	 */
	public BatchItem withPayloadType(Type payloadType) {
		return new BatchItem(this.task, this.payload, this.hasPayload, this.options, payloadType);
	}

	/**
	 * Return the task only: payloads don't belong in logs.
	 */
	@Override
	public String toString() {
		return "BatchItem[task=" + this.task + "]";
	}

}
