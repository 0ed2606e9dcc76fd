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

import dev.trigger.spring.exception.TriggerException;

/**
 * Thrown when the server did not get all items of a batch.
 *
 * @since 1.0.0
 */
public class BatchNotSealedException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final StreamedItems streamed;

	BatchNotSealedException(StreamedItems streamed) {
		super("The server did not get all items: " + streamed, null);
		this.streamed = streamed;
	}

	/**
	 * Return what the server accepted.
	 * @return the items that were accepted
	 */
	public StreamedItems getStreamed() {
		return this.streamed;
	}

}
