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
import java.util.stream.Collectors;

import dev.trigger.spring.exception.TriggerException;

/**
 * Thrown when the server could not create runs for some items of a batch. The runs of the
 * other items are created.
 *
 * @since 1.0.0
 */
public class ItemsFailedException extends TriggerException {

	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial") // both the list and its elements are serializable
	private final List<Batch.ItemError> errors;

	ItemsFailedException(List<Batch.ItemError> errors) {
		super("There are no runs for " + errors.size() + " item(s): "
				+ errors.stream().limit(3).map(ItemsFailedException::describe).collect(Collectors.joining(", "))
				+ ((errors.size() > 3) ? ", ..." : ""), null);
		this.errors = List.copyOf(errors);
	}

	private static String describe(Batch.ItemError error) {
		return "item " + error.index() + " (" + error.error() + ")";
	}

	/**
	 * Return the items without a run.
	 * @return the errors of the items
	 */
	public List<Batch.ItemError> getErrors() {
		return this.errors;
	}

}
