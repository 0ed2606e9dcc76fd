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

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

/**
 * A handler of observations that fails, as one of an application may.
 */
public final class FailingHandler implements ObservationHandler<Observation.Context> {

	private final String name;

	private final Callback failing;

	private final AtomicInteger failures = new AtomicInteger();

	private FailingHandler(String name, Callback failing) {
		this.name = name;
		this.failing = failing;
	}

	/**
	 * Add a handler to a registry.
	 * @param registry the registry
	 * @param name what the names of the observations begin with
	 * @param failing where it fails, each time
	 * @return the handler
	 */
	public static FailingHandler in(ObservationRegistry registry, String name, Callback failing) {
		FailingHandler handler = new FailingHandler(name, failing);
		registry.observationConfig().observationHandler(handler);
		return handler;
	}

	/**
	 * Return how often it failed.
	 * @return the number
	 */
	public int failures() {
		return this.failures.get();
	}

	private void called(Callback callback) {
		if (callback == this.failing) {
			this.failures.incrementAndGet();
			throw new IllegalStateException("The handler fails in " + callback);
		}
	}

	@Override
	public void onStart(Observation.Context context) {
		called(Callback.START);
	}

	@Override
	public void onError(Observation.Context context) {
		called(Callback.ERROR);
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		called(Callback.EVENT);
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		called(Callback.SCOPE_OPENED);
	}

	@Override
	public void onScopeClosed(Observation.Context context) {
		called(Callback.SCOPE_CLOSED);
	}

	@Override
	public void onStop(Observation.Context context) {
		called(Callback.STOP);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context.getName() != null && context.getName().startsWith(this.name);
	}

	/**
	 * Where it can fail.
	 */
	public enum Callback {

		/**
		 * As the observation starts.
		 */
		START,

		/**
		 * As a failure is noted.
		 */
		ERROR,

		/**
		 * As an event is noted.
		 */
		EVENT,

		/**
		 * As the thread gets the observation.
		 */
		SCOPE_OPENED,

		/**
		 * As the thread has what it had before.
		 */
		SCOPE_CLOSED,

		/**
		 * As the observation is over.
		 */
		STOP

	}

}
