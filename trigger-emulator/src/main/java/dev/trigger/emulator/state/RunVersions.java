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

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Knows of which version runs are to be, and whether it is there yet.
 */
final class RunVersions {

	private final EmulatorState state;

	RunVersions(EmulatorState state) {
		this.state = state;
	}

	/**
	 * Return the version that a command asks for: by its number, or else by the name that
	 * whoever deploys has for it.
	 * @param environment where
	 * @param command the command
	 * @return the version, {@code null} for the current one, or one that is yet to come
	 */
	@Nullable String wanted(Environment environment, TriggerCommand command) {
		String version = command.option("lockToVersion");
		String externalId = externalId(environment, command);
		return (externalId == null) ? version
				: environment.all(Deployment.class)
					.values()
					.stream()
					.filter((deployment) -> deployment.isDeployed() && externalId.equals(deployment.externalId()))
					.max(Comparator.comparing(Deployment::createdAt))
					.map(Deployment::version)
					.orElse(null);
	}

	/**
	 * Return whether there is a version with the task of a run. Tasks that nobody has
	 * declared count as deployed, without a worker.
	 * @param run the run
	 * @return {@code false} if the run has to wait for it
	 */
	boolean isDeployed(TaskRun run) {
		if (externalId(run.environment(), run.command()) != null && wanted(run.environment(), run.command()) == null) {
			return false;
		}
		TaskDefinition task = this.state.task(run.taskId());
		return task == null || task.deployed();
	}

	/**
	 * Return the name of the deployment that a run is to be of. A worker of a developer
	 * is no deployment, and the number of a version goes before.
	 */
	private static @Nullable String externalId(Environment environment, TriggerCommand command) {
		String given = command.option("externalDeploymentId");
		String version = command.option("lockToVersion");
		boolean meant = given != null && !given.isBlank() && (version == null || version.isEmpty())
				&& environment.kind() != EnvironmentKind.DEVELOPMENT;
		return (meant && given != null) ? given.strip() : null;
	}

}
