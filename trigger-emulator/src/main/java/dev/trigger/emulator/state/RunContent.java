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

package dev.trigger.emulator.state;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run was asked for, and what of it has changed: its tags and metadata.
 *
 * @since 1.0.0
 */
public final class RunContent {

	/**
	 * What a later trigger of a debounced run takes over, beside its payload.
	 */
	private static final List<String> REPLACED = List.of("payloadType", "metadata", "metadataType", "tags",
			"maxAttempts", "maxDuration", "machine");

	private final TriggerCommand command;

	/**
	 * The metadata and the tags if they have changed, {@code null} for those that the
	 * command has.
	 */
	private final byte @Nullable [] metadata;

	private final @Nullable List<String> tags;

	private RunContent(TriggerCommand command, byte @Nullable [] metadata, @Nullable List<String> tags) {
		this.command = command;
		this.metadata = metadata;
		this.tags = tags;
	}

	static RunContent of(TriggerCommand command) {
		return new RunContent(command, null, null);
	}

	/**
	 * Return the command that triggered the run.
	 * @return the command
	 */
	public TriggerCommand command() {
		return this.command;
	}

	/**
	 * Return the tags.
	 * @return the tags in the order in which they were added
	 */
	public List<String> tags() {
		return (this.tags != null) ? this.tags : this.command.tags();
	}

	/**
	 * Return the metadata.
	 * @return a tree of its own, a JSON null for none
	 */
	public JsonNode metadata() {
		return (this.metadata != null) ? PackedJson.unpack(this.metadata) : this.command.metadata();
	}

	/**
	 * Return the content with more tags.
	 * @param added tags that it does not have
	 * @return another content
	 */
	public RunContent withTags(Collection<String> added) {
		return new RunContent(this.command, this.metadata, Stream.concat(tags().stream(), added.stream()).toList());
	}

	/**
	 * Return the content with other metadata.
	 * @param metadata the new metadata
	 * @return another content
	 */
	public RunContent withMetadata(JsonNode metadata) {
		return new RunContent(this.command, PackedJson.pack(metadata), this.tags);
	}

	/**
	 * Return the content with another member of the metadata.
	 * @param name the member's name
	 * @param value its value
	 * @return another content
	 */
	public RunContent withMetadata(String name, JsonNode value) {
		ObjectNode changed = (metadata() instanceof ObjectNode object) ? object.deepCopy() : Json.object();
		changed.set(name, value);
		return withMetadata(changed);
	}

	/**
	 * Return what a later trigger of a debounced run makes of the content: its payload,
	 * metadata, tags, attempts, duration and machine are taken over.
	 * @param later the later command
	 * @return another content
	 */
	RunContent replacedBy(TriggerCommand later) {
		TriggerCommand changed = this.command.withPayload(later.payload());
		for (String option : REPLACED) {
			if (later.options().has(option)) {
				changed = changed.withOption(option, later.options().get(option));
			}
		}
		return new RunContent(changed, later.options().has("metadata") ? null : this.metadata,
				later.options().has("tags") ? null : this.tags);
	}

}
