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

package dev.trigger.spring.test.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.trigger.spring.test.http.Answer;
import dev.trigger.spring.test.http.AnswerException;
import dev.trigger.spring.test.http.Json;
import dev.trigger.spring.test.http.JsonBody;
import dev.trigger.spring.test.state.Environment;
import dev.trigger.spring.test.state.EnvironmentKind;
import dev.trigger.spring.test.state.Project;
import dev.trigger.spring.test.state.Run;

/**
 * Lists of runs, of an environment or of a project.
 */
final class RunListRoutes {

	private final Authenticator authenticator;

	RunListRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		router.get("runs.list", "/api/v1/runs", this::list).publicToken().cors();
		router.get("projects.runs.list", "/api/v1/projects/{projectRef}/runs", this::listOfProject)
			.access(Access.PERSONAL_TOKEN)
			.cors();
	}

	private Answer list(Call call) {
		List<String> resources = new ArrayList<>(List.of("runs"));
		call.request().queryList("filter[taskIdentifier]").forEach((task) -> resources.add("tasks:" + task));
		call.request().queryList("filter[tag]").forEach((tag) -> resources.add("tags:" + tag));
		call.request().queryList("filter[batch]").forEach((batch) -> resources.add("batch:" + batch));
		Answer answer = page(call, call.environment().runs());
		call.authorize("read", resources.toArray(String[]::new));
		return answer;
	}

	private Answer listOfProject(Call call) {
		Project project = this.authenticator.project(call.user(), call.variable("projectRef"));
		List<String> slugs = call.request().queryList("filter[env]");
		List<Run> runs = new ArrayList<>();
		for (String slug : slugs) {
			EnvironmentKind kind = EnvironmentKind.find(slug);
			if (kind != null && kind.slug().equals(slug)) {
				runs.addAll(project.environment(kind).runs());
			}
			else {
				slugs = List.of();
				break;
			}
		}
		Issues issues = new Issues();
		read(call, issues);
		issues.refuseQuery();
		if (slugs.isEmpty()) {
			throw new AnswerException(500, "Internal Server Error");
		}
		return page(call, runs);
	}

	private static Predicate<Run> read(Call call, Issues issues) {
		CursorPages.size(call.request(), "Number must be less than or equal to 100", issues);
		return RunFilter.read(call.request(), call.now(), issues);
	}

	private static Answer page(Call call, List<Run> all) {
		Issues issues = new Issues();
		Predicate<Run> filter = read(call, issues);
		issues.refuseQuery();
		int size = CursorPages.size(call.request(), "", issues);
		List<Run> runs = all.stream()
			.filter(filter)
			.sorted(Comparator.comparing(Run::createdAt).thenComparing(Run::id).reversed())
			.toList();
		return Answer.ok(CursorPages.page(call.request(), runs, size, RunListRoutes::cursor,
				(run) -> RunJson.summary(call, run)));
	}

	private static String cursor(Run run) {
		JsonBody position = JsonBody.of("c", run.createdAt().toEpochMilli())
			.with("r", run.id().substring("run_".length()));
		return Base64.getEncoder()
			.withoutPadding()
			.encodeToString(Json.string(position).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The runs of an environment that match, newest first.
	 * @param environment the environment
	 * @param filter what a run must match
	 * @return the runs
	 */
	static List<Run> matching(Environment environment, Predicate<Run> filter) {
		return environment.runs().stream().filter(filter).toList();
	}

}
