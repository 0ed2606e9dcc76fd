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

package dev.trigger.spring.autoconfigure.contract;

import dev.trigger.spring.contracts.Contract;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.annotation.AnnotatedElementUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the runtime hints of {@link TriggerContractAutoConfiguration}.
 */
class ContractHintsTests {

	@Test
	void contractIsKeptInANativeExecutable() {
		ImportRuntimeHints imported = AnnotatedElementUtils.findMergedAnnotation(TriggerContractAutoConfiguration.class,
				ImportRuntimeHints.class);
		assertThat(imported).isNotNull();
		assertThat(imported.value()).containsExactly(TriggerContractAutoConfiguration.ContractHints.class);
		RuntimeHints hints = new RuntimeHints();
		new TriggerContractAutoConfiguration.ContractHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.resource().forResource(Contract.RESOURCE)).accepts(hints);
	}

}
