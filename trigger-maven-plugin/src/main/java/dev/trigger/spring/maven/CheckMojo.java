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

import dev.trigger.spring.contracts.tool.ContractException;
import dev.trigger.spring.contracts.tool.ContractFiles;
import dev.trigger.spring.contracts.tool.ContractReport;
import dev.trigger.spring.contracts.tool.FailOn;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Compares the contract with the tasks that are deployed, and fails if they differ.
 *
 * @since 1.0.0
 */
@Mojo(name = "check", threadSafe = true)
public class CheckMojo extends AbstractDeployedMojo {

	/**
	 * What fails the build: ANY change, one that is BREAKING, or NOTHING.
	 */
	@Parameter(property = "trigger.contract.fail-on", defaultValue = "ANY")
	private FailOn failOn = FailOn.ANY;

	@Override
	public void execute() throws MojoExecutionException, MojoFailureException {
		if (isSkipped()) {
			return;
		}
		ContractReport report;
		try {
			report = ContractReport.of(ContractFiles.read(contractFile().toPath()), retrieve());
		}
		catch (ContractException ex) {
			throw new MojoExecutionException(ex.getMessage(), ex);
		}
		String text = "The deployed tasks differ from the contract.\n" + report;
		if (this.failOn.isFailure(report)) {
			throw new MojoFailureException(text);
		}
		if (report.changes().isEmpty()) {
			getLog().info(report.toString());
		}
		else {
			getLog().warn(text);
		}
	}

}
