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

package dev.trigger.spring.autoconfigure;

import java.util.List;
import java.util.function.Predicate;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.run.Run;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerRuntimeHints}.
 */
class TriggerRuntimeHintsTests {

	@Test
	void everyRecordCanBeReadAndWritten() {
		RuntimeHints hints = hints();
		List<JavaClass> records = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("dev.trigger.spring")
			.stream()
			.filter((type) -> !type.getPackageName().equals(TriggerTask.class.getPackageName()))
			.filter((type) -> type.getRawSuperclass()
				.filter((parent) -> parent.isEquivalentTo(Record.class))
				.isPresent())
			.toList();
		assertThat(records).hasSizeGreaterThan(100);
		assertThat(records).filteredOn(Predicate.not((type) -> RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of(type.getName()))
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
			.test(hints))).isEmpty();
	}

	@Test
	void accessorsAreInvoked() throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Run.class.getMethod("status")))
			.accepts(hints());
	}

	private static RuntimeHints hints() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(TriggerRuntimeHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(hints, TriggerRuntimeHintsTests.class.getClassLoader()));
		return hints;
	}

}
