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

package dev.trigger.spring.batch;

import java.util.List;

import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.OptionsBody;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a batch shall be, for its creation apart from its items.
 *
 * @param runCount how many items there will be, 1 to 1000
 * @param taskIdentifiers the identifiers of the tasks
 * @param idempotencyKey the idempotency key as it goes over the wire
 * @param idempotencyKeyOptions the key before it was hashed
 * @since 1.0.0
 */
public record BatchSpec(int runCount, @Nullable List<String> taskIdentifiers, @Nullable String idempotencyKey,
		OptionsBody.@Nullable KeyOptions idempotencyKeyOptions) {

	/**
	 * The largest number of items that a batch can have.
	 */
	public static final int MAX_ITEMS = 1000;

	/**
	 * Create a specification.
	 */
	public BatchSpec {
		Assert.isTrue(runCount >= 1 && runCount <= MAX_ITEMS, "A batch has 1 to 1000 items");
		taskIdentifiers = (taskIdentifiers != null) ? List.copyOf(taskIdentifiers) : null;
	}

	/**
	 * Return a specification.
	 * @param runCount how many items there will be, 1 to 1000
	 * @param taskIdentifiers the identifiers of the tasks
	 * @param key the idempotency key, {@code null} for none
	 * @return the specification
	 */
	public static BatchSpec of(int runCount, List<String> taskIdentifiers, @Nullable IdempotencyKey key) {
		return new BatchSpec(runCount, taskIdentifiers, (key != null) ? key.value() : null,
				OptionsBody.KeyOptions.of(key));
	}

}
