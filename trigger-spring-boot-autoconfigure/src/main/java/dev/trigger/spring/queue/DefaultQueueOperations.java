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

package dev.trigger.spring.queue;

import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.NumberedPage;
import dev.trigger.spring.page.PageQuery;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link QueueOperations}.
 */
final class DefaultQueueOperations implements QueueOperations {

	private static final ParameterizedTypeReference<NumberedPage<Queue>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultQueueOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<Queue> list(PageQuery query) {
		return NumberedPage.walk(query, this::page);
	}

	@Override
	public Mono<NumberedPage<Queue>> page(PageQuery query) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUEUES_LIST)
			.query("page", query.page())
			.query("perPage", query.size())
			.returning(PAGE));
	}

	@Override
	public Mono<Queue> retrieve(QueueAddress queue) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUEUES_RETRIEVE, queue.value())
			.query("type", queue.type())
			.returning(Queue.class));
	}

	@Override
	public Mono<QueueMetrics> metrics(QueueAddress queue) {
		Assert.isTrue(!queue.type().equals("id"),
				"The metrics of a queue are found by its name, not its id: use QueueAddress.ofTask or custom");
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUEUES_METRICS, queue.value())
			.query("type", queue.type())
			.returning(QueueMetrics.class));
	}

	@Override
	public Mono<Queue> pause(QueueAddress queue) {
		return send(TriggerEndpoint.QUEUES_PAUSE, queue, Map.of("type", queue.type(), "action", "pause"));
	}

	@Override
	public Mono<Queue> resume(QueueAddress queue) {
		return send(TriggerEndpoint.QUEUES_PAUSE, queue, Map.of("type", queue.type(), "action", "resume"));
	}

	@Override
	public Mono<Queue> overrideConcurrencyLimit(QueueAddress queue, int concurrencyLimit) {
		Assert.isTrue(concurrencyLimit >= 0, "'concurrencyLimit' must not be negative");
		return send(TriggerEndpoint.QUEUES_OVERRIDE_CONCURRENCY_LIMIT, queue,
				Map.of("type", queue.type(), "concurrencyLimit", concurrencyLimit));
	}

	@Override
	public Mono<Queue> resetConcurrencyLimit(QueueAddress queue) {
		return send(TriggerEndpoint.QUEUES_RESET_CONCURRENCY_LIMIT, queue, Map.of("type", queue.type()))
			// done by an attempt whose response was lost
			.switchIfEmpty(retrieve(queue));
	}

	private Mono<Queue> send(TriggerEndpoint endpoint, QueueAddress queue, Map<String, ?> body) {
		return this.http.send(TriggerRequest.to(endpoint, queue.value()).json(body).returning(Queue.class));
	}

}
