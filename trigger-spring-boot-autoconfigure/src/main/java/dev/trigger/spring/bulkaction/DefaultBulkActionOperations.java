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

package dev.trigger.spring.bulkaction;

import java.util.Map;
import java.util.function.UnaryOperator;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.run.Awaited;
import dev.trigger.spring.run.Poller;
import dev.trigger.spring.run.Polling;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link BulkActionOperations}.
 */
final class DefaultBulkActionOperations implements BulkActionOperations {

	private static final ParameterizedTypeReference<CursorPage<BulkAction>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	private final Poller poller;

	private final Polling polling;

	DefaultBulkActionOperations(TriggerHttp http, Polling polling) {
		this.http = http;
		this.poller = new Poller(http);
		this.polling = polling;
	}

	@Override
	public Mono<String> cancel(BulkActionOptions options) {
		Assert.isTrue(!options.hasTargetRegion(), "Only replays have a 'targetRegion': leave it out to cancel runs");
		return create(options.toBody("cancel"));
	}

	@Override
	public Mono<String> replay(BulkActionOptions options) {
		return create(options.toBody("replay"));
	}

	private Mono<String> create(Map<String, @Nullable Object> body) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_BULK_CREATE).json(body).returning(Created.class))
			.map(DefaultBulkActionOperations::id);
	}

	private static String id(Created action) {
		if (action.id() == null) {
			throw TriggerDecodingException.missing(TriggerEndpoint.RUNS_BULK_CREATE, "the id of the bulk action");
		}
		return action.id();
	}

	@Override
	public Flux<BulkAction> list(BulkActionQuery query) {
		return CursorPage.walk((cursor) -> page(query.following(cursor)));
	}

	@Override
	public Mono<CursorPage<BulkAction>> page(BulkActionQuery query) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_BULK_LIST).query(query.toQuery()).returning(PAGE));
	}

	@Override
	public Mono<BulkAction> retrieve(String bulkActionId) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.RUNS_BULK_RETRIEVE, bulkActionId).returning(BulkAction.class));
	}

	@Override
	public Mono<Void> abort(String bulkActionId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.RUNS_BULK_ABORT, bulkActionId).returningNothing());
	}

	@Override
	public Mono<BulkAction> awaitCompletion(String bulkActionId, UnaryOperator<Polling> polling) {
		Mono<BulkAction> poll = this.http.send(
				TriggerRequest.to(TriggerEndpoint.RUNS_BULK_RETRIEVE, bulkActionId).poll().returning(BulkAction.class));
		return this.poller.poll(Awaited.of("Bulk action " + bulkActionId, BulkAction::isFinished, BulkAction::status),
				poll, polling.apply(this.polling));
	}

	/**
	 * The response to a creation.
	 *
	 * @param id the id of the bulk action
	 */
	record Created(@Nullable String id) {

	}

}
