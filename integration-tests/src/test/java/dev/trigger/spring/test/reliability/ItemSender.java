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

import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOptions;
import reactor.core.publisher.Flux;

/**
 * Streams items in batches of 1,000, in a JVM of its own.
 */
final class ItemSender {

	private static final int SAMPLE_EVERY = 50;

	private ItemSender() {
	}

	public static void main(String[] arguments) {
		int items = Integer.parseInt(arguments[1]);
		LoadClient client = new LoadClient(arguments[0], Duration.ofSeconds(5));
		Long batches = client.trigger()
			.batches()
			.triggerAll(Flux.range(0, items).map((i) -> BatchItem.of("hello", i)), BatchOptions.none())
			.index()
			.doOnNext((batch) -> {
				if (batch.getT1() % SAMPLE_EVERY == SAMPLE_EVERY - 1) {
					System.out.println(client.sample((batch.getT1() + 1) * batch.getT2().runCount()).line());
				}
			})
			.count()
			.block();
		System.out.println("batches " + batches);
	}

}
