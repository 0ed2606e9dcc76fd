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

package dev.trigger.spring.contracts;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.project.DeployedWorker;

import org.springframework.util.Assert;

/**
 * What a service relies on: the tasks that are deployed in an environment of a project,
 * with the schemas of their payloads. It is kept as a file beside the code, from which
 * {@code trigger-maven-plugin} generates Java sources.
 *
 * @param project the ref of the project, such as {@code proj_1234}
 * @param environment the environment, such as {@code prod}
 * @param tasks the tasks by their identifiers, in their order
 * @since 1.0.0
 */
public record Contract(String project, String environment, Map<String, ContractTask> tasks) implements Serializable {

	/**
	 * Where an application has its contract on the class path. The plugin copies it
	 * there.
	 */
	public static final String RESOURCE = "META-INF/trigger/contract.json";

	/**
	 * Create a contract.
	 */
	public Contract {
		Assert.hasText(project, "'project' must not be empty");
		Assert.hasText(environment, "'environment' must not be empty");
		tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
	}

	/**
	 * Create the contract of a worker.
	 * @param project the ref of the project, such as {@code proj_1234}
	 * @param environment the environment that the worker is deployed in
	 * @param worker the worker
	 * @return the contract; nothing in it changes unless a task does
	 */
	public static Contract of(String project, TriggerEnvironment environment, DeployedWorker worker) {
		SortedMap<String, ContractTask> tasks = new TreeMap<>();
		worker.tasks()
			.forEach((task) -> tasks.put(task.slug(),
					new ContractTask(task.filePath(), task.triggerSource(), task.payloadSchema())));
		return new Contract(project, environment.longName(), tasks);
	}

	/**
	 * Read a contract.
	 * @param json the content of its file
	 * @return the contract
	 * @throws IllegalArgumentException if it is not the content of such a file
	 */
	public static Contract read(byte[] json) {
		return ContractJson.read(json);
	}

	/**
	 * Return the content of the file of this contract.
	 * @return JSON in UTF-8, sorted; equal contracts have equal bytes
	 */
	public byte[] toJson() {
		return ContractJson.write(this);
	}

	/**
	 * Compare this contract with what is deployed now.
	 * @param deployed the contract of what is deployed
	 * @return the differences by task and place, empty if there are none
	 */
	public List<ContractChange> changesTo(Contract deployed) {
		return ContractComparison.compare(this, deployed);
	}

}
