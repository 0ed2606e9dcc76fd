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

package dev.trigger.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps the emulator usable by any JVM project.
 */
class ArchitectureTests {

	private static JavaClasses classes;

	@BeforeAll
	static void read() {
		classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("dev.trigger.emulator");
		assertThat(classes).isNotEmpty();
	}

	@Test
	void usesNoSpring() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..").check(classes);
	}

	@Test
	void usesNothingOfTheClient() {
		noClasses().should().dependOnClassesThat().resideInAPackage("dev.trigger.spring..").check(classes);
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching("dev.trigger.emulator.(*)..").should().beFreeOfCycles().check(classes);
	}

	@Test
	void stateKnowsNothingOfRoutes() {
		noClasses().that()
			.resideInAPackage("dev.trigger.emulator.state..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.trigger.emulator.api..", "dev.trigger.emulator")
			.check(classes);
	}

	@Test
	void everySimpleNameOccursOnce() {
		Map<String, List<String>> names = new TreeMap<>();
		for (JavaClass type : classes) {
			if (!type.getSimpleName().isEmpty() && !type.getSimpleName().equals("package-info")) {
				names.computeIfAbsent(type.getSimpleName(), (name) -> new ArrayList<>()).add(type.getName());
			}
		}
		names.values().removeIf((types) -> types.size() == 1);
		assertThat(names).isEmpty();
	}

}
