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

import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

/**
 * What shall change of a run's metadata: all of it, or entries one by one. Entries can
 * also be changed of the run that triggered it, and of the one at the top.
 *
 * @since 1.0.0
 */
public final class MetadataUpdate {

	private final @Nullable Object replacement;

	private final List<Operation> operations;

	private MetadataUpdate(@Nullable Object replacement, List<Operation> operations) {
		this.replacement = replacement;
		this.operations = operations;
	}

	/**
	 * Return an update that replaces all metadata. It is safe to repeat.
	 * @param metadata an object that is written as a JSON object, such as a map or a
	 * record; 256 KiB at most
	 * @return the update
	 */
	public static MetadataUpdate replaceWith(Object metadata) {
		return new MetadataUpdate(metadata, List.of());
	}

	/**
	 * Return an update that changes nothing yet.
	 * @return the update
	 */
	public static MetadataUpdate changes() {
		return new MetadataUpdate(null, List.of());
	}

	/**
	 * Return this update with an entry that is set.
	 * @param key the name of the entry
	 * @param value its value
	 * @return the new update
	 */
	public MetadataUpdate set(String key, @Nullable Object value) {
		return with(Target.RUN, "set", key, value, true);
	}

	/**
	 * Return this update with an entry that is deleted.
	 * @param key the name of the entry
	 * @return the new update
	 */
	public MetadataUpdate delete(String key) {
		return with(Target.RUN, "delete", key, null, false);
	}

	/**
	 * Return this update with a value that is appended to an entry, a list.
	 * @param key the name of the entry
	 * @param value the value
	 * @return the new update
	 */
	public MetadataUpdate append(String key, Object value) {
		return with(Target.RUN, "append", key, value, true);
	}

	/**
	 * Return this update with a value that is removed from an entry, a list.
	 * @param key the name of the entry
	 * @param value the value
	 * @return the new update
	 */
	public MetadataUpdate remove(String key, Object value) {
		return with(Target.RUN, "remove", key, value, true);
	}

	/**
	 * Return this update with a number that is added to an entry.
	 * @param key the name of the entry
	 * @param amount the number, which may be negative
	 * @return the new update
	 */
	public MetadataUpdate increment(String key, double amount) {
		return with(Target.RUN, "increment", key, amount, true);
	}

	/**
	 * Return this update for the metadata of another run in place of the run's own.
	 * Changes that were added before and after go to the same one.
	 * @param target whose metadata is changed
	 * @return the new update
	 */
	public MetadataUpdate of(Target target) {
		return new MetadataUpdate(this.replacement,
				this.operations.stream().map((operation) -> operation.of(target)).toList());
	}

	/**
	 * Return this update together with another one.
	 * @param other the other update
	 * @return the new update
	 */
	public MetadataUpdate and(MetadataUpdate other) {
		List<Operation> all = new ArrayList<>(this.operations);
		all.addAll(other.operations);
		return new MetadataUpdate((other.replacement != null) ? other.replacement : this.replacement, List.copyOf(all));
	}

	private MetadataUpdate with(Target target, String type, String key, @Nullable Object value, boolean hasValue) {
		List<Operation> all = new ArrayList<>(this.operations);
		all.add(new Operation(target, type, key, value, hasValue));
		return new MetadataUpdate(this.replacement, List.copyOf(all));
	}

	/**
	 * Whether a second arrival changes nothing: a replacement, an entry that is set or
	 * deleted.
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
	 * Whose metadata is changed.
	 */
	public enum Target {

		/**
		 * That of the run.
		 */
		RUN("operations"),

		/**
		 * That of the run that triggered it.
		 */
		PARENT("parentOperations"),

		/**
		 * That of the run at the top.
		 */
		ROOT("rootOperations");

		private final String property;

		Target(String property) {
			this.property = property;
		}

	}

	/**
	 * A change of one entry.
	 *
	 * @param target whose metadata is changed
	 * @param type the kind of change
	 * @param key the name of the entry
	 * @param value the value
	 * @param hasValue whether there is a value
	 */
	private record Operation(Target target, String type, String key, @Nullable Object value, boolean hasValue) {

		Operation of(Target other) {
			return new Operation(other, this.type, this.key, this.value, this.hasValue);
		}

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
