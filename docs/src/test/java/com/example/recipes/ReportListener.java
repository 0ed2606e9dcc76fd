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

import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;

import org.springframework.stereotype.Component;

// tag::listener[]
@Component
class ReportListener {

	private final Archive archive;

	ReportListener(Archive archive) {
		this.archive = archive;
	}

	// tag::method[]
	@TriggerRunListener(task = "report")
	void on(RunFinished<String> event) {
		if (event.isSuccess()) {
			this.archive.store(event.runId(), event.requireOutput());
		}
		else {
			this.archive.store(event.runId(), "There is no report: " + event.error());
		}
	}
	// end::method[]

}
// end::listener[]
