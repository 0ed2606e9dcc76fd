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
import java.util.Map;

import dev.trigger.spring.contracts.generator.GeneratorSettings;
import dev.trigger.spring.contracts.generator.Grouping;
import dev.trigger.spring.contracts.generator.Numbers;
import dev.trigger.spring.contracts.tool.ContractException;
import dev.trigger.spring.contracts.tool.ContractFiles;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Generates Java sources from the contract, without looking at what is deployed.
 *
 * @since 1.0.0
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true,
		requiresDependencyResolution = ResolutionScope.COMPILE)
public class GenerateMojo extends AbstractMojo {

	/**
	 * The file of the contract.
	 */
	@Parameter(property = "trigger.contract.file", defaultValue = "${project.basedir}/src/main/trigger/contract.json")
	private File contractFile = new File("src/main/trigger/contract.json");

	/**
	 * The package of the sources.
	 */
	@Parameter(required = true)
	private String packageName = "";

	/**
	 * The name of the interface for all tasks, or for those in no folder.
	 */
	@Parameter(defaultValue = "DeployedTasks")
	private String interfaceName = "DeployedTasks";

	/**
	 * Which tasks have an interface in common: those of the PROJECT, or of a FOLDER of
	 * the TypeScript sources.
	 */
	@Parameter(defaultValue = "PROJECT")
	private Grouping grouping = Grouping.PROJECT;

	/**
	 * What a number becomes: BIG_DECIMAL or DOUBLE.
	 */
	@Parameter(defaultValue = "BIG_DECIMAL")
	private Numbers numbers = Numbers.BIG_DECIMAL;

	/**
	 * Whether constraints become annotations of Jakarta Validation. By default if that is
	 * on the class path.
	 */
	@Parameter
	private @Nullable Boolean validation;

	/**
	 * The client that the interface uses, a name in trigger.clients.*.
	 */
	@Parameter
	private @Nullable String client;

	/**
	 * The types of outputs by the identifiers of tasks. JsonNode by default.
	 */
	@Parameter
	private Map<String, String> outputs = Map.of();

	/**
	 * The types of payloads by the identifiers of tasks, instead of generated ones.
	 */
	@Parameter
	private Map<String, String> payloads = Map.of();

	/**
	 * The folder for the sources.
	 */
	@Parameter(defaultValue = "${project.build.directory}/generated-sources/trigger")
	private File outputDirectory = new File("target/generated-sources/trigger");

	/**
	 * The folder for the contract as a resource.
	 */
	@Parameter(defaultValue = "${project.build.directory}/generated-resources/trigger")
	private File resourceDirectory = new File("target/generated-resources/trigger");

	@Parameter(defaultValue = "${project}", readonly = true, required = true)
	private @Nullable MavenProject project;

	@Override
	public void execute() throws MojoExecutionException {
		try {
			GeneratorSettings settings = new GeneratorSettings(this.packageName, this.interfaceName, this.grouping,
					this.numbers, isValidated(), this.client, this.outputs, this.payloads);
			ContractFiles
				.generate(ContractFiles.read(this.contractFile.toPath()), settings, this.outputDirectory.toPath(),
						this.resourceDirectory.toPath())
				.forEach(getLog()::warn);
		}
		catch (ContractException | IllegalArgumentException ex) {
			throw new MojoExecutionException(ex.getMessage(), ex);
		}
		if (this.project != null) {
			this.project.addCompileSourceRoot(this.outputDirectory.getPath());
			Resource resource = new Resource();
			resource.setDirectory(this.resourceDirectory.getPath());
			this.project.addResource(resource);
		}
	}

	private boolean isValidated() {
		if (this.validation != null) {
			return this.validation;
		}
		return this.project != null && this.project.getArtifacts()
			.stream()
			.anyMatch((artifact) -> artifact.getGroupId().equals("jakarta.validation")
					&& artifact.getArtifactId().equals("jakarta.validation-api"));
	}

}
