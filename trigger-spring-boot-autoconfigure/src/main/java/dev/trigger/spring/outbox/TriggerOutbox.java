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

import java.util.Optional;
import java.util.function.Consumer;

import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.task.TaskType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Triggers tasks together with the current database transaction: the trigger is a row of
 * the table {@code trigger_outbox}, which is committed or rolled back with everything
 * else. It is sent right after the commit, or later if the process dies or the API can't
 * be reached, until there is a run.
 * <p>
 * All methods block, as JDBC does.
 *
 * @since 1.0.0
 */
public interface TriggerOutbox {

	/**
	 * Trigger a task when the current transaction commits.
	 * <p>
	 * The run gets an idempotency key of its own, unless the options have one, that is
	 * valid for 365 days, and the tag {@code outbox:<id>}. A delay in the options counts
	 * from when the trigger is sent.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param task the task
	 * @param payload the payload, which is written as JSON at once
	 * @param options the options for triggering the run, without debounce and with at
	 * most 9 tags
	 * @return the handle of what was written
	 * @throws IllegalArgumentException if the payload can't be written as JSON, or the
	 * options can't be used
	 * @throws org.springframework.transaction.IllegalTransactionStateException if there
	 * is no transaction of the database that has the table, or a read-only one
	 */
	<P extends @Nullable Object, O> OutboxHandle<O> trigger(TaskType<P, O> task, P payload, TriggerOptions options);

	/**
	 * Trigger a task when the current transaction commits.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param task the task
	 * @param payload the payload
	 * @return the handle of what was written
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	default <P extends @Nullable Object, O> OutboxHandle<O> trigger(TaskType<P, O> task, P payload) {
		return trigger(task, payload, task.options());
	}

	/**
	 * Trigger a task when the current transaction commits.
	 * @param <P> the type of the payload
	 * @param <O> the type of the output
	 * @param task the task
	 * @param payload the payload
	 * @param options changes the options of the task for this run
	 * @return the handle of what was written
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	default <P extends @Nullable Object, O> OutboxHandle<O> trigger(TaskType<P, O> task, P payload,
			Consumer<TriggerOptions.Builder> options) {
		return trigger(task, payload, task.options().with(options));
	}

	/**
	 * Trigger a task that has no {@link TaskType} when the current transaction commits.
	 * @param taskIdentifier the identifier of the task, such as {@code send-welcome}
	 * @param payload the payload
	 * @return the handle of what was written
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	@SuppressWarnings("NullAway") // the bound of the payload allows null
	default OutboxHandle<JsonNode> trigger(String taskIdentifier, @Nullable Object payload) {
		TaskType<@Nullable Object, JsonNode> task = TaskType.of(taskIdentifier, Object.class, JsonNode.class);
		return this.<@Nullable Object, JsonNode>trigger(task, payload, task.options());
	}

	/**
	 * Trigger a task that has no {@link TaskType} when the current transaction commits.
	 * @param taskIdentifier the identifier of the task, such as {@code send-welcome}
	 * @param payload the payload
	 * @param options sets the options for triggering the run
	 * @return the handle of what was written
	 * @see #trigger(TaskType, Object, TriggerOptions)
	 */
	@SuppressWarnings("NullAway") // the bound of the payload allows null
	default OutboxHandle<JsonNode> trigger(String taskIdentifier, @Nullable Object payload,
			Consumer<TriggerOptions.Builder> options) {
		TaskType<@Nullable Object, JsonNode> task = TaskType.of(taskIdentifier, Object.class, JsonNode.class);
		return this.<@Nullable Object, JsonNode>trigger(task, payload, options);
	}

	/**
	 * Return a view whose triggers are sent one after the other, in the order of their
	 * transactions. Those of other keys don't wait for them.
	 * @param orderingKey what the triggers have in common, such as the id of a customer;
	 * at most 255 characters
	 * @return the view
	 */
	TriggerOutbox inOrder(String orderingKey);

	/**
	 * Return a view that sends with another client.
	 * @param name the name of the client, as in {@code trigger.clients.<name>}, or the
	 * qualifier of a bean
	 * @return the view
	 */
	TriggerOutbox withClient(String name);

	/**
	 * Find what became of a trigger.
	 * @param id the id of a handle
	 * @return the entry, with the id of the run once that is there; empty if it was
	 * rolled back, or deleted after the time for which sent ones are kept
	 */
	Optional<OutboxEntry> find(String id);

}
