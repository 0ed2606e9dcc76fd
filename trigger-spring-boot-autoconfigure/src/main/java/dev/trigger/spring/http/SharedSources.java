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

package dev.trigger.spring.http;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

/**
 * Sources that several subscribers share while there are any. Each that is used anew is
 * connected anew: Reactor's {@code refCount} leaves a source open if somebody subscribes
 * while the last one leaves.
 */
final class SharedSources {

	private final Map<Object, Shared> present = new ConcurrentHashMap<>();

	/**
	 * Share a source. A later subscriber begins with the last element; the source is
	 * canceled with the last subscriber.
	 * @param <T> the type of the elements
	 * @param key what identifies the source, and decides the type of its elements
	 * @param source the source, used if there is no other one with this key
	 */
	<T> Flux<T> share(Object key, Flux<T> source) {
		return Flux.from((subscriber) -> {
			Shared shared = enter(key, source);
			SharedSources.<T>elements(shared).doFinally((signal) -> shared.leave()).subscribe(subscriber);
			shared.connect();
		});
	}

	private Shared enter(Object key, Flux<?> source) {
		return Objects.requireNonNull(this.present.compute(key,
				(same, shared) -> (shared != null && shared.enter()) ? shared : new Shared(same, source)));
	}

	@SuppressWarnings("unchecked") // the key decides the type
	private static <T> Flux<T> elements(Shared shared) {
		return (Flux<T>) shared.elements;
	}

	/**
	 * A source from its first subscriber to its last one.
	 */
	private final class Shared {

		private final AtomicInteger subscribers = new AtomicInteger(1);

		private final AtomicBoolean connected = new AtomicBoolean();

		private final Disposable.Swap connection = Disposables.swap();

		private final Object key;

		private final ConnectableFlux<?> elements;

		Shared(Object key, Flux<?> source) {
			this.key = key;
			this.elements = source.doFinally((signal) -> forget()).replay(1);
		}

		private void forget() {
			SharedSources.this.present.remove(this.key, this);
		}

		boolean enter() {
			return this.subscribers.getAndUpdate((count) -> (count > 0) ? count + 1 : 0) > 0;
		}

		void leave() {
			if (this.subscribers.decrementAndGet() == 0) {
				forget();
				this.connection.dispose();
			}
		}

		/**
		 * Connect once. A subscriber that leaves in the meantime disposes of the
		 * connection
		 */
		void connect() {
			if (this.connected.compareAndSet(false, true) && !this.connection.isDisposed()) {
				this.connection.update(this.elements.connect());
			}
		}

	}

}
