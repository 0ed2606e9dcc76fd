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

package dev.trigger.spring.sample.live;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The endpoints of the page.
 */
@RestController
@RequestMapping("/imports")
class ImportController {

	private final Imports imports;

	private final ImportRelay relay;

	ImportController(Imports imports, ImportRelay relay) {
		this.imports = imports;
		this.relay = relay;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Started> start(@RequestBody Start start) {
		return this.imports.start(start.catalog()).map((run) -> new Started(run.id()));
	}

	/**
	 * Follows an import. A browser repeats the id of the last event in a header when it
	 * connects again by itself; a page that connects again has the parameter.
	 */
	@GetMapping(path = "/{runId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> events(@PathVariable String runId,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(required = false) @Nullable String after) {
		String lastId = StringUtils.hasText(lastEventId) ? lastEventId : after;
		if (!StringUtils.hasText(lastId)) {
			return this.relay.follow(runId, null);
		}
		if (!lastId.matches("[\\w.:-]{1,100}")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "This is not the id of an event");
		}
		return this.relay.follow(runId, lastId);
	}

	@PostMapping("/{runId}/approval")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> decide(@PathVariable String runId, @RequestBody Decision decision) {
		return this.imports.decide(runId, decision)
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(
					() -> new ResponseStatusException(HttpStatus.CONFLICT, "The import does not wait for a decision")))
			.then();
	}

	/**
	 * What to import.
	 *
	 * @param catalog the name of the catalog
	 */
	record Start(String catalog) {

	}

	/**
	 * An import.
	 *
	 * @param runId the id of its run
	 */
	record Started(String runId) {

	}

}
