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
import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * A waitpoint token.
 *
 * @since 1.0.0
 */
public final class Waitpoint {

	private final String id;

	private String idempotencyKey;

	private @Nullable String inactiveKey;

	private final boolean keyOfUser;

	private final @Nullable Instant keyExpiresAt;

	private final @Nullable Instant timeoutAt;

	private final List<String> tags;

	private final Instant createdAt;

	private @Nullable Instant completedAt;

	private @Nullable String output;

	private String outputType = "application/json";

	private boolean timedOut;

	/**
	 * Create a token.
	 * @param id its identifier
	 * @param idempotencyKey its idempotency key
	 * @param keyOfUser whether the user gave the key
	 * @param keyExpiresAt when the key may be used again
	 * @param timeoutAt when the wait is over at the latest
	 * @param tags its tags
	 * @param createdAt when it was created
	 */
	public Waitpoint(String id, String idempotencyKey, boolean keyOfUser, @Nullable Instant keyExpiresAt,
			@Nullable Instant timeoutAt, List<String> tags, Instant createdAt) {
		this.id = id;
		this.idempotencyKey = idempotencyKey;
		this.keyOfUser = keyOfUser;
		this.keyExpiresAt = keyExpiresAt;
		this.timeoutAt = timeoutAt;
		this.tags = tags;
		this.createdAt = createdAt;
	}

	/**
	 * Create a token in an environment, which times out when its time has come.
	 * @param state the state, whose lock is held
	 * @param environment where
	 * @param key the idempotency key of the user, {@code null} for a random one
	 * @param keyExpiresAt when the key may be used again, {@code null} for never
	 * @param timeoutAt when the wait is over at the latest, {@code null} for never
	 * @param tags its tags
	 * @return the token
	 */
	public static Waitpoint create(EmulatorState state, Environment environment, @Nullable String key,
			@Nullable Instant keyExpiresAt, @Nullable Instant timeoutAt, List<String> tags) {
		Instant now = state.now();
		Waitpoint waitpoint = new Waitpoint("waitpoint_" + state.ids().cuid(now),
				(key != null) ? key : state.ids().random(24), key != null && !key.isEmpty(), keyExpiresAt, timeoutAt,
				tags, now);
		environment.all(Waitpoint.class).put(waitpoint.id(), waitpoint);
		if (timeoutAt != null) {
			state.clock().schedule(timeoutAt, () -> state.locked(() -> waitpoint.timeOut(state.now())));
		}
		return waitpoint;
	}

	public String id() {
		return this.id;
	}

	public String idempotencyKey() {
		return this.idempotencyKey;
	}

	/**
	 * Return the key that led to the token before it expired and was used again.
	 * @return the key, or {@code null}
	 */
	public @Nullable String inactiveKey() {
		return this.inactiveKey;
	}

	/**
	 * Return whether the token has, or once had, a key.
	 * @param key the key
	 * @return {@code true} if so
	 */
	public boolean hasKey(String key) {
		return key.equals(this.idempotencyKey) || key.equals(this.inactiveKey);
	}

	/**
	 * Take the key off the token, since another one has it now.
	 * @param fresh the key that takes its place
	 */
	public void deactivateKey(String fresh) {
		this.inactiveKey = this.idempotencyKey;
		this.idempotencyKey = fresh;
	}

	public boolean isKeyOfUser() {
		return this.keyOfUser;
	}

	public @Nullable Instant keyExpiresAt() {
		return this.keyExpiresAt;
	}

	public @Nullable Instant timeoutAt() {
		return this.timeoutAt;
	}

	public List<String> tags() {
		return this.tags;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public @Nullable Instant completedAt() {
		return this.completedAt;
	}

	public @Nullable String output() {
		return this.output;
	}

	public String outputType() {
		return this.outputType;
	}

	public boolean isTimedOut() {
		return this.timedOut;
	}

	/**
	 * Return the status of the token.
	 * @return {@code WAITING}, {@code COMPLETED} or {@code TIMED_OUT}
	 */
	public String status() {
		if (this.timedOut) {
			return "TIMED_OUT";
		}
		return (this.completedAt != null) ? "COMPLETED" : "WAITING";
	}

	/**
	 * End the wait. The first end counts.
	 * @param output the output
	 * @param outputType its content type
	 * @param now when
	 */
	public void complete(@Nullable String output, String outputType, Instant now) {
		if (this.completedAt == null) {
			this.output = output;
			this.outputType = outputType;
			this.completedAt = now;
		}
	}

	/**
	 * End the wait with an error for an output.
	 * @param now when
	 */
	public void timeOut(Instant now) {
		if (this.completedAt == null) {
			Instant timeout = (this.timeoutAt != null) ? this.timeoutAt : now;
			this.timedOut = true;
			this.completedAt = now;
			this.output = Json.string(JsonBody.of("code", "TRIGGER_WAITPOINT_TIMEOUT")
				.with("message", "Waitpoint timed out at " + Json.instant(timeout)));
		}
	}

}
