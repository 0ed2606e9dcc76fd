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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.trigger.spring.TriggerOperations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A call, and what became of it.
 */
final class ContainerCall {

	private final ContainerOperation operation;

	private final int index;

	private final String name;

	private final String prepared;

	private final AtomicInteger signals = new AtomicInteger();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final AtomicReference<@Nullable Object> response = new AtomicReference<>();

	private volatile Duration duration = Duration.ZERO;

	private volatile int made;

	ContainerCall(ContainerOperation operation, int index, String name, String prepared) {
		this.operation = operation;
		this.index = index;
		this.name = name;
		this.prepared = prepared;
	}

	void start(TriggerOperations client, CountDownLatch ended) {
		long start = System.nanoTime();
		this.operation.call(client, this.name, this.prepared).doOnTerminate(() -> {
			this.duration = Duration.ofNanos(System.nanoTime() - start);
			this.signals.incrementAndGet();
		}).doAfterTerminate(ended::countDown).subscribe(this.response::set, this.failure::set);
	}

	/**
	 * Look what it made.
	 */
	Mono<Void> count(TriggerOperations direct) {
		return this.operation.made(direct, this.name, this.prepared).doOnNext((made) -> this.made = made).then();
	}

	ContainerOperation operation() {
		return this.operation;
	}

	int index() {
		return this.index;
	}

	int signals() {
		return this.signals.get();
	}

	Duration duration() {
		return this.duration;
	}

	int made() {
		return this.made;
	}

	@Nullable Object response() {
		return this.response.get();
	}

	@Nullable Throwable failure() {
		return this.failure.get();
	}

	boolean succeeded() {
		return this.signals.get() > 0 && this.failure.get() == null;
	}

	/**
	 * What became of it in a word.
	 */
	String outcome() {
		Throwable failure = this.failure.get();
		if (failure == null) {
			return (this.signals.get() > 0) ? "ok" : "hangs";
		}
		return failure.getClass().getSimpleName().replace("Exception", "").replace("Trigger", "");
	}

	@Override
	public String toString() {
		return this.name + ": " + outcome() + " after " + this.duration.toMillis() + " ms";
	}

}
