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

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation that a subscriber belongs to, where Micrometer keeps it.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ObservationContext {

	/**
	 * The key of Micrometer, whose own constant needs another library.
	 */
	private static final String KEY = "micrometer.observation";

	private ObservationContext() {
	}

	/**
	 * Return a context for what belongs to an observation.
	 * @param observation the observation
	 * @return a context with nothing else
	 */
	public static Context of(Observation observation) {
		return Context.of(KEY, observation);
	}

	static @Nullable Observation find(ContextView context) {
		return context.getOrDefault(KEY, null);
	}

}
