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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An environment or a branch of one, and all that it holds.
 *
 * @since 1.0.0
 */
public final class Environment {

	/**
	 * How many runs execute at once unless it is specified.
	 */
	public static final int DEFAULT_CONCURRENCY = 300;

	/**
	 * More texts are not those that many runs have.
	 */
	private static final int MOST_NAMES = 10_000;

	private final String id;

	private final Project project;

	private final EnvironmentKind kind;

	private final String slug;

	private final String shortcode;

	private final String firstKey;

	private String apiKey;

	private final @Nullable Environment parent;

	private final @Nullable String branchName;

	private final Instant createdAt;

	private final @Nullable User owner;

	private final List<TaskRun> runs = new ArrayList<>();

	private int concurrencyLimit = DEFAULT_CONCURRENCY;

	private final RunTable runsById = new RunTable((run) -> run.id().hashCode());

	private final Map<String, EnvVar> variables = new LinkedHashMap<>();

	private final Map<Class<?>, Map<String, Object>> stores = new HashMap<>();

	private final Map<String, String> names = new HashMap<>();

	private final RunChanges changes = new RunChanges();

	private @Nullable Instant archivedAt;

	private @Nullable Object git;

	private boolean paused;

	private @Nullable String currentVersion;

	Environment(String id, Project project, EnvironmentKind kind, String slug, String shortcode, String apiKey,
			@Nullable Environment parent, @Nullable String branchName, Instant createdAt, @Nullable User owner) {
		this.id = id;
		this.project = project;
		this.kind = kind;
		this.slug = slug;
		this.shortcode = shortcode;
		this.firstKey = apiKey;
		this.apiKey = apiKey;
		this.parent = parent;
		this.branchName = branchName;
		this.createdAt = createdAt;
		this.owner = owner;
	}

	public String id() {
		return this.id;
	}

	public Project project() {
		return this.project;
	}

	public EnvironmentKind kind() {
		return this.kind;
	}

	public String slug() {
		return this.slug;
	}

	public String shortcode() {
		return this.shortcode;
	}

	/**
	 * Return the key that requests carry and tokens are signed with: a branch has its
	 * parent's.
	 * @return the secret key
	 */
	public String apiKey() {
		return (this.parent != null) ? this.parent.apiKey() : this.apiKey;
	}

	/**
	 * Return the key in this environment's own row, which the server does not accept for
	 * branches.
	 * @return the key
	 */
	public String ownKey() {
		return this.apiKey;
	}

	void setKey(String key) {
		this.apiKey = key;
	}

	void restoreKey() {
		this.apiKey = this.firstKey;
	}

	public @Nullable Environment parent() {
		return this.parent;
	}

	public @Nullable String branchName() {
		return this.branchName;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	/**
	 * Return whose development environment this is.
	 * @return the user, or {@code null} for other kinds
	 */
	public @Nullable User owner() {
		return this.owner;
	}

	public @Nullable Instant archivedAt() {
		return this.archivedAt;
	}

	public boolean isArchived() {
		return this.archivedAt != null;
	}

	public void archive(Instant at) {
		this.archivedAt = at;
	}

	void restore() {
		this.archivedAt = null;
	}

	public @Nullable Object git() {
		return this.git;
	}

	public void setGit(@Nullable Object git) {
		this.git = git;
	}

	public boolean isPaused() {
		return this.paused;
	}

	public void setPaused(boolean paused) {
		this.paused = paused;
	}

	/**
	 * Return the version that new runs execute with.
	 * @return the version, or {@code null} when nothing is deployed
	 */
	public @Nullable String currentVersion() {
		return this.currentVersion;
	}

	public void setCurrentVersion(@Nullable String currentVersion) {
		this.currentVersion = currentVersion;
	}

	/**
	 * Return where runs execute.
	 * @return the region's name
	 */
	public String region() {
		return (this.kind == EnvironmentKind.DEVELOPMENT) ? this.id : "local-dev";
	}

	/**
	 * Return the runs, oldest first.
	 * @return a live list
	 */
	public List<TaskRun> runs() {
		return this.runs;
	}

	public @Nullable TaskRun run(String runId) {
		return this.runsById.find(runId.hashCode(), (run) -> run.id().equals(runId));
	}

	/**
	 * Return how many runs execute at once.
	 * @return the limit
	 */
	public int concurrencyLimit() {
		return this.concurrencyLimit;
	}

	/**
	 * Set how many runs execute at once.
	 * @param concurrencyLimit the limit
	 */
	public void setConcurrencyLimit(int concurrencyLimit) {
		this.concurrencyLimit = concurrencyLimit;
	}

	/**
	 * Return the one instance of a text that many runs have, such as the name of a task.
	 * @param text the text
	 * @return an equal one
	 */
	String shared(String text) {
		String known = this.names.get(text);
		if (known != null) {
			return known;
		}
		if (this.names.size() < MOST_NAMES) {
			this.names.put(text, text);
		}
		return text;
	}

	void add(TaskRun run) {
		this.runs.add(run);
		this.runsById.add(run);
		run.created();
	}

	/**
	 * Return the order in which the runs changed.
	 * @return the changes
	 */
	public RunChanges changes() {
		return this.changes;
	}

	/**
	 * Return the environment variables that are set here, without those of the parent.
	 * @return a live map
	 */
	public Map<String, EnvVar> variables() {
		return this.variables;
	}

	/**
	 * Return the environment variables as a run sees them: the parent's, overridden by
	 * those set here.
	 * @return a copy
	 */
	public Map<String, EnvVar> effectiveVariables() {
		Map<String, EnvVar> effective = new LinkedHashMap<>();
		if (this.parent != null) {
			effective.putAll(this.parent.effectiveVariables());
		}
		// what is a secret in the parent is one here as well
		this.variables.forEach((name, own) -> effective.merge(name, own,
				(above, below) -> new EnvVar(name, below.value(), above.isSecret() || below.isSecret())));
		return effective;
	}

	/**
	 * Return the things of one type, oldest first.
	 * @param <T> the type
	 * @param type the type
	 * @return a live map by identifier
	 */
	@SuppressWarnings("unchecked")
	public <T> Map<String, T> all(Class<T> type) {
		return (Map<String, T>) this.stores.computeIfAbsent(type, (key) -> new LinkedHashMap<>());
	}

	/**
	 * Find a thing.
	 * @param <T> its type
	 * @param type its type
	 * @param id its identifier
	 * @return the thing, or {@code null}
	 */
	public <T> @Nullable T find(Class<T> type, String id) {
		return all(type).get(id);
	}

	void clear() {
		all(StreamLog.class).values().forEach(StreamLog::close);
		this.changes.clear();
		this.runs.clear();
		this.runsById.clear();
		this.names.clear();
		this.variables.clear();
		this.stores.clear();
		this.paused = false;
		this.concurrencyLimit = DEFAULT_CONCURRENCY;
	}

	@Override
	public String toString() {
		return "Environment[project=" + this.project.ref() + ", slug=" + this.slug + "]";
	}

}
