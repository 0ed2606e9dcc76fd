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

package dev.trigger.spring.sample.orders;

import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;

/**
 * The Java function that takes the place of the task.
 */
final class EmulatedTasks {

	private EmulatedTasks() {
	}

	/**
	 * Registers the task.
	 * @param emulator the emulator
	 * @param pace how long it takes
	 */
	static void register(TriggerEmulator emulator, Duration pace) {
		emulator.task(Orders.FULFIL.id(), FulfilOrder.class, (order) -> {
			Thread.sleep(pace.toMillis());
			return new Fulfilment("PARCEL-" + (1000 + order.order()));
		});
	}

}
