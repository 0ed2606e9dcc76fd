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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The secret keys, and the environments that they lead to.
 *
 * @since 1.0.0
 */
public final class SecretKeys {

	/**
	 * How long a key that was replaced can still be used.
	 */
	private static final Duration GRACE_PERIOD = Duration.ofDays(1);

	private final Ids ids;

	private final Supplier<Instant> clock;

	private final Map<String, Environment> environments = new LinkedHashMap<>();

	private final Map<String, Revoked> revoked = new LinkedHashMap<>();

	SecretKeys(Ids ids, Supplier<Instant> clock) {
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Find the environment of a key that can be used.
	 * @param key the key
	 * @return the environment, {@code null} if there is none or its project was deleted
	 */
	public @Nullable Environment environment(String key) {
		Revoked revoked = this.revoked.get(key);
		Environment environment = (revoked == null || isUsable(revoked)) ? this.environments.get(key) : null;
		return (environment != null && !environment.project().isDeleted()) ? environment : null;
	}

	/**
	 * Create an additional key, which can do everything but sign tokens.
	 * @param environment whose key
	 * @return the key
	 */
	public String create(Environment environment) {
		String key = "tr_" + environment.kind().slug() + "_sk_" + this.ids.random(24);
		add(key, environment);
		return key;
	}

	/**
	 * Replace the key of an environment. The old one can be used for another day, and so
	 * can the public access tokens that were signed with it.
	 * @param environment whose key
	 * @return the new key
	 */
	public String regenerate(Environment environment) {
		String key = "tr_" + environment.kind().slug() + "_" + this.ids.random(24);
		this.revoked.put(environment.ownKey(), new Revoked(environment, this.clock.get().plus(GRACE_PERIOD)));
		environment.setKey(key);
		if (environment.parent() == null) {
			add(key, environment);
		}
		return key;
	}

	/**
	 * Return the keys that public access tokens of an environment may be signed with.
	 * @param environment the environment
	 * @return its key, and those that were replaced a short time ago
	 */
	public List<String> signing(Environment environment) {
		Environment signer = (environment.parent() != null) ? environment.parent() : environment;
		List<String> keys = new ArrayList<>(List.of(signer.apiKey()));
		this.revoked.forEach((key, revoked) -> {
			if (revoked.environment() == signer && isUsable(revoked)) {
				keys.add(key);
			}
		});
		return keys;
	}

	void add(String key, Environment environment) {
		this.environments.put(key, environment);
	}

	/**
	 * Bring back the keys that were replaced.
	 */
	void restore() {
		this.revoked.forEach((key, revoked) -> {
			this.environments.remove(key);
			this.environments.remove(revoked.environment().ownKey());
		});
		this.revoked.values().stream().map(Revoked::environment).forEach((environment) -> {
			environment.restoreKey();
			if (environment.parent() == null) {
				add(environment.ownKey(), environment);
			}
		});
		this.revoked.clear();
	}

	/**
	 * Forget the keys of some projects.
	 */
	void forget(Set<Project> projects) {
		this.environments.values().removeIf((environment) -> projects.contains(environment.project()));
	}

	private boolean isUsable(Revoked revoked) {
		return revoked.until().isAfter(this.clock.get());
	}

	/**
	 * A key that was replaced.
	 *
	 * @param environment whose key it was
	 * @param until when it can be used no longer
	 */
	private record Revoked(Environment environment, Instant until) {

	}

}
