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

package com.example.recipes;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

// tag::blocking[]
@RestController
class Reports {

	private static final TaskType<String, String> REPORT = TaskType.of("report", String.class, String.class);

	private final TriggerOperations trigger;

	Reports(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	@PostMapping("/reports/{day}")
	String report(@PathVariable String day) {
		return this.trigger.tasks()
			.trigger(REPORT, day)
			.flatMap(this.trigger.runs()::awaitOutput)
			.block(Duration.ofSeconds(30));
	}

	@Scheduled(cron = "0 0 3 * * *", zone = "UTC")
	void nightly() {
		String day = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
		RunHandle<String> run = this.trigger.tasks()
			.trigger(REPORT, day, (options) -> options.idempotencyKey("nightly-report", day))
			.block(Duration.ofSeconds(30));
	}

}
// end::blocking[]
