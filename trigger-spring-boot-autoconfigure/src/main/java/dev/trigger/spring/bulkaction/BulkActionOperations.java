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

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.run.Polling;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Cancels and replays many runs at once. All need a secret key.
 *
 * @since 1.0.0
 */
public interface BulkActionOperations {

	/**
	 * Cancel runs. Each call makes a bulk action: it is only tried again where it
	 * certainly did not arrive.
	 * <p>
	 * {@code POST /api/v1/bulk-actions}
	 * @param selection which runs
	 * @return the id of the bulk action
	 */
	Mono<String> cancel(BulkSelection selection);

	/**
	 * Trigger runs again. Each call makes a bulk action: it is only tried again where it
	 * certainly did not arrive.
	 * <p>
	 * {@code POST /api/v1/bulk-actions}
	 * @param selection which runs
	 * @param targetRegion the region in which they are executed, {@code null} for that of
	 * each run
	 * @return the id of the bulk action
	 */
	Mono<String> replay(BulkSelection selection, @Nullable String targetRegion);

	/**
	 * Trigger runs again.
	 * @param selection which runs
	 * @return the id of the bulk action
	 */
	default Mono<String> replay(BulkSelection selection) {
		return replay(selection, null);
	}

	/**
	 * Return all bulk actions, page by page as they are asked for.
	 * <p>
	 * {@code GET /api/v1/bulk-actions}
	 * @return the bulk actions, newest first
	 */
	Flux<BulkAction> list();

	/**
	 * Return one page of bulk actions.
	 * <p>
	 * {@code GET /api/v1/bulk-actions}
	 * @param size how many a page has, 1 to 100; the server's choice if {@code null}
	 * @param after the cursor after which the page starts, {@code null} for the first
	 * page
	 * @return the page
	 */
	Mono<CursorPage<BulkAction>> page(@Nullable Integer size, @Nullable String after);

	/**
	 * Return the page of bulk actions before a cursor.
	 * <p>
	 * {@code GET /api/v1/bulk-actions}
	 * @param size how many a page has, 1 to 100; the server's choice if {@code null}
	 * @param before the cursor before which the page ends
	 * @return the page
	 */
	Mono<CursorPage<BulkAction>> pageBefore(@Nullable Integer size, String before);

	/**
	 * Return a bulk action.
	 * <p>
	 * {@code GET /api/v1/bulk-actions/{bulkActionId}}
	 * @param bulkActionId the id
	 * @return the bulk action
	 */
	Mono<BulkAction> retrieve(String bulkActionId);

	/**
	 * Stop a bulk action. To stop one that is done is an error.
	 * <p>
	 * {@code POST /api/v1/bulk-actions/{bulkActionId}/abort}
	 * @param bulkActionId the id
	 * @return completes when the bulk action is stopped
	 */
	Mono<Void> abort(String bulkActionId);

	/**
	 * Wait until a bulk action is done or stopped.
	 * <p>
	 * {@code GET /api/v1/bulk-actions/{bulkActionId}}, again and again
	 * @param bulkActionId the id
	 * @param polling how often to look, and after what time to give up with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException}
	 * @return the bulk action
	 */
	Mono<BulkAction> awaitCompletion(String bulkActionId, Polling polling);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the way to the network
	 * @return the operations
	 */
	static BulkActionOperations create(TriggerHttp http) {
		return new DefaultBulkActionOperations(http);
	}

}
