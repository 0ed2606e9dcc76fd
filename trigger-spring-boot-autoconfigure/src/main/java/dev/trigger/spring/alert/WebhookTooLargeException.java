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

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Thrown when the body of a webhook is larger than allowed. Results in response status
 * 413.
 *
 * @since 1.0.0
 */
@ResponseStatus(HttpStatus.CONTENT_TOO_LARGE)
public class WebhookTooLargeException extends WebhookException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param maxBytes the number of bytes that is allowed
	 */
	public WebhookTooLargeException(int maxBytes) {
		super("The body of the webhook has more than " + maxBytes
				+ " bytes: 'trigger.webhook.max-body-size' allows more", null);
	}

}
