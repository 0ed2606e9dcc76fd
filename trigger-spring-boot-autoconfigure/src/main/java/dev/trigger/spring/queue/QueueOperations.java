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

import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.NumberedPage;
import dev.trigger.spring.page.PageQuery;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages the queues of the credential's environment. All need a secret key;
 * {@link #retrieve retrieve} takes a public access token too.
 *
 * @since 1.0.0
 */
public interface QueueOperations {

	/**
	 * Return all queues, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/queues}
	 * @return the queues
	 */
	default Flux<Queue> list() {
		return list(PageQuery.first());
	}

	/**
	 * Return the queues from a page on, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/queues}
	 * @param query the page to start with, and the size of pages
	 * @return the queues
	 */
	Flux<Queue> list(PageQuery query);

	/**
	 * Return the queues from a page on.
	 * @param query sets the page to start with, and the size of pages
	 * @return the queues
	 * @see #list(PageQuery)
	 */
	default Flux<Queue> list(Consumer<PageQuery.Builder> query) {
		return list(PageQuery.of(query));
	}

	/**
	 * Return one page of queues.
	 * <p>
	 * {@code GET /api/v1/queues}
	 * @param query the number of the page, and its size
	 * @return the page
	 */
	Mono<NumberedPage<Queue>> page(PageQuery query);

	/**
	 * Return one page of queues.
	 * @param query sets the number of the page, and its size
	 * @return the page
	 * @see #page(PageQuery)
	 */
	default Mono<NumberedPage<Queue>> page(Consumer<PageQuery.Builder> query) {
		return page(PageQuery.of(query));
	}

	/**
	 * Return a queue.
	 * <p>
	 * {@code GET /api/v1/queues/{queueParam}}
	 * @param queue how the queue is found
	 * @return the queue
	 */
	Mono<Queue> retrieve(QueueAddress queue);

	/**
	 * Return the metrics of a queue over the last hour.
	 * <p>
	 * {@code GET /api/v1/queues/{queueParam}/metrics}
	 * @param queue the queue of a task, or one with a name of its own; the server finds
	 * metrics by the name only
	 * @return the metrics
	 * @throws IllegalArgumentException if the queue is given by its id
	 */
	Mono<QueueMetrics> metrics(QueueAddress queue);

	/**
	 * Pause a queue: no more of its runs are started. Pausing it twice has no effect.
	 * <p>
	 * {@code POST /api/v1/queues/{queueParam}/pause}
	 * @param queue how the queue is found
	 * @return the queue
	 */
	Mono<Queue> pause(QueueAddress queue);

	/**
	 * Resume a queue: its runs are started again. Resuming it twice has no effect.
	 * <p>
	 * {@code POST /api/v1/queues/{queueParam}/pause}
	 * @param queue how the queue is found
	 * @return the queue
	 */
	Mono<Queue> resume(QueueAddress queue);

	/**
	 * Override the concurrency limit that the code declares.
	 * <p>
	 * {@code POST /api/v1/queues/{queueParam}/concurrency/override}
	 * @param queue how the queue is found
	 * @param concurrencyLimit how many of its runs are executed at once, 0 to 100,000 and
	 * not more than the environment allows
	 * @return the queue
	 */
	Mono<Queue> overrideConcurrencyLimit(QueueAddress queue, int concurrencyLimit);

	/**
	 * Reset the concurrency limit to the one that the code declares.
	 * <p>
	 * {@code POST /api/v1/queues/{queueParam}/concurrency/reset}
	 * @param queue how the queue is found
	 * @return the queue
	 */
	Mono<Queue> resetConcurrencyLimit(QueueAddress queue);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static QueueOperations create(TriggerHttp http) {
		return new DefaultQueueOperations(http);
	}

}
