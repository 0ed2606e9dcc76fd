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

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * An observation whose handlers may fail. Whoever only looks on does not change what is
 * done.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class GuardedObservation {

	private static final Log logger = LogFactory.getLog(GuardedObservation.class);

	/**
	 * The key of Micrometer, whose own constant needs another library.
	 */
	private static final String KEY = "micrometer.observation";

	private final Observation observation;

	private GuardedObservation(Observation observation) {
		this.observation = observation;
	}

	/**
	 * Start an observation.
	 * @param creation creates it, not started
	 * @return the observation, one of nothing if it can't be started
	 */
	public static GuardedObservation start(Supplier<Observation> creation) {
		try {
			return new GuardedObservation(creation.get().start());
		}
		catch (Throwable ex) {
			failed(ex);
			return new GuardedObservation(Observation.NOOP);
		}
	}

	static @Nullable Observation find(ContextView context) {
		return context.getOrDefault(KEY, null);
	}

	/**
	 * Return a context for what belongs to the observation.
	 * @return a context with nothing else
	 */
	public Context context() {
		return Context.of(KEY, this.observation);
	}

	/**
	 * Tell the observation something.
	 * @param news calls it
	 */
	public void tell(Consumer<Observation> news) {
		try {
			news.accept(this.observation);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	/**
	 * Do what is observed, and stop the observation.
	 * @param <E> the type of a failure
	 * @param work what is observed
	 * @throws E if it fails
	 */
	public <E extends Throwable> void observe(Observation.CheckedRunnable<E> work) throws E {
		try {
			scoped(() -> {
				work.run();
				return this;
			});
		}
		catch (Throwable ex) {
			tell((observation) -> observation.error(ex));
			throw ex;
		}
		finally {
			tell(Observation::stop);
		}
	}

	/**
	 * Do something with the observation as the one of the thread.
	 * @param <T> the type of the result
	 * @param <E> the type of a failure
	 * @param work what is done
	 * @return the result
	 * @throws E if it fails
	 */
	public <T, E extends Throwable> T scoped(Observation.CheckedCallable<T, E> work) throws E {
		ObservationRegistry registry = this.observation.getObservationRegistry();
		Observation.Scope before = registry.getCurrentObservationScope();
		tell(Observation::openScope);
		// also if a handler failed after others had opened theirs
		Observation.Scope own = registry.getCurrentObservationScope();
		try {
			return work.call();
		}
		finally {
			if (own != null && own != before) {
				tell((observation) -> own.close());
			}
			registry.setCurrentObservationScope(before);
		}
	}

	static void failed(Throwable failure) {
		logger.warn("A handler or a convention of observations failed", failure);
	}

}
