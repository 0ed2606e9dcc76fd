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

import java.util.Map;

import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Organization;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.Tokens;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Authenticates requests, and refuses with the texts of the route's family.
 */
final class Authenticator {

	private static final String PERSONAL = "tr_pat_";

	private final EmulatorState state;

	Authenticator(EmulatorState state) {
		this.state = state;
	}

	Identity authenticate(Route route, ServerRequest request, Map<String, String> variables) {
		String projectRef = variables.get("projectRef");
		return switch (route.access()) {
			case OPEN -> Identity.NOBODY;
			case SECRET_KEY -> Identity.of(environment(request, route.isBranchOptional()));
			case SECRET_KEY_OR_PUBLIC_TOKEN -> keyOrToken(request);
			case SECRET_KEY_TERSE -> Identity.of(environmentOrRefusal(request, route.refusal()));
			case SECRET_KEY_OR_PERSONAL_TOKEN -> keyOrUser(route, request, projectRef);
			case SECRET_KEY_OR_PERSONAL_TOKEN_TERSE -> keyOrUser(route, request, projectRef);
			case PERSONAL_TOKEN -> personal(route, request, variables);
			case PERSONAL_TOKEN_TERSE -> userOrActor(route, request);
			case PERSONAL_TOKEN_OR_PREVIEW_KEY -> userOrKey(request);
		};
	}

	/**
	 * Return the name of the branch that a request asks for.
	 * @param request the request
	 * @return the name, or {@code null}
	 */
	static @Nullable String branch(ServerRequest request) {
		return EnvironmentTarget.branchName(request.header("x-trigger-branch"));
	}

	/**
	 * Return the token of a request. "Bearer" is compared with its case, and may be
	 * missing.
	 * @param request the request
	 * @return the token, or {@code null} without the header
	 */
	static @Nullable String token(ServerRequest request) {
		String authorization = request.header("authorization");
		if (authorization == null) {
			return null;
		}
		return (authorization.startsWith("Bearer ") ? authorization.substring("Bearer ".length()) : authorization)
			.trim();
	}

	String kind(ServerRequest request) {
		String token = token(request);
		if (token == null) {
			return "none";
		}
		Environment environment = this.state.accounts().keys().environment(token);
		if (environment != null) {
			return "secret-" + environment.kind().slug();
		}
		User user = this.state.accounts().userByToken(token);
		if (user != null) {
			return user.isRevoked() ? "pat-revoked" : "pat";
		}
		if (token.startsWith(UserActorTokens.PREFIX)) {
			return (UserActorTokens.identity(this.state, token) != null) ? "user-actor" : "unknown";
		}
		JsonNode claims = Tokens.claims(token);
		return (claims != null && claims.path("pub").asBoolean(false)) ? "public-jwt" : "unknown";
	}

	/**
	 * Return the name of the bucket that a request takes from.
	 * @param request the request
	 * @return an internal name
	 */
	String bucket(ServerRequest request) {
		String token = token(request);
		Environment environment = (token != null) ? this.state.accounts().keys().environment(token) : null;
		return (environment != null) ? environment.id() : String.valueOf(token);
	}

	/**
	 * Return whether a request is let through without a look at its bucket: whoever
	 * created a batch may send its items.
	 * @param route the route
	 * @param request the request
	 * @param variables the variables of the path
	 * @return {@code true} if so
	 */
	boolean hasGrant(Route route, ServerRequest request, Map<String, String> variables) {
		String token = route.operation().equals("batch.streamItems") ? token(request) : null;
		Environment environment = (token != null) ? this.state.accounts().keys().environment(token) : null;
		return environment != null && environment.find(Batch.class, variables.getOrDefault("batchId", "")) != null;
	}

	private Identity keyOrToken(ServerRequest request) {
		String token = token(request);
		JsonNode claims = (token != null) ? Tokens.claims(token) : null;
		if (token == null || claims == null || !claims.path("pub").asBoolean(false)) {
			return Identity.of(environment(request, false));
		}
		Environment environment = this.state.accounts().environmentById(claims.path("sub").asString(""));
		if (environment == null) {
			throw new ResponseException(401, "Invalid Public Access Token");
		}
		boolean signed = this.state.accounts()
			.keys()
			.signing(environment)
			.stream()
			.anyMatch((key) -> Tokens.isSignedWith(token, key));
		boolean expired = claims.path("exp").asLong(Long.MAX_VALUE) <= this.state.now().getEpochSecond();
		if (!signed || expired) {
			throw new ResponseException(401, "Public Access Token is invalid");
		}
		return new Identity(environment, null, claims);
	}

	private Environment environment(ServerRequest request, boolean branchOptional) {
		String token = token(request);
		Environment environment = (token != null) ? this.state.accounts().keys().environment(token) : null;
		if (environment == null) {
			Environment branch = ownKey(token);
			throw new ResponseException(401,
					(branch != null) ? "x-trigger-branch header required for preview env" : "Invalid API key");
		}
		EnvironmentKind kind = environment.kind();
		String branch = branch(request);
		if (!kind.isBranchable() || (kind == EnvironmentKind.DEVELOPMENT && "default".equals(branch))) {
			return environment;
		}
		if (branch == null) {
			if (kind == EnvironmentKind.PREVIEW && !branchOptional) {
				throw new ResponseException(401, "x-trigger-branch header required for preview env");
			}
			return environment;
		}
		Environment found = environment.project().branch(kind, branch);
		if (found == null) {
			throw new ResponseException(401, "No matching branch env");
		}
		return found;
	}

	/**
	 * Return a branch has a key in its own row; sending it is taken for the parent's key
	 * without a branch.
	 * @param token the token
	 * @return the branch
	 */
	private @Nullable Environment ownKey(@Nullable String token) {
		return this.state.accounts()
			.environments()
			.stream()
			.filter((environment) -> environment.parent() != null && environment.ownKey().equals(token))
			.findFirst()
			.orElse(null);
	}

	private Environment environmentOrRefusal(ServerRequest request, String refusal) {
		try {
			return environment(request, false);
		}
		catch (ResponseException ex) {
			throw new ResponseException(401, refusal);
		}
	}

	private Identity personal(Route route, ServerRequest request, Map<String, String> variables) {
		String token = token(request);
		if (token != null && token.startsWith(UserActorTokens.PREFIX)
				&& !route.operation().equals("auth.userActorToken")) {
			Identity actor = UserActorTokens.identity(this.state, token);
			if (actor == null) {
				throw new ResponseException(401, "Invalid user-actor token");
			}
			if (route.isOfTenant()) {
				refuseStranger(actor, variables);
			}
			return actor;
		}
		if (!isPersonal(token)) {
			throw new ResponseException(401, "Invalid or Missing PAT");
		}
		return Identity.of(user(request, "Invalid PAT"));
	}

	private void refuseStranger(Identity actor, Map<String, String> variables) {
		Project project = this.state.accounts().project(variables.getOrDefault("projectRef", ""));
		Organization organization = (project != null) ? project.organization()
				: this.state.accounts().organization(variables.getOrDefault("orgSlug", ""));
		if (organization != null && actor.user() != null && !actor.user().isMemberOf(organization)) {
			throw new ResponseException(403, "Unauthorized");
		}
	}

	private Identity userOrActor(Route route, ServerRequest request) {
		String token = token(request);
		Identity actor = (route.isForActors() && token != null) ? UserActorTokens.identity(this.state, token) : null;
		return (actor != null) ? actor : Identity.of(user(request, "Invalid or Missing Access Token"));
	}

	private User user(ServerRequest request, String refusal) {
		String token = token(request);
		User user = (token != null) ? this.state.accounts().userByToken(token) : null;
		if (user == null || user.isRevoked()) {
			throw new ResponseException(401, refusal);
		}
		return user;
	}

	private static boolean isPersonal(@Nullable String token) {
		return token != null && token.startsWith(PERSONAL);
	}

	private Identity keyOrUser(Route route, ServerRequest request, @Nullable String projectRef) {
		String token = token(request);
		boolean terse = route.access() == RouteAccess.SECRET_KEY_OR_PERSONAL_TOKEN_TERSE;
		if (isPersonal(token)) {
			return Identity.of(user(request, terse ? route.refusal() : "Invalid API key"));
		}
		Environment environment = terse ? environmentOrRefusal(request, route.refusal())
				: environment(request, route.isBranchOptional());
		if (!environment.project().ref().equals(projectRef)) {
			throw new ResponseException(400, "Invalid project ref for this API key. Make sure you are using an API key"
					+ " associated with that project.");
		}
		return Identity.of(environment);
	}

	private Identity userOrKey(ServerRequest request) {
		String token = token(request);
		return isPersonal(token) ? Identity.of(user(request, "Invalid API key"))
				: Identity.of(environment(request, true));
	}

	/**
	 * Return the project in the path, if the user may see it.
	 * @param user the user
	 * @param ref the reference
	 * @return the project
	 */
	Project project(User user, String ref) {
		Project project = this.state.accounts().project(ref);
		if (project == null || !user.isMemberOf(project.organization())) {
			throw new ResponseException(404, "Project not found");
		}
		return project;
	}

}
