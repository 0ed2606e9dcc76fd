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

package dev.trigger.spring.test;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.exception.ConflictException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every chapter of the tour does: arrive, ask, skip what a server lacks, leave.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TourSteps {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	/**
	 * What a server of an earlier version says about a route that it does not have, or
	 * one without the analytics store about a question that needs it.
	 */
	private static final Set<Integer> LACKING = Set.of(404, 405, 500, 501, 503);

	TourServer server;

	TriggerOperations trigger;

	TriggerOperations personal;

	TaskType<Map<String, Object>, Map<String, Object>> task;

	@BeforeAll
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void arrive() {
		this.server = TourServer.start();
		this.trigger = this.server.client("SECRET_KEY");
		this.personal = this.server.client("ACCESS_TOKEN");
		this.task = (TaskType) TaskType.of(this.server.required("TASK"), Map.class, Map.class);
	}

	@AfterAll
	void leave() {
		try {
			System.out.println("tour: " + this.server.skipped().size() + " steps skipped " + this.server.skipped());
			if (!this.server.isLive()) {
				int operations = TriggerEndpoint.values().length;
				int unvisited = this.server.unvisited().size();
				System.out
					.println("catalogue: " + operations + " operations, " + (operations - unvisited) + " visited");
				assertThat(this.server.skipped()).isEmpty();
				assertThat(this.server.unvisited()).as("operations that the tour left out").isEmpty();
			}
		}
		finally {
			this.server.close();
		}
	}

	/**
	 * Trigger a run that waits, so that it can be changed before it starts.
	 * @param tag what it is for
	 * @return its handle
	 */
	final RunHandle<?> delayed(String tag) {
		return await(this.trigger.tasks()
			.trigger(this.task, Map.of("hello", "later"),
					(options) -> options.delay(Duration.ofHours(1)).tags(this.server.name(tag))));
	}

	/**
	 * Take steps that a server may lack: one that responds that there is no such route is
	 * noted, not failed.
	 * @param what the name of the steps
	 * @param steps the steps
	 */
	final void optional(String what, Runnable steps) {
		try {
			steps.run();
		}
		catch (TriggerApiException ex) {
			if (!this.server.isLive() || !LACKING.contains(ex.getStatus())) {
				throw ex;
			}
			this.server.skip(what, ex.getMessage());
		}
	}

	final void optional(String what, @Nullable Object found, Runnable steps) {
		if (found != null) {
			optional(what, steps);
		}
		else {
			this.server.skip(what, "there is none");
		}
	}

	/**
	 * Make a call that a server may refuse because of the state of things.
	 * @param call the call
	 */
	static void refusable(Mono<?> call) {
		await(call.onErrorResume((ex) -> ex instanceof BadRequestException || ex instanceof ConflictException
				|| ex instanceof NotFoundException, (ex) -> Mono.empty()));
	}

	static <T> T await(Mono<T> call) {
		return call.block(PATIENCE);
	}

	/**
	 * Poll until the response is the one expected, as what is listed may lag behind.
	 * @param assertion asks and asserts
	 */
	static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(assertion);
	}

}
