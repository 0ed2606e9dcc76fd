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

package dev.trigger.spring.maven;

import java.io.File;
import java.util.List;

import javax.inject.Inject;

import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.tool.ContractException;
import dev.trigger.spring.contracts.tool.DeployedContract;
import dev.trigger.spring.contracts.tool.TriggerContracts;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * A goal that looks at what is deployed.
 */
abstract class AbstractDeployedMojo extends AbstractMojo {

	/**
	 * The file of the contract, to be committed.
	 */
	@Parameter(property = "trigger.contract.file", defaultValue = "${project.basedir}/src/main/trigger/contract.json")
	private File contractFile = new File("src/main/trigger/contract.json");

	/**
	 * The ref of the project, such as proj_1234. The variable TRIGGER_PROJECT_REF by
	 * default.
	 */
	@Parameter(property = "trigger.project-ref", defaultValue = "${env.TRIGGER_PROJECT_REF}")
	private @Nullable String projectRef;

	/**
	 * The environment: dev, staging, prod or preview.
	 */
	@Parameter(property = "trigger.contract.environment", defaultValue = "prod")
	private String environment = "prod";

	/**
	 * The branch of the environment preview. The variable TRIGGER_PREVIEW_BRANCH by
	 * default.
	 */
	@Parameter(property = "trigger.preview-branch", defaultValue = "${env.TRIGGER_PREVIEW_BRANCH}")
	private @Nullable String branch;

	/**
	 * The label of a deployment, current for the promoted one.
	 */
	@Parameter(property = "trigger.contract.tag", defaultValue = "current")
	private String tag = "current";

	/**
	 * The address of the API. The variable TRIGGER_API_URL by default, else that of the
	 * cloud.
	 */
	@Parameter(property = "trigger.api-url", defaultValue = "${env.TRIGGER_API_URL}")
	private @Nullable String apiUrl;

	/**
	 * The server of settings.xml that has a personal access token as password, instead of
	 * the variable TRIGGER_ACCESS_TOKEN.
	 */
	@Parameter(property = "trigger.contract.server-id")
	private @Nullable String serverId;

	/**
	 * The personal access token, for a property of settings.xml or the command line. The
	 * variable TRIGGER_ACCESS_TOKEN by default. Do not write it into a POM.
	 */
	@Parameter(property = "trigger.access-token")
	private @Nullable String accessToken;

	/**
	 * Which tasks are in the contract, such as order-*, or !order-test for one that is
	 * not. All by default.
	 */
	@Parameter(property = "trigger.contract.tasks")
	private List<String> tasks = List.of();

	/**
	 * Whether to do nothing.
	 */
	@Parameter(property = "trigger.contract.skip", defaultValue = "false")
	private boolean skip;

	@Parameter(defaultValue = "${settings}", readonly = true, required = true)
	private @Nullable Settings settings;

	@Inject
	private @Nullable SettingsDecrypter decrypter;

	File contractFile() {
		return this.contractFile;
	}

	boolean isSkipped() {
		return this.skip;
	}

	Contract retrieve() throws MojoExecutionException {
		try {
			return new DeployedContract(value(this.apiUrl), value(this.projectRef), this.environment,
					value(this.branch), this.tag, this.tasks)
				.retrieve(accessToken());
		}
		catch (ContractException ex) {
			throw new MojoExecutionException(ex.getMessage(), ex);
		}
	}

	/**
	 * An expression whose variable is not set is left as it is by some versions of Maven.
	 */
	private static @Nullable String value(@Nullable String value) {
		return (value != null && !value.startsWith("${")) ? value : null;
	}

	private @Nullable String accessToken() throws MojoExecutionException {
		if (this.serverId == null || this.settings == null || this.decrypter == null) {
			return (this.accessToken != null) ? this.accessToken : TriggerContracts.accessToken(System.getenv());
		}
		Server server = this.settings.getServer(this.serverId);
		if (server == null) {
			throw new MojoExecutionException("settings.xml has no server '" + this.serverId
					+ "': add one with a personal access token as password, or remove 'serverId'");
		}
		SettingsDecryptionResult result = this.decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
		for (SettingsProblem problem : result.getProblems()) {
			// the password is left as it is, and would be refused as a token of another
			// kind
			throw new MojoExecutionException(
					"The password of the server '" + this.serverId
							+ "' of settings.xml can't be decrypted: encrypt it again with the master password of "
							+ "settings-security.xml, or set the variable TRIGGER_ACCESS_TOKEN",
					problem.getException());
		}
		String password = result.getServer().getPassword();
		if (password == null || password.isBlank()) {
			throw new MojoExecutionException("The server '" + this.serverId
					+ "' of settings.xml has no password: set it to a personal access token (tr_pat_...)");
		}
		return password;
	}

}
