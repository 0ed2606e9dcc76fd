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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The organizations, users, projects and environments, and the keys and tokens that lead
 * to them.
 *
 * @since 1.0.0
 */
public final class Accounts {

	/**
	 * Where the first version comes from: the official client reads no deployment without
	 * it.
	 */
	private static final JsonNode GIT = JsonNodeFactory.instance.objectNode()
		.put("dirty", false)
		.put("commitRef", "main")
		.put("commitSha", "0123456789abcdef0123456789abcdef01234567")
		.put("commitMessage", "First version");

	private final Ids ids;

	private final Supplier<Instant> clock;

	private final List<Project> projects = new ArrayList<>();

	private final List<Organization> organizations = new ArrayList<>();

	private final List<User> users = new ArrayList<>();

	private final SecretKeys keys;

	/**
	 * The projects that requests created, which a reset removes.
	 */
	private final Set<Project> temporary = new HashSet<>();

	private final Set<String> usedTokens = new HashSet<>();

	Accounts(Ids ids, Supplier<Instant> clock) {
		this.ids = ids;
		this.clock = clock;
		this.keys = new SecretKeys(ids, clock);
	}

	public List<Organization> organizations() {
		return this.organizations;
	}

	/**
	 * Return the projects that are not deleted.
	 * @return a copy
	 */
	public List<Project> projects() {
		return this.projects.stream().filter((project) -> !project.isDeleted()).toList();
	}

	/**
	 * Return all environments and branches of all projects, also of deleted ones.
	 * @return a copy
	 */
	public List<Environment> environments() {
		return this.projects.stream().flatMap((project) -> project.all().stream()).toList();
	}

	/**
	 * Create an organization.
	 * @param title its title
	 * @return the organization
	 */
	public Organization addOrganization(String title) {
		String slug = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
		Organization organization = new Organization(this.ids, title, slug + "-" + this.ids.random(4), now());
		this.organizations.add(organization);
		return organization;
	}

	/**
	 * Create a user.
	 * @param name the name
	 * @param accessToken the personal access token
	 * @return the user
	 */
	public User addUser(String name, String accessToken) {
		User user = new User(this.ids.cuid(now()), name, accessToken);
		this.users.add(user);
		return user;
	}

	/**
	 * Create a project with the four environments.
	 * @param organization whose project
	 * @param ref the reference
	 * @param name the name
	 * @param owner whose development environment it gets
	 * @param keys the secret keys; a missing one is made up
	 * @return the project
	 */
	public Project addProject(Organization organization, String ref, String name, User owner,
			Map<EnvironmentKind, String> keys) {
		Project project = new Project(this.ids.cuid(now()), ref, name, name + "-" + this.ids.random(4), organization,
				now());
		for (EnvironmentKind kind : EnvironmentKind.values()) {
			String key = keys.getOrDefault(kind, "tr_" + kind.slug() + "_" + this.ids.random(20));
			Environment environment = new Environment(this.ids.cuid(now()), project, kind, kind.slug(),
					this.ids.random(5) + "-" + this.ids.random(4), key, null, null, now(),
					(kind == EnvironmentKind.DEVELOPMENT) ? owner : null);
			deploy(environment);
			project.environments().put(kind, environment);
			this.keys.add(key, environment);
		}
		this.projects.add(project);
		return project;
	}

	/**
	 * Create a branch, or find the one with that name.
	 * @param parent the preview or development environment
	 * @param name the branch's name
	 * @return the branch
	 */
	public Environment addBranch(Environment parent, String name) {
		Project project = parent.project();
		Environment existing = project.branch(parent.kind(), name);
		if (existing != null) {
			return existing;
		}
		String slug = parent.slug() + "-" + name.replaceAll("[^A-Za-z0-9-]", "");
		boolean taken = project.branches().stream().anyMatch((branch) -> branch.slug().equals(slug));
		String free = taken ? slug + "-" + this.ids.random(6) : slug;
		Environment branch = new Environment(this.ids.cuid(now()), project, parent.kind(), free, free,
				"tr_" + parent.kind().slug() + "_" + this.ids.random(20), parent, name, now(), parent.owner());
		deploy(branch);
		project.branches().add(branch);
		return branch;
	}

	/**
	 * Return the secret keys of all environments.
	 * @return the keys
	 */
	public SecretKeys keys() {
		return this.keys;
	}

	public @Nullable Environment environmentById(String id) {
		return environments().stream()
			.filter((environment) -> environment.id().equals(id) && !environment.project().isDeleted())
			.findFirst()
			.orElse(null);
	}

	public @Nullable User userByToken(String token) {
		return this.users.stream().filter((user) -> user.accessToken().equals(token)).findFirst().orElse(null);
	}

	public @Nullable User userById(String id) {
		return this.users.stream().filter((user) -> user.id().equals(id)).findFirst().orElse(null);
	}

	/**
	 * Find an organization that is not deleted.
	 * @param name its slug or identifier
	 * @return the organization, or {@code null}
	 */
	public @Nullable Organization organization(String name) {
		return this.organizations.stream()
			.filter((organization) -> !organization.isDeleted()
					&& (organization.slug().equals(name) || organization.id().equals(name)))
			.findFirst()
			.orElse(null);
	}

	public @Nullable Project project(String ref) {
		return projects().stream().filter((project) -> project.ref().equals(ref)).findFirst().orElse(null);
	}

	/**
	 * Have a project removed by the next reset.
	 * @param project the project
	 */
	public void forgetOnReset(Project project) {
		this.temporary.add(project);
	}

	/**
	 * Mark a one-time token as used.
	 * @param token the token
	 * @return {@code false} if it was used before
	 */
	public boolean useOnce(String token) {
		return this.usedTokens.add(token);
	}

	/**
	 * Forget what requests created, and give every environment that stays its first
	 * version.
	 * @param branches the names of the branches that stay
	 */
	void reset(Set<String> branches) {
		this.usedTokens.clear();
		this.keys.restore();
		this.organizations.forEach(Organization::restore);
		this.projects.removeIf(this.temporary::contains);
		this.keys.forget(this.temporary);
		this.temporary.clear();
		for (Project project : this.projects) {
			project.restore();
			project.branches().removeIf((branch) -> !branches.contains(branch.branchName()));
			project.branches().forEach(Environment::restore);
		}
		environments().forEach(this::deploy);
	}

	/**
	 * Give an environment its first version. Development environments have no
	 * deployments.
	 */
	private void deploy(Environment environment) {
		String version = nextVersion(environment, now());
		environment.setCurrentVersion(version);
		if (environment.kind() != EnvironmentKind.DEVELOPMENT) {
			Deployment deployment = new Deployment("deployment_" + this.ids.random(21), version, this.ids.random(8),
					"first", "MANAGED", "node", GIT, now());
			environment.all(Deployment.class).put(deployment.id(), deployment.deployed(now()));
		}
	}

	/**
	 * Return the version that the next deployment gets.
	 * @param environment the environment
	 * @param now when
	 * @return such as {@code 20260131.1}
	 */
	public static String nextVersion(Environment environment, Instant now) {
		String day = DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC).format(now) + ".";
		return day + (environment.all(Deployment.class)
			.values()
			.stream()
			.filter((deployment) -> deployment.version().startsWith(day))
			.count() + 1);
	}

	private Instant now() {
		return this.clock.get();
	}

}
