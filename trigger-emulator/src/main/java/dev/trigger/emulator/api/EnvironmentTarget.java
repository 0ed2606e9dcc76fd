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

package dev.trigger.emulator.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;
import org.jspecify.annotations.Nullable;

/**
 * Finds the environment that a path names by its project and environment.
 */
final class EnvironmentTarget {

	private static final List<String> SLUGS = List.of("dev", "staging", "prod", "preview");

	private static final List<String> REFERENCES = List.of("heads", "remotes", "tags", "pull", "merge", "release");

	private EnvironmentTarget() {
	}

	/**
	 * Find the environment on a route that knows the names of environments.
	 * @param authenticator finds projects
	 * @param call the request
	 * @return the environment
	 */
	static Environment strict(Authenticator authenticator, ApiCall call) {
		refuseUnknown(call);
		return find(authenticator, call);
	}

	/**
	 * Refuse a text that is not the name of an environment.
	 * @param call the request
	 */
	static void refuseUnknown(ApiCall call) {
		if (!SLUGS.contains(call.variable("env"))) {
			throw new ResponseException(400, "Invalid Params");
		}
	}

	/**
	 * Find the environment. A secret key means its own, whatever the path says, unless a
	 * branch is named too; a personal access token with a branch means the preview
	 * branch, whatever the path says.
	 * @param authenticator finds projects
	 * @param call the request
	 * @return the environment
	 */
	static Environment find(Authenticator authenticator, ApiCall call) {
		EnvironmentKind kind = kind(call.variable("env"));
		String branch = Authenticator.branch(call.request());
		if (kind == EnvironmentKind.DEVELOPMENT && "default".equals(branch)) {
			branch = null;
		}
		if (!call.hasUser()) {
			Environment environment = call.environment();
			boolean sameSlug = kind == environment.kind() && environment.parent() == null;
			if (!sameSlug && !Objects.equals(branch, environment.branchName()) && branch != null) {
				throw new ResponseException(400,
						"Invalid environment slug for this API key. Make sure you are using an API"
								+ " key associated with that environment.");
			}
			return environment;
		}
		Project project = authenticator.project(call.user(), call.variable("projectRef"));
		if (branch == null) {
			if (kind == null) {
				throw new ResponseException(404, "Environment not found");
			}
			return project.environment(kind);
		}
		Environment found = project.branch(
				(kind == EnvironmentKind.DEVELOPMENT) ? EnvironmentKind.DEVELOPMENT : EnvironmentKind.PREVIEW, branch);
		if (found == null) {
			throw new ResponseException(404, "Branch not found");
		}
		return found;
	}

	/**
	 * Find an environment as servers do in an address: by its slug as it is written, of
	 * which staging has two. {@link EnvironmentKind#find(String)} knows more names, which
	 * are for those who write tests.
	 */
	private static @Nullable EnvironmentKind kind(String slug) {
		return Stream.of(EnvironmentKind.values())
			.filter((kind) -> kind.slug().equals(slug) || (kind == EnvironmentKind.STAGING && slug.equals("staging")))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Take a reference of git for the name of a branch, as servers do.
	 * @param reference such as {@code refs/heads/main} or {@code main}
	 * @return the name, or {@code null} for nothing and for references of other kinds
	 */
	static @Nullable String branchName(@Nullable String reference) {
		if (reference == null || reference.isEmpty()) {
			return null;
		}
		for (String kind : REFERENCES) {
			String prefix = "refs/" + kind + "/";
			if (reference.startsWith(prefix)) {
				return reference.substring(prefix.length());
			}
		}
		return reference.startsWith("refs/") ? null : reference;
	}

}
