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

import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.tool.ContractException;
import dev.trigger.spring.contracts.tool.ContractFiles;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes the contract of the tasks that are deployed.
 *
 * @since 1.0.0
 */
@Mojo(name = "pull", threadSafe = true)
public class PullMojo extends AbstractDeployedMojo {

	@Override
	public void execute() throws MojoExecutionException {
		if (isSkipped()) {
			return;
		}
		Contract contract = retrieve();
		try {
			boolean changed = ContractFiles.write(contract, contractFile().toPath());
			getLog().info((changed ? "Wrote " : "Nothing changed in ") + contractFile() + ", with "
					+ contract.tasks().size() + " tasks");
		}
		catch (ContractException ex) {
			throw new MojoExecutionException(ex.getMessage(), ex);
		}
	}

}
