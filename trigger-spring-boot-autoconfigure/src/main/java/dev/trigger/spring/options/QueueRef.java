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

package dev.trigger.spring.options;

import org.springframework.util.Assert;

/**
 * A queue by its name: the one that every task has, or one with a name of its own.
 *
 * @param type {@code task} or {@code custom}
 * @param name the identifier of the task, or the name of the queue
 * @since 1.0.0
 */
public record QueueRef(String type, String name) {

	private static final String TASK = "task";

	/**
	 * Create a reference.
	 */
	public QueueRef {
		Assert.hasText(type, "'type' must not be empty: use task or custom");
		Assert.hasText(name, "'name' must not be empty");
	}

	/**
	 * Return the queue of a task.
	 * @param taskIdentifier the identifier of the task
	 * @return the reference
	 */
	public static QueueRef ofTask(String taskIdentifier) {
		return new QueueRef(TASK, taskIdentifier);
	}

	/**
	 * Return a queue with a name of its own.
	 * @param name the name
	 * @return the reference
	 */
	public static QueueRef custom(String name) {
		return new QueueRef("custom", name);
	}

	/**
	 * Return the queue as filters have it.
	 */
	@Override
	public String toString() {
		return TASK.equals(this.type) ? TASK + "/" + this.name : this.name;
	}

}
