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

package dev.trigger.spring.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.trigger.spring.endpoint.TriggerCapabilities;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.TimeRules;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.payload.EncodedOutput;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link RunOperations}.
 */
final class DefaultRunOperations implements RunOperations {

	private static final ParameterizedTypeReference<CursorPage<RunSummary>> PAGE = new ParameterizedTypeReference<>() {
	};

	private static final Comparator<RunSummary> NEWEST_FIRST = Comparator.comparing(RunSummary::createdAt,
			Comparator.nullsFirst(Comparator.reverseOrder()));

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	private final Poller poller;

	private final Push push;

	private final Polling polling;

	DefaultRunOperations(TriggerHttp http, PayloadCodec payloads, Polling polling) {
		this.http = http;
		this.payloads = payloads;
		this.poller = new Poller(http);
		this.push = new Push(http);
		this.polling = polling;
	}

	@Override
	public Mono<Run> retrieve(String runId) {
		return this.http.limit(TriggerEndpoint.RUNS_RETRIEVE.toString(), fetch(runId).flatMap(this::download));
	}

	@Override
	public Flux<RunSummary> list(RunQuery query) {
		if (isOfProject(query) && query.environments().size() > 1) {
			return listEachEnvironment(query);
		}
		return walk(query);
	}

	private Flux<RunSummary> walk(RunQuery query) {
		return CursorPage.walk((cursor) -> page(query.following(cursor)));
	}

	/**
	 * The server considers only one of several environments. Of each environment the
	 * newest runs come first, so that this is the order of the merged ones.
	 */
	@SuppressWarnings({ "unchecked", "rawtypes" }) // an array of generic elements
	private Flux<RunSummary> listEachEnvironment(RunQuery query) {
		Assert.isTrue(query.isFirstPage(),
				"A cursor belongs to one environment: list the runs of several without 'after' and 'before'");
		List<Flux<RunSummary>> lists = query.environments()
			.stream()
			.distinct()
			.map((environment) -> walk(query.with((one) -> one.environments(environment))))
			.toList();
		return Flux
			.defer(() -> Flux.mergeComparing(1, NEWEST_FIRST, lists.<Publisher<RunSummary>>toArray(Publisher[]::new)));
	}

	@Override
	public Mono<CursorPage<RunSummary>> page(RunQuery query) {
		TriggerRequest.Builder request = isOfProject(query) ? ofProject(query)
				: TriggerRequest.to(TriggerEndpoint.RUNS_LIST);
		return this.http.send(request.query(query.toQuery()).returning(PAGE));
	}

	/**
	 * A query that names a project is about that project, which a secret key would
	 * ignore; otherwise the personal access token is for clients that have nothing else.
	 */
	private boolean isOfProject(RunQuery query) {
		TriggerCapabilities capabilities = this.http.settings().capabilities();
		return query.projectRef() != null || (capabilities.supports(TriggerEndpoint.PROJECTS_RUNS_LIST)
				&& !capabilities.supports(TriggerEndpoint.RUNS_LIST));
	}

	private TriggerRequest.Builder ofProject(RunQuery query) {
		String projectRef = (query.projectRef() != null) ? query.projectRef() : this.http.settings().projectRef();
		Assert.notNull(projectRef, "With a personal access token runs are listed by project: name one with "
				+ "projectRef(…) or set 'trigger.project-ref'");
		Assert.notEmpty(query.environments(),
				"With a personal access token runs are listed by environment: name at least one with environments(…)");
		Assert.isTrue(query.environments().size() == 1,
				"The server pages through the runs of one environment only: name one, or use list for several");
		return TriggerRequest.to(TriggerEndpoint.PROJECTS_RUNS_LIST, projectRef)
			.query("filter[env]", query.environments());
	}

	@Override
	public Mono<Void> cancel(String runId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_CANCEL, runId).returningNothing());
	}

	@Override
	public Mono<RunHandle<Object>> replay(String runId) {
		return replay(TriggerRequest.to(TriggerEndpoint.RUNS_REPLAY, runId));
	}

	@Override
	public Mono<RunHandle<Object>> replay(String runId, ReplayOptions options) {
		return Mono.defer(() -> replay(TriggerRequest.to(TriggerEndpoint.RUNS_REPLAY, runId)
			.json(options.toBody(this.payloads))
			.replaySafe(options.hasIdempotencyKey())));
	}

	private Mono<RunHandle<Object>> replay(TriggerRequest.Builder request) {
		return this.http.send(request.returning(Identified.class)).map(DefaultRunOperations::handle);
	}

	private static RunHandle<Object> handle(Identified run) {
		if (run.id() == null || run.id().isBlank()) {
			throw TriggerDecodingException.missing(TriggerEndpoint.RUNS_REPLAY, "the id of the run");
		}
		return RunHandle.of(run.id(), Object.class);
	}

	@Override
	public Mono<Run> reschedule(String runId, Duration delay) {
		return rescheduleTo(runId, TimeRules.span("delay", delay));
	}

	@Override
	public Mono<Run> reschedule(String runId, Instant until) {
		return rescheduleTo(runId, TimeRules.time("until", until));
	}

	private Mono<Run> rescheduleTo(String runId, String delay) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_RESCHEDULE, runId)
			.json(Map.of("delay", delay))
			.returning(Run.class));
	}

	@Override
	public Mono<Void> addTags(String runId, List<String> tags) {
		List<String> checked = InputRules.tags(tags);
		Assert.notEmpty(checked, "'tags' must not be empty");
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_ADD_TAGS, runId)
			.json(Map.of("tags", checked))
			.returningNothing());
	}

	@Override
	public RunDetailOperations details(String runId) {
		return RunDetailOperations.create(this.http, this.payloads, runId);
	}

	@Override
	public Mono<Run> awaitCompletion(String runId, UnaryOperator<Polling> polling) {
		return awaitEnd(runId, null, polling).flatMap(this::download);
	}

	@Override
	public Mono<Run> awaitCompletion(RunHandle<?> handle, UnaryOperator<Polling> polling) {
		return awaitEnd(handle.id(), handle.batchId(), polling).flatMap(this::download);
	}

	@Override
	public <O> Mono<O> awaitOutput(RunHandle<O> handle, UnaryOperator<Polling> polling) {
		return awaitEnd(handle.id(), handle.batchId(), polling).flatMap((run) -> {
			if (!run.isSuccess()) {
				return Mono.error(new RunFailedException(run));
			}
			EncodedOutput output = new EncodedOutput(run.output(), null, run.outputPresignedUrl());
			return this.payloads.<O>decode(output, handle.outputType())
				.onErrorMap(TriggerDecodingException.class, (ex) -> unreadable(run, ex));
		});
	}

	@Override
	public <O> @Nullable O output(Run run, ParameterizedTypeReference<O> outputType) {
		JsonNode output = run.output();
		try {
			return (output != null) ? this.payloads.readOutput(output, outputType.getType()) : null;
		}
		catch (TriggerDecodingException ex) {
			throw unreadable(run, ex);
		}
	}

	private static TriggerDecodingException unreadable(Run run, TriggerDecodingException failure) {
		return new TriggerDecodingException(failure.getEndpoint(), "The output of run " + run.id() + " of the task '"
				+ run.taskIdentifier() + "' cannot be used: " + failure.getMessage(), failure);
	}

	private Mono<Run> awaitEnd(String runId, @Nullable String batchId, UnaryOperator<Polling> polling) {
		Mono<Run> poll = this.http
			.send(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, runId).poll().returning(Run.class));
		Polling applied = polling.apply(this.polling);
		return Mono.defer(() -> {
			Mono<Boolean> sleep = this.push.untilOver(runId, batchId);
			// the many runs of a batch are not looked at one by one
			boolean watched = batchId == null;
			return this.poller.sleepAndPoll(new AwaitedRun("Run " + runId), sleep, watched, poll, applied);
		});
	}

	private Mono<Run> fetch(String runId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, runId).returning(Run.class));
	}

	private Mono<Run> download(Run run) {
		if (run.payloadPresignedUrl() == null && run.outputPresignedUrl() == null) {
			return Mono.just(run);
		}
		return download(run.payload(), run.payloadPresignedUrl())
			.flatMap((payload) -> download(run.output(), run.outputPresignedUrl())
				.map((output) -> run.with(payload.orElse(null), output.orElse(null))));
	}

	private Mono<Optional<JsonNode>> download(@Nullable JsonNode inline, @Nullable String presignedUrl) {
		if (presignedUrl == null) {
			return Mono.just(Optional.ofNullable(inline));
		}
		return this.payloads.decodeTree(new EncodedOutput(inline, null, presignedUrl))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty());
	}

	/**
	 * A response of which only the id matters.
	 *
	 * @param id the id
	 */
	record Identified(@Nullable String id) {

	}

}
