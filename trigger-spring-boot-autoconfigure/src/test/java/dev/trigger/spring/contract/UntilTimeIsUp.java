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

package dev.trigger.spring.contract;

import java.time.Duration;
import java.util.List;

import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

import org.springframework.boot.convert.DurationStyle;

/**
 * Ends a property when it has had its part of the time for fuzzing, and tells how far it
 * came.
 */
class UntilTimeIsUp implements AroundTryHook {

	private static final Duration ALL = DurationStyle.detectAndParse(System.getProperty("trigger.fuzz.time", "60s"));

	private static final int PROPERTIES = 3;

	@Override
	public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor test, List<Object> parameters) {
		Store<Progress> store = Store.getOrCreate(context.label(), Lifespan.PROPERTY, Progress::new);
		Progress progress = store.get();
		TryExecutionResult result = test.execute(parameters);
		progress.tries++;
		if (!result.isSatisfied() || System.nanoTime() - progress.start < ALL.toNanos() / PROPERTIES) {
			return result;
		}
		System.out.printf("fuzzing: %s, %d tries in %d s%n", context.label(), progress.tries,
				Duration.ofNanos(System.nanoTime() - progress.start).toSeconds());
		return TryExecutionResult.satisfied(true);
	}

	private static final class Progress {

		private final long start = System.nanoTime();

		private long tries;

	}

}
