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

package dev.trigger.spring.batch;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The progress of the items of one source that is sent in several batches.
 */
final class SourceProgress {

	private final List<BatchHandle<Object>> handles = new ArrayList<>();

	private long sent;

	private long received;

	private @Nullable Throwable failure;

	Flux<BatchItem> follow(Flux<BatchItem> source) {
		return source.doOnNext((item) -> this.received++);
	}

	/**
	 * Note that the source failed. To those after it, it has ended.
	 */
	<T> Mono<T> fail(Throwable failure) {
		this.failure = failure;
		return Mono.empty();
	}

	/**
	 * Note that a batch has all of its items.
	 */
	void add(BatchHandle<Object> batch, int itemCount) {
		this.handles.add(batch.withoutToken());
		this.sent += itemCount;
	}

	private BatchException.Sent sent() {
		return new BatchException.Sent(this.handles, this.sent);
	}

	/**
	 * Describe the failure of a batch after those that were sent.
	 */
	Throwable describe(Throwable failure) {
		return (failure instanceof BatchException batch) ? batch.after(sent()) : failure;
	}

	/**
	 * Return how the batches end: as the source did.
	 */
	<T> Mono<T> end() {
		return Mono.defer(() -> {
			Throwable cause = this.failure;
			return (cause == null) ? Mono.empty() : Mono.error(new BatchException(BatchException.Phase.SOURCE, null,
					(int) (this.received - this.sent), this.received, sent(), cause));
		});
	}

}
