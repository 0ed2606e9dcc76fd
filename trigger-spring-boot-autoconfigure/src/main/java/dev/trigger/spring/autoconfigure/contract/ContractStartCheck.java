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

package dev.trigger.spring.autoconfigure.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.CalledTasks;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.autoconfigure.contract.TriggerContractProperties.Check;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractChange;
import dev.trigger.spring.endpoint.TriggerCapabilities;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.project.DeployedWorker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.ResourceLoader;

/**
 * Compares what the code calls with what is deployed, when the application starts. That
 * Trigger.dev can't be reached stops no application.
 */
final class ContractStartCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ContractStartCheck.class);

	private static final String PROPERTY = "trigger.contract.check";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final TriggerContractProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	private final ResourceLoader resources;

	ContractStartCheck(TriggerContractProperties properties, ConfigurableListableBeanFactory beanFactory,
			ResourceLoader resources) {
		this.properties = properties;
		this.beanFactory = beanFactory;
		this.resources = resources;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.properties.getCheck() != Check.OFF) {
			check();
		}
	}

	private void check() {
		TriggerOperations client = this.beanFactory.getBeanProvider(TriggerOperations.class).getIfUnique();
		if (client == null) {
			throw new InvalidTriggerPropertyException(PROPERTY,
					"'" + PROPERTY + "' needs a single or primary client, but there is none",
					"Configure the default client with 'trigger.access-token', or set '" + PROPERTY + "' to off");
		}
		TriggerCapabilities capabilities = client.capabilities();
		if (capabilities == null) {
			// the client is a mock: there is nothing to compare with
			return;
		}
		if (!capabilities.supports(TriggerEndpoint.PROJECTS_WORKERS_RETRIEVE)) {
			throw new InvalidTriggerPropertyException(PROPERTY,
					"'" + PROPERTY + "' needs a personal access token, but the client has none",
					"Set 'trigger.access-token' to one (tr_pat_...), or '" + PROPERTY + "' to off");
		}
		Contract contract = ContractResource.find(this.resources, PROPERTY);
		String project = client.projectRef();
		if (project == null && contract != null) {
			project = contract.project();
		}
		if (project == null) {
			throw new InvalidTriggerPropertyException(PROPERTY,
					"'" + PROPERTY + "' needs a project, but none is configured",
					"Set 'trigger.project-ref' (an application with TriggerConnectionDetails returns it from getProjectRef), "
							+ "or '" + PROPERTY + "' to off");
		}
		TriggerEnvironment environment = environment(client, contract);
		DeployedWorker worker;
		try {
			worker = client.project(project).worker(environment, this.properties.getTag()).block(PATIENCE);
		}
		catch (NotFoundException ex) {
			report(project, environment, List.of("nothing is deployed under '" + this.properties.getTag() + "'"));
			return;
		}
		catch (TriggerException ex) {
			reportUnchecked(project, environment, ex.getMessage());
			return;
		}
		catch (IllegalStateException ex) {
			reportUnchecked(project, environment, "there was no response within " + PATIENCE.toSeconds() + " seconds");
			return;
		}
		if (worker != null) {
			report(project, environment, problems(contract, Contract.of(project, environment, worker)));
		}
	}

	private static void reportUnchecked(String project, TriggerEnvironment environment, String reason) {
		logger.warn("The contract with the tasks in " + environment + " of the project " + project + " is not checked: "
				+ reason);
	}

	private static TriggerEnvironment environment(TriggerOperations client, @Nullable Contract contract) {
		TriggerEnvironment environment = client.environment();
		if (environment != null) {
			return environment;
		}
		return (contract != null) ? TriggerEnvironment.of(contract.environment()) : TriggerEnvironment.PROD;
	}

	private List<String> problems(@Nullable Contract contract, Contract deployed) {
		List<String> problems = new ArrayList<>();
		SortedMap<String, String> called = new TreeMap<>();
		CalledTasks.find(this.beanFactory, String::isEmpty).forEach((task, method) -> {
			if (!deployed.tasks().containsKey(task)) {
				called.put(task, method);
			}
		});
		called.forEach((task, method) -> problems.add("the task '" + task + "' of " + method + " is not deployed"));
		if (contract != null) {
			contract.changesTo(deployed)
				.stream()
				.filter((change) -> change.breaking() && !called.containsKey(change.task()))
				.map(ContractChange::toString)
				.forEach(problems::add);
		}
		return problems;
	}

	private void report(String project, TriggerEnvironment environment, List<String> problems) {
		if (problems.isEmpty()) {
			logger.info("The tasks that are deployed in " + environment + " of the project " + project
					+ " are those that the code calls");
			return;
		}
		String description = "The tasks that are deployed in " + environment + " of the project " + project
				+ " are not those that the code calls: " + String.join("; ", problems);
		if (this.properties.getCheck() == Check.FAIL) {
			throw new InvalidTriggerPropertyException(PROPERTY, description,
					"Deploy the tasks, or pull the contract with trigger-maven-plugin and adapt the code. To start "
							+ "nevertheless, set '" + PROPERTY + "' to warn");
		}
		logger.warn(description);
	}

}
