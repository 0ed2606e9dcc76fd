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

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command to run a task.
 *
 * @since 1.0.0
 */
public final class TriggerCommand {

	private static final String JSON = "application/json";

	/**
	 * What is left out of names of queues.
	 */
	private static final Pattern NO_QUEUE_NAME = Pattern.compile("[^a-zA-Z0-9_\\-/]");

	private static final int MAX_QUEUE_NAME = 128;

	private String taskId;

	/**
	 * The payload: a tree at first, since it is checked and looked at, then packed.
	 */
	private volatile @Nullable Object payload;

	private volatile CommandOptions options;

	private @Nullable String payloadType;

	private final @Nullable TaskRun parent;

	private final @Nullable String batchId;

	private final @Nullable String scheduleId;

	private final String function;

	/**
	 * Create a command.
	 * @param taskId the task
	 * @param payload the payload as it was sent, {@code null} when there is none
	 * @param options the options as they were sent
	 * @param parent the run that asked for it
	 * @param batchId the batch it belongs to
	 * @param scheduleId the schedule that caused it
	 * @param function how it was asked for, such as {@code trigger}
	 */
	TriggerCommand(String taskId, @Nullable JsonNode payload, JsonNode options, @Nullable TaskRun parent,
			@Nullable String batchId, @Nullable String scheduleId, String function) {
		this(taskId, payload, new CommandOptions(options), parent, batchId, scheduleId, function);
	}

	private TriggerCommand(String taskId, @Nullable JsonNode payload, CommandOptions options, @Nullable TaskRun parent,
			@Nullable String batchId, @Nullable String scheduleId, String function) {
		this.taskId = taskId;
		this.payload = payload;
		this.options = options;
		this.parent = parent;
		this.batchId = batchId;
		this.scheduleId = scheduleId;
		this.function = function;
	}

	/**
	 * Return a command with nothing but a payload and options.
	 * @param taskId the task
	 * @param payload the payload, {@code null} for none
	 * @param options the options, an object
	 * @return the command
	 */
	public static TriggerCommand of(String taskId, @Nullable JsonNode payload, JsonNode options) {
		return new TriggerCommand(taskId, payload, new CommandOptions(options), null, null, null, "trigger");
	}

	/**
	 * Return the same command as part of a batch.
	 * @param batchId the batch
	 * @return another command
	 */
	public TriggerCommand inBatch(String batchId) {
		return new TriggerCommand(this.taskId, payload(), this.options, this.parent, batchId, this.scheduleId,
				"batchTrigger");
	}

	/**
	 * Return the same command of a run that waits for what it triggers.
	 * @return another command
	 */
	public TriggerCommand awaited() {
		return new TriggerCommand(this.taskId, payload(), this.options, this.parent, this.batchId, this.scheduleId,
				this.function + "AndWait");
	}

	/**
	 * Return the same command of a schedule.
	 * @param scheduleId the schedule
	 * @return another command
	 */
	public TriggerCommand bySchedule(String scheduleId) {
		return new TriggerCommand(this.taskId, payload(), this.options, this.parent, this.batchId, scheduleId,
				this.function);
	}

	/**
	 * Return the same command of a run.
	 * @param parent the run
	 * @return another command
	 */
	public TriggerCommand byRun(@Nullable TaskRun parent) {
		return new TriggerCommand(this.taskId, payload(), this.options, parent, this.batchId, this.scheduleId,
				this.function);
	}

	/**
	 * Return the same command with another payload.
	 * @param payload the payload, {@code null} for none
	 * @return another command
	 */
	TriggerCommand withPayload(@Nullable JsonNode payload) {
		return new TriggerCommand(this.taskId, payload, this.options, this.parent, this.batchId, this.scheduleId,
				this.function);
	}

	/**
	 * Take as little memory as possible from now on.
	 * @param shared returns the one instance of a text that many commands have
	 */
	void pack(UnaryOperator<String> shared) {
		this.taskId = shared.apply(this.taskId);
		this.payloadType = shared.apply(payloadType());
		if (this.payload instanceof JsonNode json) {
			this.payload = PackedJson.pack(json);
		}
		this.options = this.options.pack(shared);
	}

	public String taskId() {
		return this.taskId;
	}

	/**
	 * Return the payload.
	 * @return the payload as it was sent, {@code null} when there is none
	 */
	public @Nullable JsonNode payload() {
		Object payload = this.payload;
		return (payload instanceof byte[] packed) ? PackedJson.unpack(packed) : (JsonNode) payload;
	}

	/**
	 * Return the options.
	 * @return the options as they were sent, an object
	 */
	public JsonNode options() {
		return this.options.tree();
	}

	/**
	 * Return the run that asked for it.
	 * @return the run, or {@code null}
	 */
	public @Nullable TaskRun parent() {
		return this.parent;
	}

	/**
	 * Return the batch it belongs to.
	 * @return its identifier, or {@code null}
	 */
	public @Nullable String batchId() {
		return this.batchId;
	}

	/**
	 * Return the schedule that caused it.
	 * @return its identifier, or {@code null}
	 */
	public @Nullable String scheduleId() {
		return this.scheduleId;
	}

	/**
	 * Return how it was asked for.
	 * @return such as {@code trigger}
	 */
	public String function() {
		return this.function;
	}

	/**
	 * Return by how many milliseconds the run is preferred to others in its queue.
	 * @return the milliseconds, at most about 24 days
	 */
	int priority() {
		JsonNode priority = this.options.get("priority");
		return (priority != null && priority.isNumber()) ? (int) Math.floor(Json.number(priority) * 1000 + 0.5) : 0;
	}

	/**
	 * Return how long the run may wait in its queue.
	 * @return a span or a number of seconds as it was sent, {@code null} when it was not
	 * given
	 */
	@Nullable JsonNode ttl() {
		return this.options.get("ttl");
	}

	/**
	 * Return the text of an option.
	 * @param name the option
	 * @return its text, or {@code null} when it was not given
	 */
	public @Nullable String option(String name) {
		JsonNode value = this.options.get(name);
		return (value == null || value.isNull()) ? null : value.asString();
	}

	/**
	 * Return the idempotency key.
	 * @return the key as it was sent, {@code null} when there is none
	 */
	public @Nullable String idempotencyKey() {
		return this.options.idempotencyKey();
	}

	public String payloadType() {
		if (this.payloadType != null) {
			return this.payloadType;
		}
		String type = option("payloadType");
		return (type != null) ? type : JSON;
	}

	/**
	 * Return the queue that was asked for.
	 * @return its name, or {@code null} for the task's own
	 */
	public @Nullable String queue() {
		String given = givenQueue();
		String name = (given != null) ? NO_QUEUE_NAME.matcher(given).replaceAll("") : "";
		return name.isEmpty() ? null : name.substring(0, Math.min(name.length(), MAX_QUEUE_NAME));
	}

	/**
	 * Return the name of the queue as it was given.
	 * @return the name, {@code null} for none
	 */
	public @Nullable String givenQueue() {
		JsonNode queue = this.options.get("queue");
		if (queue == null) {
			return null;
		}
		return queue.isObject() ? Json.text(queue, "name") : queue.asString();
	}

	/**
	 * Return the tags that were asked for.
	 * @return the tags, without blank ones
	 */
	public List<String> tags() {
		return this.options.tags();
	}

	/**
	 * Return the metadata that was asked for.
	 * @return the metadata, a JSON null for none
	 */
	public JsonNode metadata() {
		JsonNode metadata = this.options.get("metadata");
		if (metadata == null || Json.isFalsy(metadata)) {
			return NullNode.getInstance();
		}
		String type = option("metadataType");
		if (!metadata.isString() || type == null || type.equals(JSON)) {
			return metadata;
		}
		JsonNode parsed = type.contains("json") ? Json.parse(metadata.asString()) : null;
		return (parsed != null) ? unwrap(parsed, type) : metadata;
	}

	/**
	 * Take a value out of its super+json envelope.
	 * @param node the parsed text
	 * @param type its content type
	 * @return the value
	 */
	public static JsonNode unwrap(JsonNode node, @Nullable String type) {
		if (!"application/super+json".equals(type) || !node.isObject()) {
			return node;
		}
		JsonNode json = node.get("json");
		return (json != null) ? json : NullNode.getInstance();
	}

	/**
	 * Return the same command with one more option.
	 * @param name the option
	 * @param value its value
	 * @return another command
	 */
	public TriggerCommand withOption(String name, JsonNode value) {
		ObjectNode changed = (options() instanceof ObjectNode object) ? object.deepCopy() : Json.object();
		changed.set(name, value);
		return withOptions(changed);
	}

	/**
	 * Return the same command with other options.
	 * @param options the options, an object
	 * @return another command
	 */
	TriggerCommand withOptions(JsonNode options) {
		return new TriggerCommand(this.taskId, payload(), new CommandOptions(options), this.parent, this.batchId,
				this.scheduleId, this.function);
	}

}
