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

import java.util.function.Consumer;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.trigger.spring.task.EncodedTrigger;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Holds the one form of inputs: options and queries that a builder sets.
 */
class InputFormTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.trigger.spring");

	private static final DescribedPredicate<JavaClass> INPUTS = DescribedPredicate.describe("inputs",
			(type) -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass()
					&& (type.getSimpleName().endsWith("Options") || type.getSimpleName().endsWith("Query")));

	@Test
	void inputsAreFinalClassesThatACustomizerSets() {
		classes().that(INPUTS).should().notBeRecords().andShould(beSetByACustomizer()).check(CLASSES);
	}

	private static ArchCondition<JavaClass> beSetByACustomizer() {
		return new ArchCondition<>("be final and have of(Consumer)") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean satisfied = type.getModifiers().contains(JavaModifier.FINAL)
						&& type.tryGetMethod("of", Consumer.class).isPresent();
				events.add(new SimpleConditionEvent(type, satisfied, type.getName() + " is final with of(Consumer)"));
			}

		};
	}

	@Test
	void operationsThatTakeAnInputTakeItsCustomizerToo() {
		methods().that()
			.areDeclaredInClassesThat()
			.haveSimpleNameEndingWith("Operations")
			.and()
			.areDeclaredInClassesThat()
			.areInterfaces()
			.and(DescribedPredicate.describe("take an input",
					(JavaMethod method) -> method.getRawParameterTypes().stream().anyMatch(INPUTS)))
			// shared by the packages of the client, not an operation
			.and()
			.doNotHaveRawReturnType(EncodedTrigger.class)
			.should(new ArchCondition<>("have an overload with a Consumer") {

				@Override
				public void check(JavaMethod method, ConditionEvents events) {
					boolean satisfied = method.getOwner()
						.getMethods()
						.stream()
						.anyMatch((other) -> other.getName().equals(method.getName())
								&& other.getRawParameterTypes().size() == method.getRawParameterTypes().size()
								&& other.getRawParameterTypes()
									.stream()
									.anyMatch((type) -> type.isEquivalentTo(Consumer.class)));
					events.add(new SimpleConditionEvent(method, satisfied, method.getFullName() + " has a Consumer"));
				}

			})
			.check(CLASSES);
	}

	@Test
	void nothingIsCalledAsInputsWereBefore() {
		noClasses().that()
			.arePublic()
			.and()
			.resideOutsideOfPackage("..http..")
			.should()
			.haveSimpleNameEndingWith("Spec")
			.orShould()
			.haveSimpleNameEndingWith("Body")
			.orShould()
			.haveSimpleNameEndingWith("Request")
			.check(CLASSES);
	}

}
