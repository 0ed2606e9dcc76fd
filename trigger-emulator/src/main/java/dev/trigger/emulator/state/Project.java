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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A project with its environments.
 *
 * @since 1.0.0
 */
public final class Project {

	private final String id;

	private final String ref;

	private final String firstName;

	private String name;

	private final String slug;

	private final Organization organization;

	private final Instant createdAt;

	private final Map<EnvironmentKind, Environment> environments = new LinkedHashMap<>();

	private final List<Environment> branches = new ArrayList<>();

	private @Nullable String defaultRegion;

	private final Map<String, AlertChannel> alertChannels = new LinkedHashMap<>();

	private boolean deleted;

	Project(String id, String ref, String name, String slug, Organization organization, Instant createdAt) {
		this.id = id;
		this.ref = ref;
		this.firstName = name;
		this.name = name;
		this.slug = slug;
		this.organization = organization;
		this.createdAt = createdAt;
	}

	public String id() {
		return this.id;
	}

	/**
	 * Return the ref, {@code proj_} and 20 letters.
	 * @return the reference
	 */
	public String ref() {
		return this.ref;
	}

	public String name() {
		return this.name;
	}

	public void setName(String name) {
		this.name = name;
	}

	/**
	 * Forget what was changed about the project.
	 */
	void restore() {
		this.name = this.firstName;
		this.defaultRegion = null;
		this.alertChannels.clear();
		this.deleted = false;
	}

	public String slug() {
		return this.slug;
	}

	public Organization organization() {
		return this.organization;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public @Nullable String defaultRegion() {
		return this.defaultRegion;
	}

	public void setDefaultRegion(@Nullable String defaultRegion) {
		this.defaultRegion = defaultRegion;
	}

	/**
	 * Keep an alert channel. One with the same deduplication key is replaced.
	 * @param channel the channel
	 */
	public void add(AlertChannel channel) {
		this.alertChannels.put((channel.deduplicationKey() != null) ? channel.deduplicationKey() : channel.id(),
				channel);
	}

	/**
	 * Find an alert channel.
	 * @param deduplicationKey its deduplication key
	 * @return the channel, or {@code null}
	 */
	public @Nullable AlertChannel alertChannel(String deduplicationKey) {
		AlertChannel channel = this.alertChannels.get(deduplicationKey);
		return (channel != null && deduplicationKey.equals(channel.deduplicationKey())) ? channel : null;
	}

	/**
	 * Delete the project: nothing leads to it any more.
	 */
	public void delete() {
		this.deleted = true;
	}

	public boolean isDeleted() {
		return this.deleted;
	}

	/**
	 * Return the environments, without branches.
	 * @return the environments by kind
	 */
	public Map<EnvironmentKind, Environment> environments() {
		return this.environments;
	}

	/**
	 * Return an environment, not a branch.
	 * @param kind its kind
	 * @return the environment
	 */
	public Environment environment(EnvironmentKind kind) {
		Environment environment = this.environments.get(kind);
		if (environment == null) {
			throw new IllegalStateException("Project " + this.ref + " has no " + kind + " environment");
		}
		return environment;
	}

	/**
	 * Return all branches, archived ones too.
	 * @return a live list
	 */
	public List<Environment> branches() {
		return this.branches;
	}

	/**
	 * Find a branch that is not archived.
	 * @param kind the kind of its parent
	 * @param name its name, compared exactly
	 * @return the branch, or {@code null}
	 */
	public @Nullable Environment branch(EnvironmentKind kind, String name) {
		return this.branches.stream()
			.filter((branch) -> branch.kind() == kind && name.equals(branch.branchName()) && !branch.isArchived())
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return all environments and branches.
	 * @return a copy
	 */
	public List<Environment> all() {
		List<Environment> all = new ArrayList<>(this.environments.values());
		all.addAll(this.branches);
		return all;
	}

}
