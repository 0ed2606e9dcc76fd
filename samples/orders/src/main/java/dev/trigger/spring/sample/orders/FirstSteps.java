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

package dev.trigger.spring.sample.orders;

import dev.trigger.spring.TriggerOperations;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Prints where to look.
 */
@Component
class FirstSteps {

	private static final Log logger = LogFactory.getLog(FirstSteps.class);

	private final TriggerOperations trigger;

	private volatile int port;

	FirstSteps(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	@EventListener
	void listening(WebServerInitializedEvent event) {
		this.port = event.getWebServer().getPort();
	}

	@EventListener(ApplicationReadyEvent.class)
	void print() {
		logger.info("""
				The sample is running. Open its page, and order something:

				  Page         http://localhost:%d/
				  Trigger.dev  %s

				Stop it with Ctrl-C.""".formatted(this.port, this.trigger.apiUrl()));
	}

}
