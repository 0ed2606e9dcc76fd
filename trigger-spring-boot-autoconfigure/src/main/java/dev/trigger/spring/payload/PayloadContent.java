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

package dev.trigger.spring.payload;

import java.io.Serializable;
import java.lang.reflect.Type;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

/**
 * The content of a payload or output, to be read as the type that the application wants.
 * After JSON or Java serialization it is read with Jackson's default settings instead of
 * those of the application.
 *
 * @since 1.0.0
 */
public final class PayloadContent implements Serializable {

	private static final long serialVersionUID = 1L;

	private static final PayloadContent EMPTY = new PayloadContent(null, null);

	private final transient @Nullable JsonMapper mapper;

	private final @Nullable Packet packet;

	PayloadContent(@Nullable JsonMapper mapper, @Nullable Packet packet) {
		this.mapper = mapper;
		this.packet = packet;
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static PayloadContent of(JsonNode tree) {
		return new PayloadContent(null, Packet.of(tree, null));
	}

	/**
	 * Return the value for no content.
	 * @return the empty content
	 */
	public static PayloadContent empty() {
		return EMPTY;
	}

	/**
	 * Return the content as a tree of plain JSON.
	 * @return the tree, {@code null} if there is no content, if it is JSON's
	 * {@code null}, or if it could not be downloaded
	 */
	@JsonValue
	public @Nullable JsonNode tree() {
		JsonNode tree = (this.packet != null) ? this.packet.tree() : null;
		return (tree != null && !Packet.isNothing(tree)) ? tree : null;
	}

	/**
	 * Read the content.
	 * @param <T> the type
	 * @param type the type
	 * @return the value, {@code null} where {@link #tree()} is
	 * @throws dev.trigger.spring.exception.TriggerDecodingException if the content is not
	 * of the type
	 */
	public <T> @Nullable T as(Class<T> type) {
		return read(type);
	}

	/**
	 * Read the content.
	 * @param <T> the type
	 * @param type the type
	 * @return the value, {@code null} where {@link #tree()} is
	 * @throws dev.trigger.spring.exception.TriggerDecodingException if the content is not
	 * of the type
	 */
	public <T> @Nullable T as(ParameterizedTypeReference<T> type) {
		return read(type.getType());
	}

	private <T> @Nullable T read(Type type) {
		JsonMapper reader = (this.mapper != null) ? this.mapper : JsonMapper.shared();
		return (this.packet != null) ? this.packet.read(reader, type) : null;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		if (this == obj) {
			return true;
		}
		JsonNode tree = tree();
		return obj instanceof PayloadContent other
				&& ((tree != null) ? tree.equals(other.tree()) : other.tree() == null);
	}

	@Override
	public int hashCode() {
		JsonNode tree = tree();
		return (tree != null) ? tree.hashCode() : 0;
	}

	/**
	 * Return only whether there is content, since that may be confidential.
	 */
	@Override
	public String toString() {
		return "PayloadContent[" + ((tree() != null) ? "present" : "empty") + "]";
	}

}
