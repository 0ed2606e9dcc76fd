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

import java.time.Duration;
import java.util.HashMap;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.realtime.RunColumn;
import dev.trigger.spring.run.RunStatus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;

/**
 * Relays what happens to an import to a browser, as server-sent events. The browser needs
 * no credential of Trigger.dev. When its connection breaks it connects again, and goes on
 * after the last text that it received.
 */
@Component
class ImportRelay {

	/**
	 * The name of the stream to which the task writes text.
	 */
	static final String NOTES = "notes";

	private static final Log logger = LogFactory.getLog(ImportRelay.class);

	private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

	// proxies close connections that are silent for longer
	private static final Duration HEARTBEAT = Duration.ofSeconds(15);

	// the runs of a batch come one by one: what comes together is one event
	private static final Duration BURST = Duration.ofMillis(50);

	private final TriggerOperations trigger;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	ImportRelay(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	/**
	 * Follows an import.
	 * @param runId the id of the run
	 * @param lastId the id of the last event that the browser received, {@code null} for
	 * the first connection
	 * @return events {@code run}, {@code text} and {@code pictures}, then {@code end}, or
	 * {@code gone} if there is no such import; without either of the two the browser is
	 * to connect again
	 */
	Flux<ServerSentEvent<Object>> follow(String runId, @Nullable String lastId) {
		return Flux.defer(() -> events(runId, lastId))
			.concatWithValues(event("end", runId))
			.onErrorResume((ex) -> ex instanceof NotFoundException || ex instanceof IllegalArgumentException,
					(ex) -> Flux.just(event("gone", runId)))
			.onErrorResume(TriggerException.class, (ex) -> {
				logger.warn("The feed of " + runId + " has ended: " + ex.getMessage());
				return Flux.empty();
			})
			.publish((events) -> events.mergeWith(heartbeats().takeUntilOther(events.then())))
			.takeUntilOther(this.closed.asMono());
	}

	/**
	 * Ends all responses, since a graceful shutdown would wait for them.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed.tryEmitEmpty();
	}

	private Flux<ServerSentEvent<Object>> events(String runId, @Nullable String lastId) {
		return this.trigger.realtime().run(runId).switchOnFirst((first, runs) -> {
			RealtimeRun run = first.get();
			if (run == null) {
				return runs.cast(Object.class).map((none) -> event("run", none));
			}
			CatalogImport payload = Imports.IMPORT_CATALOG.id().equals(run.taskIdentifier())
					? run.payload().as(CatalogImport.class) : null;
			if (payload == null) {
				return Flux.just(event("gone", runId));
			}
			return Flux.merge(runs.map((state) -> event("run", ImportProgress.of(state, payload))), text(runId, lastId),
					pictures(payload));
		});
	}

	private Flux<ServerSentEvent<Object>> text(String runId, @Nullable String lastId) {
		return this.trigger.realtime().stream(runId, NOTES).read(String.class, (options) -> {
			if (lastId != null) {
				options.after(lastId);
			}
		}).map((part) -> ServerSentEvent.<Object>builder(new Text(part.value())).event("text").id(part.id()).build());
	}

	private Flux<ServerSentEvent<Object>> pictures(CatalogImport payload) {
		return this.trigger.realtime()
			.batch(payload.batchId(), RunColumn.PAYLOAD, RunColumn.METADATA, RunColumn.OUTPUT)
			.bufferTimeout(payload.pictures(), BURST, true)
			.scanWith(HashMap<String, RunStatus>::new, ImportRelay::update)
			.skip(1)
			.map((statuses) -> PictureCount.of(payload.pictures(), statuses.values()))
			.distinctUntilChanged()
			.takeUntil(PictureCount::isFinished)
			.map((count) -> event("pictures", count));
	}

	private static HashMap<String, RunStatus> update(HashMap<String, RunStatus> statuses, List<RealtimeRun> runs) {
		for (RealtimeRun run : runs) {
			if (run.status() != null) {
				statuses.put(run.id(), run.status());
			}
		}
		return statuses;
	}

	private static Flux<ServerSentEvent<Object>> heartbeats() {
		return Flux.interval(Duration.ZERO, HEARTBEAT)
			.onBackpressureDrop()
			.map((count) -> ServerSentEvent.builder().comment("").retry(RECONNECT_AFTER).build());
	}

	private static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

	/**
	 * A part of the text that the task writes, with the white space around it.
	 *
	 * @param text the text
	 */
	record Text(@Nullable String text) {

	}

}
