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

package dev.trigger.spring.queue;

import dev.trigger.spring.options.QueueRef;

import org.springframework.util.Assert;

/**
 * How a queue is found: by its id, or by its name together with its type, without which
 * the server takes a name for an id.
 *
 * @param type {@code id}, {@code task} or {@code custom}
 * @param value the id or the name
 * @since 1.0.0
 */
public record QueueAddress(String type, String value) {

	/**
	 * Create an address.
	 */
	public QueueAddress {
		Assert.hasText(type, "'type' must not be empty: use id, task or custom");
		Assert.hasText(value, "'value' must not be empty");
	}

	/**
	 * Return the address of a queue by its id.
	 * @param id the id, {@code queue_…}
	 * @return the address
	 */
	public static QueueAddress id(String id) {
		return new QueueAddress("id", id);
	}

	/**
	 * Return the address of the queue of a task.
	 * @param taskIdentifier the identifier of the task
	 * @return the address
	 */
	public static QueueAddress ofTask(String taskIdentifier) {
		return of(QueueRef.ofTask(taskIdentifier));
	}

	/**
	 * Return the address of a queue with a name of its own.
	 * @param name the name
	 * @return the address
	 */
	public static QueueAddress custom(String name) {
		return of(QueueRef.custom(name));
	}

	/**
	 * Return the address of a queue that is known by its name.
	 * @param queue the queue
	 * @return the address
	 */
	public static QueueAddress of(QueueRef queue) {
		return new QueueAddress(queue.type(), queue.name());
	}

}
