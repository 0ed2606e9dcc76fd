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

package dev.trigger.spring.benchmark.client;

import reactor.core.publisher.Mono;

/**
 * A client that does the calls. What a call returns counts what it got, so that none can
 * win by doing nothing.
 */
public interface BenchmarkClient {

	/**
	 * Do one call.
	 * @param scenario what to do
	 * @return how many things were got or sent; an error of
	 * {@link UnsupportedOperationException} where the client can't
	 */
	default Mono<Integer> call(Scenario scenario) {
		return switch (scenario) {
			case RETRIEVE -> retrieve();
			case TRIGGER -> trigger();
			case LIST -> list();
			case WALK -> walk();
			case BATCH -> batch();
			case STREAM -> stream(Scenario.STREAM_ITEMS);
			case CHANGES -> changes();
			case PARTS -> parts("v1");
			case RECORDS -> parts("v2");
		};
	}

	/**
	 * Get one run.
	 * @return the number of its tags
	 */
	Mono<Integer> retrieve();

	/**
	 * Make one run.
	 * @return the length of its id
	 */
	Mono<Integer> trigger();

	/**
	 * Get one page.
	 * @return the number of its runs
	 */
	Mono<Integer> list();

	/**
	 * Get all pages.
	 * @return the number of their runs
	 */
	Mono<Integer> walk();

	/**
	 * Make a batch of 1,000 items.
	 * @return how many items the server took
	 */
	Mono<Integer> batch();

	/**
	 * Stream items into a batch.
	 * @param count how many
	 * @return how many items the server took
	 */
	Mono<Integer> stream(int count);

	/**
	 * Follow one run to its end.
	 * @return the number of changes
	 */
	default Mono<Integer> changes() {
		return Mono.error(UnsupportedOperationException::new);
	}

	/**
	 * Read one stream to its end.
	 * @param version the version of the stream, which is its key as well
	 * @return the number of its parts
	 */
	default Mono<Integer> parts(String version) {
		return Mono.error(UnsupportedOperationException::new);
	}

}
