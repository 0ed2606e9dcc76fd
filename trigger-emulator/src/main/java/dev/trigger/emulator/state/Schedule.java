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

package dev.trigger.emulator.state;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * A schedule, which triggers its task at the times of a cron expression.
 *
 * @since 1.0.0
 */
public final class Schedule {

	private final EmulatorState state;

	private Environment environment;

	private final String id;

	private final boolean declarative;

	private final @Nullable String deduplicationKey;

	private final String taskId;

	private Cron cron;

	private String timezone;

	private @Nullable String externalId;

	private @Nullable String window;

	private boolean active = true;

	private int generation;

	private @Nullable Instant lastRun;

	/**
	 * Create a schedule and start it.
	 * @param state the world
	 * @param environment where its runs execute
	 * @param id its identifier
	 * @param declarative whether it comes from the task's code
	 * @param deduplicationKey its deduplication key
	 * @param settings what it does
	 */
	public Schedule(EmulatorState state, Environment environment, String id, boolean declarative,
			@Nullable String deduplicationKey, Settings settings) {
		this.state = state;
		this.environment = environment;
		this.id = id;
		this.declarative = declarative;
		this.deduplicationKey = deduplicationKey;
		this.taskId = settings.taskId();
		this.cron = settings.cron();
		this.timezone = settings.timezone();
		this.externalId = settings.externalId();
		this.window = settings.window();
		arm();
	}

	/**
	 * Replace what the schedule does. As on servers it keeps its task.
	 * @param settings the new settings
	 */
	public void update(Settings settings) {
		this.cron = settings.cron();
		this.timezone = settings.timezone();
		this.externalId = settings.externalId();
		this.window = settings.window();
		arm();
	}

	/**
	 * Let the schedule trigger in another environment.
	 * @param environment the environment
	 */
	public void moveTo(Environment environment) {
		this.environment.all(Schedule.class).remove(this.id);
		environment.all(Schedule.class).put(this.id, this);
		this.environment = environment;
	}

	public String id() {
		return this.id;
	}

	public boolean isDeclarative() {
		return this.declarative;
	}

	public String taskId() {
		return this.taskId;
	}

	public String timezone() {
		return this.timezone;
	}

	public @Nullable String externalId() {
		return this.externalId;
	}

	public @Nullable String deduplicationKey() {
		return this.deduplicationKey;
	}

	public @Nullable String window() {
		return this.window;
	}

	public boolean isActive() {
		return this.active;
	}

	/**
	 * Start or stop the schedule.
	 * @param active whether it triggers runs
	 */
	public void setActive(boolean active) {
		this.active = active;
		arm();
	}

	/**
	 * Return the generator of the times.
	 * @return the JSON
	 */
	public JsonBody generator() {
		return JsonBody.of("type", "CRON")
			.with("expression", this.cron.expression())
			.with("description", this.cron.describe());
	}

	/**
	 * Return when the schedule triggers next.
	 * @return the time, or {@code null} while it is inactive
	 */
	public @Nullable Instant nextRun() {
		return this.active ? nextTime() : null;
	}

	/**
	 * Return the next time of the cron expression, also while the schedule is inactive.
	 * @return the time, or {@code null} if there is none
	 */
	public @Nullable Instant nextTime() {
		return this.cron.next(this.state.now(), ZoneId.of(this.timezone));
	}

	/**
	 * Return the time at which a run really starts: the server spreads schedules over a
	 * minute.
	 * @param next when it is to start
	 * @return the time, or {@code null} for none
	 */
	public @Nullable Instant effectiveAt(@Nullable Instant next) {
		return (next != null) ? next.plusMillis(Math.floorMod(this.id.hashCode(), 60_000)) : null;
	}

	private void arm() {
		int expected = ++this.generation;
		Instant next = nextRun();
		if (next != null) {
			this.state.clock().schedule(next, () -> this.state.locked(() -> fire(expected, next)));
		}
	}

	private void fire(int expected, Instant at) {
		if (expected != this.generation || this.environment.find(Schedule.class, this.id) != this) {
			return;
		}
		trigger(at);
		arm();
	}

	/**
	 * Trigger the task as if it were time.
	 * @param at the time that the run is told
	 * @return the run
	 */
	public TaskRun trigger(Instant at) {
		List<String> upcoming = new ArrayList<>();
		Instant next = at;
		for (int i = 0; i < 10 && next != null; i++) {
			next = this.cron.next(next, ZoneId.of(this.timezone));
			if (next != null) {
				upcoming.add(Json.instant(next));
			}
		}
		JsonBody payload = JsonBody.of("scheduleId", this.id)
			.with("type", this.declarative ? "DECLARATIVE" : "IMPERATIVE")
			.with("timestamp", at)
			.maybe("lastTimestamp", this.lastRun)
			.with("timezone", this.timezone)
			.maybe("externalId", this.externalId)
			.with("upcoming", upcoming);
		this.lastRun = at;
		TriggerCommand command = TriggerCommand.of(this.taskId, Json.tree(payload), Json.object());
		return this.state.engine().trigger(this.environment, command.bySchedule(this.id)).run();
	}

	/**
	 * What a schedule does.
	 *
	 * @param taskId the task
	 * @param cron when
	 * @param timezone the time zone of the cron expression
	 * @param externalId an identifier of the user
	 * @param window the time over which runs are spread
	 */
	public record Settings(String taskId, Cron cron, String timezone, @Nullable String externalId,
			@Nullable String window) {

	}

}
