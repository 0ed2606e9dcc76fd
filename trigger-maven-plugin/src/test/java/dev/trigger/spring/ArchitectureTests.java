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

package dev.trigger.spring;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Tests for the package structure of the plugin.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPaths("target/classes");

	@Test
	void whatGeneratesKnowsNothingOfHttpAndMaven() {
		noClasses().that()
			.resideInAPackage("dev.trigger.spring.contracts.generator..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "org.apache.maven..", "reactor..", "dev.trigger.spring",
					"dev.trigger.spring.http..", "dev.trigger.spring.project..", "dev.trigger.spring.contracts.tool..",
					"dev.trigger.spring.maven..")
			.check(CLASSES);
	}

	@Test
	void theToolKnowsNothingOfMaven() {
		noClasses().that()
			.resideInAPackage("dev.trigger.spring.contracts.tool..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.apache.maven..", "dev.trigger.spring.maven..")
			.check(CLASSES);
	}

}
