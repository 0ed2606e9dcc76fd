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
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.TaskRun;

/**
 * Lists of runs, of an environment or of a project.
 */
final class RunListRoutes {

	private static final TimedCursor<TaskRun> CURSOR = new TimedCursor<>(TaskRun::createdAt,
			(run) -> run.id().substring("run_".length()));

	private final Authenticator authenticator;

	RunListRoutes(Authenticator authenticator) {
		this.authenticator = authenticator;
	}

	void addTo(Router router) {
		router.get("runs.list", "/api/v1/runs", this::list).publicToken().cors();
		router.get("projects.runs.list", "/api/v1/projects/{projectRef}/runs", this::listOfProject)
			.access(RouteAccess.PERSONAL_TOKEN)
			.first(RunListRoutes::refuseQuery)
			.ofTenant()
			.cors();
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		read(call, issues);
		issues.refuseQuery();
		List<String> tasks = call.request().queryList("filter[taskIdentifier]");
		boolean allowed = call.can("read", "runs", "tasks")
				|| (!tasks.isEmpty() && tasks.stream().allMatch((task) -> call.can("read", "tasks:" + task)));
		if (!allowed) {
			throw ApiCall.unauthorized();
		}
		return page(call, call.environment().runs());
	}

	private static void refuseQuery(ApiCall call) {
		Issues issues = new Issues();
		read(call, issues);
		issues.refuseQuery();
	}

	private EmulatorResponse listOfProject(ApiCall call) {
		call.authorize("read", "runs");
		Project project = this.authenticator.project(call.user(), call.variable("projectRef"));
		List<String> slugs = call.request().queryList("filter[env]");
		// of several environments the real server looks at the first one that it finds
		for (EnvironmentKind kind : EnvironmentKind.values()) {
			if (slugs.contains(kind.slug())) {
				return page(call, project.environment(kind).runs());
			}
		}
		throw new ResponseException(500, "Internal Server Error");
	}

	private static Predicate<TaskRun> read(ApiCall call, Issues issues) {
		OrderedPages.size(call.request(), issues);
		return RunFilter.read(RunFilter.Values.of(call.request()), call.now(), issues);
	}

	private static EmulatorResponse page(ApiCall call, List<TaskRun> all) {
		Issues issues = new Issues();
		Predicate<TaskRun> filter = read(call, issues);
		issues.refuseQuery();
		int size = OrderedPages.size(call.request(), issues);
		List<TaskRun> runs = all.stream().filter(filter).sorted(TaskRun.OLDEST_FIRST.reversed()).toList();
		ToIntFunction<TaskRun> place = CURSOR.comparison(OrderedPages.cursorOf(call));
		return EmulatorResponse
			.ok(new OrderedPages<TaskRun>(CURSOR::of, (run) -> RunJson.summary(call, run), true, true).page(call, runs,
					size, (run) -> place.applyAsInt(run) < 0, (run) -> place.applyAsInt(run) > 0));
	}

	/**
	 * Return the runs of an environment that match, newest first.
	 * @param environment the environment
	 * @param filter what a run must match
	 * @return the runs
	 */
	static List<TaskRun> matching(Environment environment, Predicate<TaskRun> filter) {
		return environment.runs().stream().filter(filter).toList();
	}

}
