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

package dev.trigger.spring.feed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Hands values to a subscriber at its own pace. Of several values with the same key that
 * it had no time for, it gets the newest one; the end comes after the last value.
 *
 * @param <T> the type of the values
 */
final class Conflation<T> {

	private final Map<Object, T> pending = new LinkedHashMap<>();

	private final AtomicInteger work = new AtomicInteger();

	private final FluxSink<T> sink;

	private final Function<T, Object> key;

	private final int capacity;

	private Sinks.@Nullable Empty<Void> room;

	private boolean ended;

	private @Nullable Throwable failure;

	/**
	 * Create a conflation.
	 * @param sink the subscriber
	 * @param key returns the key of a value
	 * @param capacity how many values may wait for the subscriber until there is
	 * {@linkplain #room() no room} for more
	 */
	Conflation(FluxSink<T> sink, Function<T, Object> key, int capacity) {
		this.sink = sink;
		this.capacity = capacity;
		this.key = key;
		sink.onRequest((n) -> drain());
	}

	void offer(List<T> values) {
		if (values.isEmpty()) {
			return;
		}
		synchronized (this.pending) {
			for (T value : values) {
				this.pending.put(this.key.apply(value), value);
			}
		}
		drain();
	}

	/**
	 * Return what completes when the subscriber has time for further values.
	 * @return completes at once if there is room, which is nearly always so
	 */
	Mono<Void> room() {
		synchronized (this.pending) {
			if (hasRoom()) {
				return Mono.empty();
			}
			Sinks.Empty<Void> room = Sinks.empty();
			this.room = room;
			return room.asMono();
		}
	}

	private boolean hasRoom() {
		return this.pending.size() <= this.capacity;
	}

	/**
	 * End after what is pending.
	 * @param failure why
	 */
	void fail(Throwable failure) {
		synchronized (this.pending) {
			this.ended = true;
			this.failure = failure;
		}
		drain();
	}

	private void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			emit();
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void emit() {
		while (!this.sink.isCancelled()) {
			T next = null;
			Sinks.Empty<Void> waiting = null;
			synchronized (this.pending) {
				if (this.pending.isEmpty()) {
					if (this.ended) {
						end();
					}
					return;
				}
				if (this.sink.requestedFromDownstream() > 0) {
					Map.Entry<Object, T> eldest = this.pending.entrySet().iterator().next();
					next = eldest.getValue();
					this.pending.remove(eldest.getKey());
					if (hasRoom()) {
						waiting = this.room;
						this.room = null;
					}
				}
			}
			if (next == null) {
				return;
			}
			this.sink.next(next);
			if (waiting != null) {
				waiting.tryEmitEmpty();
			}
		}
	}

	private void end() {
		if (this.failure != null) {
			this.sink.error(this.failure);
		}
		else {
			this.sink.complete();
		}
	}

}
