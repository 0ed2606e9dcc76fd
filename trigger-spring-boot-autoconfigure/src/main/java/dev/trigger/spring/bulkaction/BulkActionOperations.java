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

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.run.Polling;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Cancels and replays many runs at once. All need a secret key.
 *
 * @since 1.0.0
 */
public interface BulkActionOperations {

	/**
	 * Cancel runs. Each call creates a bulk action, so it is only retried if it certainly
	 * did not arrive.
	 * <p>
	 * {@code POST /api/v1/bulk-actions}
	 * @param options which runs
	 * @return the id of the bulk action
	 */
	Mono<String> cancel(BulkActionOptions options);

	/**
	 * Cancel runs.
	 * @param options sets the options
	 * @return the id of the bulk action
	 * @see #cancel(BulkActionOptions)
	 */
	default Mono<String> cancel(Consumer<BulkActionOptions.Builder> options) {
		return cancel(BulkActionOptions.of(options));
	}

	/**
	 * Replay runs. Each call creates a bulk action, so it is only retried if it certainly
	 * did not arrive.
	 * <p>
	 * {@code POST /api/v1/bulk-actions}
	 * @param options which runs, and in which region to replay them
	 * @return the id of the bulk action
	 */
	Mono<String> replay(BulkActionOptions options);

	/**
	 * Replay runs.
	 * @param options sets the options
	 * @return the id of the bulk action
	 * @see #replay(BulkActionOptions)
	 */
	default Mono<String> replay(Consumer<BulkActionOptions.Builder> options) {
		return replay(BulkActionOptions.of(options));
	}

	/**
	 * Return all bulk actions, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/bulk-actions}
	 * @return the bulk actions, newest first
	 */
	default Flux<BulkAction> list() {
		return list(BulkActionQuery.all());
	}

	/**
	 * Return bulk actions, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/bulk-actions}
	 * @param query the page to start with
	 * @return the bulk actions, newest first
	 */
	Flux<BulkAction> list(BulkActionQuery query);

	/**
	 * Return bulk actions, requesting pages as they are needed.
	 * @param query sets the filters and the page
	 * @return the bulk actions, newest first
	 * @see #list(BulkActionQuery)
	 */
	default Flux<BulkAction> list(Consumer<BulkActionQuery.Builder> query) {
		return list(BulkActionQuery.of(query));
	}

	/**
	 * Return one page of bulk actions.
	 * <p>
	 * {@code GET /api/v1/bulk-actions}
	 * @param query which page
	 * @return the page
	 */
	Mono<CursorPage<BulkAction>> page(BulkActionQuery query);

	/**
	 * Return one page of bulk actions.
	 * @param query sets the filters and the page
	 * @return the page
	 * @see #page(BulkActionQuery)
	 */
	default Mono<CursorPage<BulkAction>> page(Consumer<BulkActionQuery.Builder> query) {
		return page(BulkActionQuery.of(query));
	}

	/**
	 * Return a bulk action.
	 * <p>
	 * {@code GET /api/v1/bulk-actions/{bulkActionId}}
	 * @param bulkActionId the id
	 * @return the bulk action
	 */
	Mono<BulkAction> retrieve(String bulkActionId);

	/**
	 * Stop a bulk action. Stopping one that is done is an error.
	 * <p>
	 * {@code POST /api/v1/bulk-actions/{bulkActionId}/abort}
	 * @param bulkActionId the id
	 * @return completes when the bulk action is stopped
	 */
	Mono<Void> abort(String bulkActionId);

	/**
	 * Wait until a bulk action is done or stopped, by default for an hour.
	 * @param bulkActionId the id
	 * @return the bulk action
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<BulkAction> awaitCompletion(String bulkActionId) {
		return awaitCompletion(bulkActionId, UnaryOperator.identity());
	}

	/**
	 * Wait until a bulk action is done or stopped.
	 * <p>
	 * {@code GET /api/v1/bulk-actions/{bulkActionId}}, repeatedly
	 * @param bulkActionId the id
	 * @param polling changes how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}: the argument is the
	 * polling of the client, see {@code trigger.polling.*}
	 * @return the bulk action
	 */
	Mono<BulkAction> awaitCompletion(String bulkActionId, UnaryOperator<Polling> polling);

	/**
	 * Wait until a bulk action is done or stopped.
	 * <p>
	 * {@code GET /api/v1/bulk-actions/{bulkActionId}}, repeatedly
	 * @param bulkActionId the id
	 * @param polling how often to poll, and when to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}
	 * @return the bulk action
	 */
	default Mono<BulkAction> awaitCompletion(String bulkActionId, Polling polling) {
		return awaitCompletion(bulkActionId, (ignored) -> polling);
	}

	/**
	 * Wait until a bulk action is done or stopped.
	 * @param bulkActionId the id
	 * @param timeout the time after which to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}; zero for never
	 * @return the bulk action
	 * @see #awaitCompletion(String, Polling)
	 */
	default Mono<BulkAction> awaitCompletion(String bulkActionId, Duration timeout) {
		return awaitCompletion(bulkActionId, (polling) -> polling.withTimeout(timeout));
	}

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param polling how waits poll unless the caller passes a polling of its own
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static BulkActionOperations create(TriggerHttp http, Polling polling) {
		return new DefaultBulkActionOperations(http, polling);
	}

}
