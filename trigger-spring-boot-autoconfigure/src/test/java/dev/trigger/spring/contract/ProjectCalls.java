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

package dev.trigger.spring.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.envvar.EnvVarImport;
import dev.trigger.spring.envvar.EnvVarOperations;

/**
 * Calls of {@code ProjectOperations} and its relatives.
 */
class ProjectCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry.add("envvars.list", "[\"proj_1\",\"prod\"]",
				(client, args) -> envVars(client, args).list().collectList());
		registry.add("envvars.retrieve", "[\"proj_1\",\"prod\",\"A\"]",
				(client, args) -> envVars(client, args).retrieve(args.string(2)));
		registry.add("envvars.create", "[\"proj_1\",\"prod\",{\"name\":\"A\",\"value\":\"1\"}]", (client, args) -> {
			EnvVarOperations envVars = envVars(client, args);
			Argument spec = args.get(2);
			String name = spec.get("name").string();
			return spec.get("isSecret").bool(false) ? envVars.createSecret(name, spec.get("value").string())
					: envVars.create(name, spec.get("value").string());
		}).returningNothing();
		registry
			.add("envvars.update", "[\"proj_1\",\"prod\",\"A\",{\"value\":\"1\"}]",
					(client, args) -> envVars(client, args).update(args.string(2), args.get(3).get("value").string()))
			.returningNothing();
		registry
			.add("envvars.upload", "[\"proj_1\",\"prod\",{\"variables\":{\"A\":\"1\"}}]",
					(client, args) -> envVars(client, args).upload(upload(args.get(2))))
			.returningNothing();
		registry
			.add("envvars.del", "[\"proj_1\",\"prod\",\"A\"]",
					(client, args) -> envVars(client, args).delete(args.string(2)))
			.returningNothing();
		registry.add("projects.list", "[]", (client, args) -> client.projects().list().collectList());
		registry.add("projects.retrieve", "[\"proj_1\"]", (client, args) -> client.project(args.string(0)).retrieve());
		registry.add("projects.environments.list", "[\"proj_1\"]",
				(client, args) -> client.project(args.string(0)).environments().collectList());
		registry
			.add("projects.environments.retrieve", "[\"proj_1\",\"prod\"]",
					(client, args) -> client.project(args.string(0)).access(environment(args)))
			.json((access) -> Map.of("apiKey", access.secretKey().token(), "name",
					String.valueOf(access.projectName())));
		registry
			.add("projects.environments.jwt", "[\"proj_1\",\"prod\"]",
					(client, args) -> client.project(args.string(0)).token(environment(args), List.of("read:runs")))
			.json((token) -> Map.of("token", token.token()));
		registry
			.add("projects.environments.pause", "[\"proj_1\",\"prod\"]",
					(client, args) -> client.project(args.string(0)).pause(environment(args)))
			.returningNothing();
		registry
			.add("projects.environments.resume", "[\"proj_1\",\"prod\"]",
					(client, args) -> client.project(args.string(0)).resume(environment(args)))
			.returningNothing();
		registry
			.add("projects.workers.retrieve", "[\"proj_1\",\"prod\",\"current\"]",
					(client, args) -> client.project(args.string(0)).worker(environment(args), args.string(2)))
			.json((worker) -> Map.of("worker", worker));
		registry
			.add("projects.branches.list", "[\"proj_1\"]",
					(client, args) -> client.project(args.string(0)).branches().list().collectList())
			.json((branches) -> Map.of("branches", branches));
		registry.add("projects.branches.create", "[\"proj_1\",\"b\"]",
				(client, args) -> client.project(args.string(0)).branches().create(args.string(1)));
		registry
			.add("projects.branches.archive", "[\"proj_1\",\"b\"]",
					(client, args) -> client.project(args.string(0)).branches().archive(args.string(1)))
			.returningNothing();
		registry.add("whoami.v1", "[]", (client, args) -> client.identity().whoami());
		registry.add("whoami.v2", "[]", (client, args) -> client.identity().whoami());
	}

	private static EnvVarOperations envVars(TriggerOperations client, Arguments args) {
		if (!args.get(0).isPresent()) {
			throw new Unrepresentable("A project is named by project(String)");
		}
		return client.project(args.string(0)).envVars(environment(args));
	}

	private static TriggerEnvironment environment(Arguments args) {
		if (!args.get(1).isString()) {
			throw new Unrepresentable("An environment is named by envVars(TriggerEnvironment)");
		}
		return TriggerEnvironment.of(args.string(1));
	}

	private static EnvVarImport upload(Argument argument) {
		return EnvVarImport.of((variables) -> {
			argument.get("variables").ifPresent((values) -> variables.variables(map(values)));
			argument.get("parentVariables").ifPresent((values) -> variables.parentVariables(map(values)));
			if (argument.get("override").bool(false)) {
				variables.override();
			}
			if (argument.get("isSecret").bool(false)) {
				variables.secret();
			}
		});
	}

	private static Map<String, String> map(Argument argument) {
		Map<String, String> map = new LinkedHashMap<>();
		argument.names().forEach((name) -> map.put(name, argument.get(name).string()));
		return map;
	}

}
