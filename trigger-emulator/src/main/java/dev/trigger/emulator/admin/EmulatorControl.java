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

package dev.trigger.emulator.admin;

import java.time.Duration;
import java.util.List;

import dev.trigger.emulator.http.Exchange;
import dev.trigger.emulator.http.FaultInjector;

/**
 * What the admin API does with the emulator as a whole.
 *
 * @since 1.0.0
 */
public interface EmulatorControl {

	/**
	 * Return the ref of the project.
	 * @return the ref
	 */
	String projectRef();

	/**
	 * Forget all that happened. Tasks stay.
	 */
	void reset();

	/**
	 * Move the time forward.
	 * @param duration how far
	 */
	void advance(Duration duration);

	/**
	 * Wait until no run executes, or is about to.
	 * @param timeout how long to wait
	 * @return {@code false} if runs still execute then
	 */
	boolean awaitIdle(Duration timeout);

	/**
	 * Declare a fault.
	 * @param settings what goes wrong, and with which requests
	 * @throws IllegalArgumentException if the settings make no sense
	 */
	void fault(FaultSettings settings);

	/**
	 * Return the rules of all faults.
	 * @return the injector
	 */
	FaultInjector faults();

	/**
	 * Return the names of the operations that the emulator serves.
	 * @return the names
	 */
	List<String> operations();

	/**
	 * Return the requests so far.
	 * @return the exchanges, oldest first
	 */
	List<Exchange> exchanges();

	/**
	 * Forget the requests.
	 */
	void forgetExchanges();

}
