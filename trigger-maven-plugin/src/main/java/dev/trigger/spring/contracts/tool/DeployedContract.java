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

package dev.trigger.spring.contracts.tool;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractTask;
import dev.trigger.spring.exception.InvalidConfigurationException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.project.DeployedWorker;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Where the contract of what is deployed comes from.
 *
 * @param apiUrl the address of the API, {@code null} for the cloud
 * @param projectRef the ref of the project, such as {@code proj_1234}
 * @param environment the environment, such as {@code prod}
 * @param branch the branch of the environment preview, {@code null} for none
 * @param tag the label of a deployment, {@code current} for the promoted one
 * @param tasks which tasks are in the contract, such as {@code order-*}, or
 * {@code !order-test} for one that is not; empty for all
 * @since 1.0.0
 */
public record DeployedContract(@Nullable String apiUrl, @Nullable String projectRef, String environment,
		@Nullable String branch, String tag, List<String> tasks) {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * Create a source.
	 */
	public DeployedContract {
		tasks = List.copyOf(tasks);
	}

	/**
	 * Retrieve the contract.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/{env}/workers/{tagName}}
	 * @param accessToken the personal access token
	 * @return the contract
	 * @throws ContractException if there is none
	 */
	public Contract retrieve(@Nullable String accessToken) {
		if (this.projectRef == null || this.projectRef.isBlank()) {
			throw new ContractException("No project is named: set 'projectRef', or the variable TRIGGER_PROJECT_REF");
		}
		try {
			return retrieve(this.projectRef.trim(), credential(accessToken));
		}
		catch (NotFoundException ex) {
			throw new ContractException("Nothing is deployed in the environment '" + this.environment
					+ "' of the project '" + this.projectRef + "' under '" + this.tag
					+ "', or the token does not reach it: " + ex.getMessage(), ex);
		}
		catch (TriggerException | InvalidConfigurationException | IllegalArgumentException ex) {
			throw new ContractException("The deployed tasks can't be retrieved: " + ex.getMessage(), ex);
		}
	}

	private Contract retrieve(String project, TriggerCredential credential) {
		try (TriggerTemplate client = client(credential)) {
			TriggerOperations operations = (this.branch != null && !this.branch.isBlank())
					? client.withBranch(this.branch) : client;
			TriggerEnvironment target = TriggerEnvironment.of(this.environment);
			// the client has a timeout, and says what did not respond
			DeployedWorker worker = operations.project(project).worker(target, this.tag).block();
			if (worker == null) {
				throw new ContractException("The response has no worker");
			}
			return filter(Contract.of(project, target, worker));
		}
	}

	/**
	 * A build tool discards the classes of its plugins while their threads still run: the
	 * client of the JDK needs none of them after the response.
	 */
	private TriggerTemplate client(TriggerCredential credential) {
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT_TIMEOUT)
			.build();
		TriggerTemplateBuilder builder = TriggerTemplate.builder(credential)
			.webClientBuilder(WebClient.builder().clientConnector(new JdkClientHttpConnector(http)));
		if (this.apiUrl != null && !this.apiUrl.isBlank()) {
			builder.apiUrl(this.apiUrl.trim());
		}
		return builder.build();
	}

	private static TriggerCredential credential(@Nullable String accessToken) {
		if (accessToken == null || accessToken.isBlank()) {
			throw new ContractException(
					"There is no personal access token: set the variable TRIGGER_ACCESS_TOKEN to one "
							+ "(tr_pat_...), or name a server of settings.xml that has it as password with 'serverId'");
		}
		TriggerCredential credential = TriggerCredential.of(accessToken.trim());
		if (credential.mode() != AuthMode.PERSONAL_ACCESS_TOKEN) {
			throw new ContractException("The deployed tasks are shown to personal access tokens only (tr_pat_...), but "
					+ "the credential is another one: set the variable TRIGGER_ACCESS_TOKEN");
		}
		return credential;
	}

	private Contract filter(Contract contract) {
		if (this.tasks.isEmpty()) {
			return contract;
		}
		List<Pattern> excluded = patterns(true);
		List<Pattern> included = patterns(false);
		SortedMap<String, ContractTask> chosen = new TreeMap<>();
		contract.tasks().forEach((id, task) -> {
			if ((included.isEmpty() || matches(included, id)) && !matches(excluded, id)) {
				chosen.put(id, task);
			}
		});
		return new Contract(contract.project(), contract.environment(), chosen);
	}

	private List<Pattern> patterns(boolean excluding) {
		return this.tasks.stream()
			.map(String::trim)
			.filter((task) -> !task.isEmpty() && task.startsWith("!") == excluding)
			.map((task) -> excluding ? task.substring(1) : task)
			.map((task) -> Pattern.compile(("\\Q" + task + "\\E").replace("*", "\\E.*\\Q"), Pattern.DOTALL))
			.toList();
	}

	private static boolean matches(List<Pattern> patterns, String id) {
		return patterns.stream().anyMatch((pattern) -> pattern.matcher(id).matches());
	}

}
