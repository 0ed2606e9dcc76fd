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

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends what is read with the failure of something else. Reactor's {@code takeUntilOther}
 * does not cancel what it ends with a failure, whose connection would stay open.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Interruption {

	private Interruption() {
	}

	/**
	 * Cancel elements and fail, as soon as something else fails.
	 * @param <T> the type of the elements
	 * @param source the elements
	 * @param interruption what fails, or never ends
	 * @return the elements until then
	 */
	public static <T> Flux<T> interrupt(Flux<T> source, Mono<Void> interruption) {
		return Flux.defer(() -> {
			AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
			return source.takeUntilOther(interruption.doOnError(failure::set).onErrorComplete())
				.concatWith(Mono.defer(() -> Mono.justOrEmpty(failure.get()).flatMap(Mono::error)));
		});
	}

}
