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

package dev.trigger.emulator;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.api.RateLimit;
import dev.trigger.emulator.state.ApplicationTypes;
import dev.trigger.emulator.state.EnvironmentKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prepares a {@link TriggerEmulator}.
 *
 * @since 1.0.0
 */
public final class TriggerEmulatorBuilder {

	private String host = "127.0.0.1";

	private int port;

	private Clock clock = Clock.systemUTC();

	private long seed = new SecureRandom().nextLong();

	private RateLimit rateLimit = RateLimit.DEFAULT;

	private Duration realtimeHold = Duration.ofSeconds(20);

	private Duration queryLag = Duration.ZERO;

	private Duration patience = Duration.ofSeconds(10);

	private String projectRef = "proj_emulatoremulatoremul";

	private final Map<EnvironmentKind, String> secretKeys = new EnumMap<>(EnvironmentKind.class);

	private @Nullable String personalAccessToken;

	private @Nullable String adminToken;

	private final List<String> branches = new ArrayList<>();

	private ApplicationTypes types = ApplicationTypes.ofClassPath();

	TriggerEmulatorBuilder() {
	}

	/**
	 * Set the address to listen on.
	 * @param host the address; loopback is the default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder host(String host) {
		this.host = host;
		return this;
	}

	/**
	 * Set the port.
	 * @param port the port, 0 for a free one
	 * @return this builder
	 */
	public TriggerEmulatorBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Set where the time comes from.
	 * @param clock the clock; the system's is the default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Set the rate limit of each environment.
	 * @param requests how many requests may come at once
	 * @param refill how many more after each interval
	 * @param interval the interval
	 * @return this builder
	 */
	public TriggerEmulatorBuilder rateLimit(int requests, int refill, Duration interval) {
		this.rateLimit = new RateLimit(requests, refill, interval);
		return this;
	}

	/**
	 * Set for how long a poll of a feed of runs is held when nothing changes. A quiet
	 * stream is polled four times in this time.
	 * @param hold the time, give or take 15 %; 20 seconds is the default, as on real
	 * servers
	 * @return this builder
	 */
	public TriggerEmulatorBuilder realtimeHold(Duration hold) {
		if (hold.toMillis() < 1) {
			throw new IllegalArgumentException("'hold' must be at least one millisecond, not " + hold);
		}
		this.realtimeHold = hold;
		return this;
	}

	/**
	 * Let queries see runs later than everything else does. Queries of real servers read
	 * a copy, in which a change shows after 0.4 to 2.1 seconds, and not always in order.
	 * A run that changed a shorter time ago is left out of the rows.
	 * @param longest the longest lag; the shortest is a fifth of it. No lag is the
	 * default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder queryLag(Duration longest) {
		if (longest.isNegative()) {
			throw new IllegalArgumentException("'longest' must not be negative, but is " + longest);
		}
		this.queryLag = longest;
		return this;
	}

	/**
	 * Set for how long {@link TriggerEmulator#awaitRun(String)} and
	 * {@link TriggerEmulator#awaitIdle()} wait at most, for slow machines and slow tasks.
	 * {@link TriggerEmulator#advance(Duration)} waits for a fifth of it until what
	 * executes is done.
	 * @param patience the time; 10 seconds is the default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder patience(Duration patience) {
		if (patience.toMillis() < 1) {
			throw new IllegalArgumentException("'patience' must be at least one millisecond, not " + patience);
		}
		this.patience = patience;
		return this;
	}

	/**
	 * Set how payloads, outputs and metadata become objects of tasks and tests, and such
	 * objects JSON: as in the application, whose names and formats may be its own. What a
	 * type does not have is left out.
	 * @param jsonMapper the mapper of the application; one with the Jackson modules of
	 * the class path is the default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder jsonMapper(JsonMapper jsonMapper) {
		this.types = ApplicationTypes.of(jsonMapper);
		return this;
	}

	/**
	 * Set the ref of the project.
	 * @param projectRef {@code proj_} and 20 letters
	 * @return this builder
	 */
	public TriggerEmulatorBuilder projectRef(String projectRef) {
		this.projectRef = projectRef;
		return this;
	}

	/**
	 * Set the secret key of an environment.
	 * @param environment {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 * @param key the key; a random one is the default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder secretKey(String environment, String key) {
		this.secretKeys.put(EnvironmentKind.of(environment), key);
		return this;
	}

	/**
	 * Set the personal access token.
	 * @param token the token; a random one is the default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder personalAccessToken(String token) {
		this.personalAccessToken = token;
		return this;
	}

	/**
	 * Set the token with which other machines may administer the emulator. Without one,
	 * the admin API under {@code /emulator} responds to this machine only.
	 * @param token the token, at least 8 characters
	 * @return this builder
	 */
	public TriggerEmulatorBuilder adminToken(String token) {
		if (token.length() < 8) {
			throw new IllegalArgumentException("'adminToken' must have at least 8 characters");
		}
		this.adminToken = token;
		return this;
	}

	/**
	 * Add preview branches.
	 * @param branches their names
	 * @return this builder
	 */
	public TriggerEmulatorBuilder previewBranches(String... branches) {
		this.branches.addAll(Arrays.asList(branches));
		return this;
	}

	/**
	 * Start the emulator.
	 * @return the emulator, to be closed
	 */
	public TriggerEmulator start() {
		return new TriggerEmulator(this);
	}

	String host() {
		return this.host;
	}

	int port() {
		return this.port;
	}

	/**
	 * Set the seed of identifiers, keys and tokens. With the same seed and a clock that
	 * stands still they are the same each time.
	 * @param seed any number; another one each time is the default
	 * @return this builder
	 */
	public TriggerEmulatorBuilder seed(long seed) {
		this.seed = seed;
		return this;
	}

	long seed() {
		return this.seed;
	}

	ApplicationTypes types() {
		return this.types;
	}

	Clock clock() {
		return this.clock;
	}

	Duration patience() {
		return this.patience;
	}

	Duration queryLag() {
		return this.queryLag;
	}

	Duration realtimeHold() {
		return this.realtimeHold;
	}

	RateLimit rateLimit() {
		return this.rateLimit;
	}

	String projectRef() {
		return this.projectRef;
	}

	Map<EnvironmentKind, String> secretKeys() {
		return this.secretKeys;
	}

	@Nullable String personalAccessToken() {
		return this.personalAccessToken;
	}

	@Nullable String adminToken() {
		return this.adminToken;
	}

	Set<String> branches() {
		return Set.copyOf(this.branches);
	}

}
