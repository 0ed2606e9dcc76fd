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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Changes to the metadata of a run, and of its parent and root run.
 *
 * @since 1.0.0
 */
public final class MetadataUpdateOptions {

	private final @Nullable Object replacement;

	private final List<Operation> operations;

	private MetadataUpdateOptions(Builder builder) {
		this.replacement = builder.replacement;
		this.operations = List.copyOf(builder.operations);
	}

	/**
	 * Return the changes that a customizer sets.
	 * @param customizer sets the changes, which are applied in this order
	 * @return the changes
	 * @throws IllegalArgumentException if the metadata of the run are replaced and
	 * changed as well
	 */
	public static MetadataUpdateOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder(Target.RUN, new ArrayList<>());
		customizer.accept(builder);
		Assert.isTrue(
				builder.replacement == null
						|| builder.operations.stream().noneMatch((operation) -> operation.target() == Target.RUN),
				"'replace' and other changes of the same run exclude each other, since the server would not replace: "
						+ "put the values into the replacement, or make an update of their own");
		return new MetadataUpdateOptions(builder);
	}

	/**
	 * Return whether the changes can be applied twice without harm.
	 */
	boolean isRepeatable() {
		return this.operations.stream()
			.allMatch((operation) -> operation.type().equals("set") || operation.type().equals("delete"));
	}

	Map<String, Object> toBody(PayloadCodec payloads) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (this.replacement != null) {
			body.put("metadata", payloads.json(this.replacement));
		}
		for (Target target : Target.values()) {
			List<Map<String, Object>> operations = this.operations.stream()
				.filter((operation) -> operation.target() == target)
				.map((operation) -> operation.toBody(payloads))
				.toList();
			if (!operations.isEmpty()) {
				body.put(target.property, operations);
			}
		}
		return body;
	}

	/**
	 * Builds {@link MetadataUpdateOptions}.
	 */
	public static final class Builder {

		private final Target target;

		private final List<Operation> operations;

		private @Nullable Object replacement;

		private Builder(Target target, List<Operation> operations) {
			this.target = target;
			this.operations = operations;
		}

		/**
		 * Replace all metadata of the run, which excludes other changes of the run
		 * itself.
		 * @param metadata an object that is written as a JSON object
		 * @return this builder
		 */
		public Builder replace(Object metadata) {
			Assert.isTrue(this.target == Target.RUN, "Only the metadata of the run itself can be replaced");
			this.replacement = InputRules.notNull("metadata", metadata);
			return this;
		}

		/**
		 * Set a value.
		 * @param key the key
		 * @param value the value
		 * @return this builder
		 */
		public Builder set(String key, @Nullable Object value) {
			return add("set", key, value, true);
		}

		/**
		 * Delete a value.
		 * @param key the key
		 * @return this builder
		 */
		public Builder delete(String key) {
			return add("delete", key, null, false);
		}

		/**
		 * Append an element to a list.
		 * @param key the key of the list
		 * @param value the element
		 * @return this builder
		 */
		public Builder append(String key, Object value) {
			return add("append", key, InputRules.notNull("value", value), true);
		}

		/**
		 * Remove an element from a list.
		 * @param key the key of the list
		 * @param value the element
		 * @return this builder
		 */
		public Builder remove(String key, Object value) {
			return add("remove", key, InputRules.notNull("value", value), true);
		}

		/**
		 * Increment a number.
		 * @param key the key of the number
		 * @param amount the amount, negative to decrement
		 * @return this builder
		 */
		public Builder increment(String key, double amount) {
			return add("increment", key, amount, true);
		}

		/**
		 * Change the metadata of the parent run.
		 * @param changes sets the changes
		 * @return this builder
		 */
		public Builder parent(Consumer<Builder> changes) {
			changes.accept(new Builder(Target.PARENT, this.operations));
			return this;
		}

		/**
		 * Change the metadata of the root run.
		 * @param changes sets the changes
		 * @return this builder
		 */
		public Builder root(Consumer<Builder> changes) {
			changes.accept(new Builder(Target.ROOT, this.operations));
			return this;
		}

		private Builder add(String type, String key, @Nullable Object value, boolean hasValue) {
			this.operations.add(new Operation(this.target, type, InputRules.notNull("key", key), value, hasValue));
			return this;
		}

	}

	/**
	 * Whose metadata change.
	 */
	private enum Target {

		RUN("operations"),

		PARENT("parentOperations"),

		ROOT("rootOperations");

		private final String property;

		Target(String property) {
			this.property = property;
		}

	}

	/**
	 * One change.
	 *
	 * @param target whose metadata change
	 * @param type the type of the change
	 * @param key the key
	 * @param value the value
	 * @param hasValue whether there is a value, which may be {@code null}
	 */
	private record Operation(Target target, String type, String key, @Nullable Object value, boolean hasValue) {

		Map<String, Object> toBody(PayloadCodec payloads) {
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("type", this.type);
			body.put("key", this.key);
			if (this.hasValue) {
				body.put("value", payloads.json(this.value));
			}
			return body;
		}

	}

}
