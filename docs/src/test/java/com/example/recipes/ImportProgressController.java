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

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.realtime.RunColumn;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

// tag::controller[]
@RestController
class ImportProgressController {

	private final TriggerOperations trigger;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	ImportProgressController(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::progress[]
	@GetMapping(path = "/imports/{runId}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> progress(@PathVariable String runId) {
		return this.trigger.realtime()
			.run(runId, RunColumn.PAYLOAD, RunColumn.OUTPUT)
			.takeUntilOther(this.closed.asMono())
			.map(ImportProgressController::toEvent);
	}
	// end::progress[]

	// the web server waits for responses before it stops
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed.tryEmitEmpty();
	}

	private static ServerSentEvent<String> toEvent(RealtimeRun run) {
		return ServerSentEvent.builder(String.valueOf(run.metadata())).event(String.valueOf(run.status())).build();
	}

}
// end::controller[]
