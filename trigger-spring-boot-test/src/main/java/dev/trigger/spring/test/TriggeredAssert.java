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
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.http.Json;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Assertions about the runs that were triggered. Each condition keeps the runs that meet
 * it, and waits for one that does; a count comes last.
 *
 * @since 1.0.0
 */
public final class TriggeredAssert extends AbstractAssert<TriggeredAssert, List<EmulatedRun>> {

	/**
	 * The most runs that a message lists.
	 */
	private static final int SHOWN = 20;

	private final Supplier<List<EmulatedRun>> all;

	private final Duration timeout;

	private final Predicate<EmulatedRun> condition;

	private final String description;

	private final boolean expected;

	TriggeredAssert(Supplier<List<EmulatedRun>> all, Duration timeout, Predicate<EmulatedRun> condition,
			String description) {
		this(all, timeout, condition, description, true);
	}

	/**
	 * Create assertions.
	 * @param all the runs
	 * @param timeout how long to wait
	 * @param condition which runs are meant
	 * @param description what is expected
	 * @param expected whether there must be such a run, or a count says so
	 */
	TriggeredAssert(Supplier<List<EmulatedRun>> all, Duration timeout, Predicate<EmulatedRun> condition,
			String description, boolean expected) {
		super(expected ? atLeast(1, all, timeout, condition) : matching(all, condition), TriggeredAssert.class);
		this.all = all;
		this.timeout = timeout;
		this.condition = condition;
		this.description = description;
		this.expected = expected;
		if (expected && this.actual.isEmpty()) {
			failWithMessage("Expected %s%s but %s", description, waited(), triggered());
		}
	}

	/**
	 * Verify that there is exactly one such run.
	 * @return this assertion
	 */
	public TriggeredAssert once() {
		return times(1);
	}

	/**
	 * Verify that there is no such run so far. It ends the conditions after
	 * {@link TriggerEmulatorAssert#runsOf(String)}; put
	 * {@link TriggerEmulatorAssert#settled()} in front where one could still come.
	 */
	public void never() {
		List<EmulatedRun> runs = runs();
		if (!runs.isEmpty()) {
			failWithMessage("Expected %s never but was %s times:%s", this.description, runs.size(), describe(runs));
		}
	}

	/**
	 * Verify how many such runs there are, waiting until there are as many. To notice
	 * more that are still to come, put {@link TriggerEmulatorAssert#settled()} in front.
	 * @param count the number, at least 1
	 * @return this assertion
	 */
	public TriggeredAssert times(int count) {
		List<EmulatedRun> runs = atLeast(count, this.all, this.timeout, this.condition);
		if (runs.size() != count) {
			failWithMessage("Expected %s %s times%s but was %s times: %s", this.description, count, waited(),
					runs.size(), triggered());
		}
		return this;
	}

	/**
	 * Keep the runs with a payload.
	 * @param payload the expected payload, compared as JSON
	 * @return another assertion
	 */
	public TriggeredAssert withPayload(@Nullable Object payload) {
		return with("payload " + describe(payload), (run) -> run.toJson(payload).equals(run.payload()));
	}

	/**
	 * Before there is a run, it is not known how the application would write the value.
	 */
	private JsonNode describe(@Nullable Object value) {
		List<EmulatedRun> runs = this.all.get();
		return runs.isEmpty() ? Json.tree(value) : runs.get(0).toJson(value);
	}

	/**
	 * Keep the runs whose payload meets a condition.
	 * @param <P> the type of the payload
	 * @param type the type of the payload
	 * @param condition the condition
	 * @return another assertion
	 */
	public <P> TriggeredAssert withPayload(Class<P> type, Predicate<P> condition) {
		return with("payload that meets the condition", (run) -> {
			P payload = run.payload(type);
			return payload != null && condition.test(payload);
		});
	}

	/**
	 * Keep the runs with a tag, perhaps among others.
	 * @param tag the tag
	 * @return another assertion
	 */
	public TriggeredAssert withTag(String tag) {
		return with("tag " + tag, (run) -> run.tags().contains(tag));
	}

	/**
	 * Keep the runs with an idempotency key.
	 * @param key the key as it was given, or as it was sent
	 * @return another assertion
	 */
	public TriggeredAssert withIdempotencyKey(String key) {
		return with("idempotency key " + key, (run) -> key.equals(run.idempotencyKey())
				|| key.equals(run.options().path("idempotencyKeyOptions").path("key").asString("")));
	}

	/**
	 * Keep the runs with an option.
	 * @param name the option, such as {@code machine}
	 * @param value the expected value, compared as JSON
	 * @return another assertion
	 */
	public TriggeredAssert withOption(String name, @Nullable Object value) {
		JsonNode expected = Json.tree(value);
		return with("option " + name + " " + expected, (run) -> expected.equals(run.options().get(name)));
	}

	/**
	 * Keep the runs without an option.
	 * @param name the option, such as {@code delay}
	 * @return another assertion
	 */
	public TriggeredAssert withoutOption(String name) {
		return with("no option " + name, (run) -> !run.options().has(name));
	}

	/**
	 * Keep the runs with an entry of the metadata.
	 * @param name the name of the entry
	 * @param value the expected value, compared as JSON
	 * @return another assertion
	 */
	public TriggeredAssert withMetadata(String name, @Nullable Object value) {
		return with("metadata " + name + " " + describe(value),
				(run) -> run.toJson(value).equals(run.metadata().get(name)));
	}

	/**
	 * Keep the runs in a status.
	 * @param status the expected status, such as {@code FAILED}
	 * @return another assertion
	 */
	public TriggeredAssert withStatus(String status) {
		return with("status " + status, (run) -> run.status().equals(status));
	}

	/**
	 * Keep the runs with an error.
	 * @param text a part of its message
	 * @return another assertion
	 */
	public TriggeredAssert withErrorContaining(String text) {
		return with("error " + text, (run) -> run.errorMessage() != null && run.errorMessage().contains(text));
	}

	/**
	 * Keep the runs in a queue.
	 * @param queue the name; that of a task's own queue is {@code task/} and the task
	 * @return another assertion
	 */
	public TriggeredAssert inQueue(String queue) {
		return with("queue " + queue, (run) -> run.queue().equals(queue));
	}

	/**
	 * Keep the runs that another run triggered.
	 * @param parentId the identifier of the other run
	 * @return another assertion
	 */
	public TriggeredAssert byRun(String parentId) {
		return with("parent " + parentId, (run) -> parentId.equals(run.parentId()));
	}

	/**
	 * Keep the runs in an environment.
	 * @param environment {@code dev}, {@code stg}, {@code preview} or {@code prod}
	 * @return another assertion
	 */
	public TriggeredAssert inEnvironment(String environment) {
		return with("environment " + environment, (run) -> run.environment().equals(environment));
	}

	/**
	 * Keep the runs in a branch.
	 * @param branch the branch
	 * @return another assertion
	 */
	public TriggeredAssert inBranch(String branch) {
		return with("branch " + branch, (run) -> branch.equals(run.branch()));
	}

	/**
	 * Return the runs that meet all conditions.
	 * @return the runs so far, oldest first
	 */
	public List<EmulatedRun> runs() {
		return matching(this.all, this.condition);
	}

	private TriggeredAssert with(String name, Predicate<EmulatedRun> predicate) {
		return new TriggeredAssert(this.all, this.timeout, this.condition.and(predicate),
				this.description + ((this.description.contains(" with ")) ? " and " : " with ") + name, this.expected);
	}

	private static List<EmulatedRun> atLeast(int count, Supplier<List<EmulatedRun>> all, Duration timeout,
			Predicate<EmulatedRun> condition) {
		Await.until(timeout, () -> matching(all, condition).size() >= count);
		return matching(all, condition);
	}

	private static List<EmulatedRun> matching(Supplier<List<EmulatedRun>> all, Predicate<EmulatedRun> condition) {
		return all.get().stream().filter(condition).toList();
	}

	private String waited() {
		return this.timeout.isZero() ? "" : " within " + this.timeout.toString().substring(2).toLowerCase(Locale.ROOT);
	}

	private String triggered() {
		List<EmulatedRun> runs = this.all.get();
		return runs.isEmpty() ? "nothing was triggered" : "these were triggered:" + describe(runs);
	}

	static String describe(List<EmulatedRun> runs) {
		StringBuilder text = new StringBuilder();
		runs.stream().limit(SHOWN).forEach((run) -> text.append(System.lineSeparator()).append("  ").append(run));
		if (runs.size() > SHOWN) {
			text.append(System.lineSeparator()).append("  and ").append(runs.size() - SHOWN).append(" more");
		}
		return text.toString();
	}

}
