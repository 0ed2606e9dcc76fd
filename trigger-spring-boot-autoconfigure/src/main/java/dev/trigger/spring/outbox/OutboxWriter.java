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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.jdbc.ColumnText;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.task.EncodedTrigger;
import dev.trigger.spring.task.TaskType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/**
 * Writes triggers to the table, and has them sent once their transactions are committed.
 */
final class OutboxWriter {

	private static final Log logger = LogFactory.getLog(JdbcTriggerOutbox.class);

	private static final String KEY_TTL = "365d";

	private static final int MAX_TAGS = 10;

	private static final int MAX_ORDERING_KEY = 255;

	private final TriggerDatabase database;

	private final OutboxTransactions transactions;

	private final Function<String, TriggerOperations> clients;

	private final OutboxStore store;

	private final OutboxObservations observations;

	private final OutboxDispatcher dispatcher;

	OutboxWriter(TriggerDatabase database, OutboxTransactions transactions, Function<String, TriggerOperations> clients,
			OutboxStore store, OutboxObservations observations, OutboxDispatcher dispatcher) {
		this.database = database;
		this.transactions = transactions;
		this.clients = clients;
		this.store = store;
		this.observations = observations;
		this.dispatcher = dispatcher;
	}

	/**
	 * Write a trigger in the current transaction, or in one of its own if that is allowed
	 * and there is none.
	 * @param target where the trigger goes
	 * @param task the task
	 * @param payload the payload
	 * @param options the options of the run
	 * @return the handle of the row
	 */
	<P extends @Nullable Object, O> OutboxHandle<O> write(Target target, TaskType<P, O> task, P payload,
			TriggerOptions options) {
		String id = UUID.randomUUID().toString();
		EncodedTrigger trigger = this.clients.apply(target.client())
			.tasks()
			.encode(task, payload, complete(id, options));
		this.observations.write(id, target.client(), task.id(), (traceContext) -> {
			if (this.transactions.isPresent()) {
				insert(id, target, trigger, traceContext);
			}
			else {
				this.database.newTransaction()
					.executeWithoutResult((status) -> insert(id, target, trigger, traceContext));
			}
		});
		return new OutboxHandle<>(id, task.outputType());
	}

	private void insert(String id, Target target, EncodedTrigger trigger, @Nullable String traceContext) {
		long insertedAt = System.nanoTime();
		this.store.insert(id, target.client(), target.orderingKey(), trigger, traceContext);
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new Sending(target,
					new OutboxCommits.Committed(id, target.client(), trigger, traceContext, insertedAt)));
		}
	}

	private static TriggerOptions complete(String id, TriggerOptions options) {
		Map<String, @Nullable Object> values = options.toMap();
		Assert.isTrue(values.get("debounce") == null,
				"A trigger in a transaction can't be debounced: the key that keeps it from being sent twice would be "
						+ "lost. Trigger it with TriggerOperations.tasks(), or without debounce");
		List<String> tags = new ArrayList<>();
		Object given = values.get("tags");
		if (given instanceof Collection<?> several) {
			several.forEach((tag) -> tags.add(String.valueOf(tag)));
		}
		else if (given != null) {
			tags.add(given.toString());
		}
		tags.add(OutboxEntry.tag(id));
		Assert.isTrue(tags.size() <= MAX_TAGS, "A trigger in a transaction can have at most " + (MAX_TAGS - 1)
				+ " tags: one more is needed to find its run");
		return options.with((builder) -> {
			builder.tags(tags);
			if (options.idempotencyKey() == null) {
				builder.idempotencyKey(IdempotencyKey.create(IdempotencyKey.Scope.GLOBAL, OutboxEntry.tag(id)));
			}
			if (values.get("idempotencyKeyTTL") == null) {
				builder.idempotencyKeyTtl(KEY_TTL);
			}
		});
	}

	/**
	 * Sends a trigger once its transaction is committed.
	 */
	private final class Sending implements TransactionSynchronization {

		private final Target target;

		private final OutboxCommits.Committed row;

		private boolean committed;

		Sending(Target target, OutboxCommits.Committed row) {
			this.target = target;
			this.row = row;
		}

		@Override
		public void afterCommit() {
			this.committed = true;
			OutboxDispatcher sender = OutboxWriter.this.dispatcher;
			if (this.target.orderingKey() != null) {
				// the first row with this key may be another one than this
				sender.committed(this.target.orderingKey());
			}
			else {
				sender.committed(this.row);
			}
		}

		/**
		 * A synchronization that is registered by another one after the commit is not
		 * called for the commit.
		 */
		@Override
		public void afterCompletion(int status) {
			if (status == STATUS_COMMITTED && !this.committed) {
				logger.error("The trigger " + this.row.id() + " of the task '" + this.row.trigger().task()
						+ "' was written by a "
						+ "TransactionSynchronization after the commit, and is lost unless the connection is committed "
						+ "once more. Call the outbox before the commit, or in a transaction of its own");
			}
		}

	}

	/**
	 * Where a trigger goes.
	 *
	 * @param client the name of the client
	 * @param orderingKey what it has in common with those that are sent in order
	 */
	record Target(String client, @Nullable String orderingKey) {

		static final Target DEFAULT = new Target(TriggerOperationsRegistry.DEFAULT, null);

		Target inOrder(String key) {
			Assert.hasText(key, "'orderingKey' must not be empty");
			Assert.isTrue(key.length() <= MAX_ORDERING_KEY,
					() -> "'orderingKey' must not be longer than " + MAX_ORDERING_KEY + " characters");
			Assert.isTrue(ColumnText.isStorable(key),
					"'orderingKey' must not have the character NUL or half of a surrogate pair: databases refuse or "
							+ "change them");
			return new Target(this.client, key);
		}

		Target withClient(String name) {
			return new Target(name, this.orderingKey);
		}

	}

}
