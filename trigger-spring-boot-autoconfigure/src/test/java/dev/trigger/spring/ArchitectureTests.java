/*
 * Copyright 2026 the original author or authors.
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

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the package structure.
 */
class ArchitectureTests {

	private static final String BASE = "dev.trigger.spring";

	/**
	 * Packages from top to bottom. A package may use those of the lines below its own,
	 * and no other package of its own line.
	 */
	private static final List<List<String>> LINES = List.of(
	// @formatter:off
			List.of("testcontainers..", "docker.compose.."),
			List.of("autoconfigure.."),
			List.of("health..", "actuate..", "metrics..", "alert.web.."),
			List.of("annotation..", "modulith.."),
			List.of("outbox..", "runlistener.."),
			List.of(""),
			List.of("task.."),
			List.of("batch.."),
			List.of("contracts.."),
			List.of("project.."),
			List.of("schedule..", "queue..", "waitpoint..", "deployment..", "query..", "session..", "errorgroup..",
					"bulkaction..", "envvar..", "identity..", "webhook..", "alert", "prompt.."),
			List.of("realtime.."),
			List.of("run.."),
			List.of("options..", "feed.."),
			List.of("token..", "payload.."),
			List.of("http.."),
			List.of("page..", "json..", "jdbc.."),
			List.of("exception.."),
			List.of("endpoint.."),
			List.of("auth.."));
	// @formatter:on

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	@Test
	void packagesOnlyUsePackagesBelow() {
		LayeredArchitecture architecture = Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInLayers()
			.withOptionalLayers(true)
			.ensureAllClassesAreContainedInArchitecture();
		List<String> below = new ArrayList<>();
		List<List<String>> upwards = new ArrayList<>(LINES);
		Collections.reverse(upwards);
		for (List<String> line : upwards) {
			List<String> layers = line.stream().map(ArchitectureTests::packageIdentifier).toList();
			for (String layer : layers) {
				architecture = architecture.layer(layer).definedBy(layer);
				architecture = below.isEmpty() ? architecture.whereLayer(layer).mayNotAccessAnyLayer()
						: architecture.whereLayer(layer).mayOnlyAccessLayers(below.toArray(String[]::new));
			}
			below.addAll(layers);
		}
		check(architecture);
	}

	@Test
	void packagesAreFreeOfCycles() {
		check(slices().matching(BASE + ".(*)..").should().beFreeOfCycles());
	}

	@Test
	void operationsArePublicInterfaces() {
		check(classes().that()
			.haveSimpleNameEndingWith("Operations")
			.and()
			.haveSimpleNameNotStartingWith("Default")
			.should()
			.beInterfaces()
			.andShould()
			.bePublic());
	}

	@Test
	void defaultOperationsArePackagePrivateAndFinal() {
		check(classes().that()
			.haveSimpleNameStartingWith("Default")
			.and()
			.haveSimpleNameEndingWith("Operations")
			.should()
			.bePackagePrivate()
			.andShould()
			.haveModifier(JavaModifier.FINAL));
	}

	@Test
	void onlyHttpAndWhatConfiguresItUseWebClient() {
		check(noClasses().that()
			.resideOutsideOfPackages(packageIdentifier("http.."), packageIdentifier("autoconfigure.."),
					packageIdentifier(""))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.web.reactive.function.client.."));
	}

	/**
	 * The clocks of instances differ: what they share is timed by their database. What is
	 * only for this instance may use its own clock: how long a response asks to wait,
	 * warnings, statistics, and what is kept in memory.
	 */
	@Test
	void whatInstancesShareIsTimedByTheDatabase() {
		check(noClasses().that()
			.resideInAnyPackage(packageIdentifier("outbox.."), packageIdentifier("runlistener.."),
					packageIdentifier("jdbc.."))
			.and()
			.haveNameNotMatching(".*\\.(OutboxSender|RunReader|RunListenerStatistics(\\$.*)?|InMemoryTriggeredRuns)")
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Clock.class));
	}

	/**
	 * A clock may be set, and then nothing is too old or too new because of that.
	 */
	@Test
	void healthIsDecidedByTheTimeThatPasses() {
		check(noClasses().that()
			.resideInAPackage(packageIdentifier("health.."))
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Clock.class));
	}

	@Test
	void packagesAreNullMarked() {
		Set<JavaPackage> packages = CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
		assertThat(packages).isNotEmpty()
			.allSatisfy((javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
				.as("%s is @NullMarked", javaPackage.getName())
				.isTrue());
	}

	private static String packageIdentifier(String name) {
		return name.isEmpty() ? BASE : BASE + "." + name;
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(CLASSES);
	}

}
