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

package dev.trigger.spring.contracts.generator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.trigger.spring.contracts.Contract;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that all that is generated compiles without a warning, and that nothing of a
 * schema becomes code.
 */
class CompiledSourcesTests {

	@Test
	void sourcesOfAllContractsCompileWithoutWarnings() {
		Map<String, Contract> contracts = new TreeMap<>(Recordings.contracts());
		contracts.put("large", Recordings.ofSchemas(LargeSchemas.all()));
		Map<String, String> sources = new LinkedHashMap<>();
		int count = 0;
		for (Contract contract : contracts.values()) {
			String name = "com.example.c" + count++;
			sources.putAll(
					ContractGenerator
						.generate(contract,
								new GeneratorSettings(name, "DeployedTasks", Grouping.values()[count % 2],
										Numbers.BIG_DECIMAL, true, "a\"client", Map.of(), Map.of()))
						.files());
		}
		sources.putAll(
				ContractGenerator
					.generate(contracts.get("structures"),
							new GeneratorSettings("com.example.doubles", "Doubles", Grouping.PROJECT, Numbers.DOUBLE,
									false, null, Map.of(), Map.of()))
					.files());
		SourceCompiler.compile(sources);
	}

	@Test
	void textsOfSchemasStandOnlyInCommentsAndLiterals() {
		Contract contract = Recordings.contracts().get("injection");
		Map<String, String> files = ContractGenerator
			.generate(contract, GeneratorSettings.of("com.example.tasks").withValidation(true))
			.files();
		files.values().forEach((source) -> {
			String code = SourceScanner.withoutCommentsAndLiterals(source);
			assertThat(code).doesNotContainPattern("\\b(Evil|System|exit|script|jndi|deprecated|ldap)\\b");
			assertThat(SourceScanner.comments(source)).doesNotContain("@deprecated", "<script", "{@link", "{@inherit");
			assertThat(source.chars().filter((character) -> character >= 128 && !Character.isLetterOrDigit(character)))
				.isEmpty();
		});
	}

	@Test
	void whatCannotBeExpressedIsReportedWithItsPlace() {
		List<String> warnings = ContractGenerator
			.generate(Recordings.ofSchemas(LargeSchemas.all()), GeneratorSettings.of("com.example.tasks"))
			.warnings();
		assertThat(warnings).anySatisfy((warning) -> assertThat(warning)
			.isEqualTo("Task 'properties-500': #/properties has more properties (500) than a record can have "
					+ "components: any JSON is accepted"));
		assertThat(warnings.stream().map((warning) -> warning.substring(6, warning.indexOf("':"))))
			.contains("depth-200", "longs-127", "name-huge", "properties-254")
			.doesNotContain("longs-126", "properties-253");
	}

	@Test
	void theSameContractGivesTheSameSources() {
		Recordings.contracts().values().forEach((contract) -> {
			Contract again = Contract.read(contract.toJson());
			assertThat(again).isEqualTo(contract);
			assertThat(again.toJson()).isEqualTo(contract.toJson());
			GeneratorSettings settings = GeneratorSettings.of("com.example.tasks");
			assertThat(ContractGenerator.generate(again, settings))
				.isEqualTo(ContractGenerator.generate(contract, settings));
		});
	}

	@Test
	void builderAsksOnlyForWhatIsRequired() throws Exception {
		Contract contract = Contract.read("""
				{"project":"proj_1","environment":"prod","tasks":{"open":{"payloadSchema":{"type":"object",
				"properties":{"a":{"type":"string"},"b":{"type":"string"},"c":{"type":"string"},"d":{"type":"string"}},
				"additionalProperties":{"type":"string"}}}}}""".getBytes(StandardCharsets.UTF_8));
		ClassLoader classes = SourceCompiler
			.compile(ContractGenerator.generate(contract, GeneratorSettings.of("com.example.tasks")).files());
		Object builder = classes.loadClass("com.example.tasks.Open").getMethod("builder").invoke(null);
		Object open = builder.getClass().getMethod("build").invoke(builder);
		assertThat(JsonMapper.shared().writeValueAsString(open)).isEqualTo("{}");
	}

	@Test
	void foldersOfTheSourcesHaveInterfacesOfTheirOwn() {
		Contract contract = Contract.read("""
				{"project":"proj_1","environment":"prod","tasks":{
				"a":{"filePath":"src/trigger/billing/a.ts"},
				"b":{"filePath":"src/trigger/mail/out/b.ts"},
				"c":{"filePath":"src/trigger/c.ts"},
				"d":{}}}""".getBytes(StandardCharsets.UTF_8));
		Set<String> files = ContractGenerator
			.generate(contract,
					new GeneratorSettings("p", "ShopTasks", Grouping.FOLDER, Numbers.DOUBLE, false, null,
							Map.of("a", "com.example.Receipt"), Map.of()))
			.files()
			.keySet();
		assertThat(files).contains("p/ShopTasks.java", "p/ShopTaskTypes.java", "p/BillingTasks.java",
				"p/MailOutTasks.java");
	}

}
