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

package dev.trigger.spring.alert;

import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;

/**
 * Superclass of the exceptions thrown when a webhook is rejected. Thrown from a
 * controller, the exception becomes the response status of its subclass.
 *
 * @since 1.0.0
 */
public abstract class WebhookException extends TriggerException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param message the message, which must not repeat what arrived
	 * @param cause the cause, if any
	 */
	protected WebhookException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
