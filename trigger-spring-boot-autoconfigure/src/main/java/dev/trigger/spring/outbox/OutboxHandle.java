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

package dev.trigger.spring.outbox;

import java.io.Serializable;
import java.lang.reflect.Type;

import dev.trigger.spring.payload.SerializableTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The id of a trigger that was written to the outbox, and the type of the output of its
 * run.
 *
 * @param <O> the type of the output
 * @since 1.0.0
 */
public final class OutboxHandle<O> implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String id;

	@SuppressWarnings("serial") // it is one of SerializableTypes
	private final Type outputType;

	/**
	 * Create a handle.
	 * @param id the id of the trigger
	 * @param outputType the type of the output
	 */
	public OutboxHandle(String id, Type outputType) {
		Assert.hasText(id, "'id' must not be empty");
		this.id = id;
		this.outputType = SerializableTypes.of(outputType);
	}

	/**
	 * Return the id of the trigger, which is not that of its run.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the tag that the run has, and by which it can be found.
	 * @return the tag
	 */
	public String tag() {
		return OutboxEntry.tag(this.id);
	}

	/**
	 * Return the type of the output.
	 * @return the type
	 */
	public Type outputType() {
		return this.outputType;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof OutboxHandle<?> other && this.id.equals(other.id)
				&& this.outputType.equals(other.outputType));
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	@Override
	public String toString() {
		return "OutboxHandle[id=" + this.id + "]";
	}

}
