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

package dev.trigger.spring.test.testcontainers;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fault of the emulator in a container: what goes wrong, with which requests, and how
 * often.
 *
 * @since 1.0.0
 * @see TriggerEmulatorContainer#fault(ContainerFault)
 */
public final class ContainerFault {

	private final Map<String, Object> settings;

	private ContainerFault(Map<String, Object> settings) {
		this.settings = settings;
	}

	/**
	 * Respond with a status and the server's form of an error, without acting.
	 * @param status the HTTP status
	 * @return a fault for every request
	 */
	public static ContainerFault status(int status) {
		return of("status").with("status", status);
	}

	/**
	 * Respond with a page of HTML, as proxies do, without acting.
	 * @param status the HTTP status
	 * @return a fault for every request
	 */
	public static ContainerFault html(int status) {
		return of("html").with("status", status);
	}

	/**
	 * Wait, then act and respond.
	 * @param delay the time to wait
	 * @return a fault for every request
	 */
	public static ContainerFault delay(Duration delay) {
		return of("delay").with("duration", delay.toString());
	}

	/**
	 * Act, then drop the connection without a response.
	 * @return a fault for every request
	 */
	public static ContainerFault loseResponse() {
		return of("lose-response");
	}

	/**
	 * Drop the connection before acting.
	 * @return a fault for every request
	 */
	public static ContainerFault reset() {
		return of("reset");
	}

	/**
	 * Act, then drop the connection in the middle of the response.
	 * @return a fault for every request
	 */
	public static ContainerFault truncate() {
		return of("truncate");
	}

	/**
	 * Act, then never respond.
	 * @return a fault for every request
	 */
	public static ContainerFault hang() {
		return of("hang");
	}

	/**
	 * Respond with 429, without acting.
	 * @param duration how long, on the clock of the emulator
	 * @return a fault for every request
	 */
	public static ContainerFault rateLimit(Duration duration) {
		return of("rate-limit").with("duration", duration.toString());
	}

	/**
	 * Respond with 409, without acting: a feed has to start over.
	 * @return a fault for every request
	 */
	public static ContainerFault mustRefetch() {
		return of("must-refetch");
	}

	/**
	 * Respond with 200 and a message in the body that a feed has to start over, without
	 * acting.
	 * @return a fault for every request
	 */
	public static ContainerFault mustRefetchInBody() {
		return of("must-refetch-in-body");
	}

	/**
	 * Respond to polls of feeds with only what has changed of each row that was sent
	 * before.
	 * @return a fault for every request
	 */
	public static ContainerFault partialRows() {
		return of("partial-rows");
	}

	/**
	 * Return this fault for some operations only.
	 * @param operations the operations, such as {@code tasks.trigger}
	 * @return another fault
	 */
	public ContainerFault onOperation(String... operations) {
		return with("operations", List.of(operations));
	}

	/**
	 * Return this fault for one request only.
	 * @return another fault
	 */
	public ContainerFault once() {
		return times(1);
	}

	/**
	 * Return this fault for a number of requests only.
	 * @param times the number of requests
	 * @return another fault
	 */
	public ContainerFault times(int times) {
		return with("times", times);
	}

	/**
	 * Return this fault, with some requests let through before it applies.
	 * @param requests the number of requests
	 * @return another fault
	 */
	public ContainerFault after(int requests) {
		return with("after", requests);
	}

	/**
	 * Return this fault at random.
	 * @param percentage from 0 to 100
	 * @param seed the seed, so that a test can be repeated
	 * @return another fault
	 */
	public ContainerFault randomly(int percentage, int seed) {
		return with("percentage", percentage).with("seed", seed);
	}

	Map<String, Object> settings() {
		return this.settings;
	}

	private static ContainerFault of(String kind) {
		return new ContainerFault(Map.of("kind", kind));
	}

	private ContainerFault with(String name, Object value) {
		Map<String, Object> settings = new LinkedHashMap<>(this.settings);
		settings.put(name, value);
		return new ContainerFault(settings);
	}

	@Override
	public String toString() {
		return "ContainerFault" + this.settings;
	}

}
