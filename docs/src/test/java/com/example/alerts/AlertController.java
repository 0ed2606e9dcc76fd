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

package com.example.alerts;

import dev.trigger.spring.alert.AlertEvent;
import dev.trigger.spring.alert.TriggerWebhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AlertController {

	private static final Logger logger = LoggerFactory.getLogger(AlertController.class);

	@PostMapping("/alerts")
	void alert(@TriggerWebhook AlertEvent event) {
		if (event instanceof AlertEvent.RunFailed failed) {
			logger.warn("Run {} of {} failed", failed.run().id(), failed.task().id());
		}
	}

}
