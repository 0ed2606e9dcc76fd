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

package dev.trigger.spring.test.contract;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.contract.TriggerContractAutoConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.autoconfigure.outbox.TriggerOutboxAutoConfiguration;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.batch.BatchException;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.payload.InvalidPayloadException;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TriggerContractAutoConfiguration}, with an emulator of the server.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContractAutoConfigurationTests {

	private static final String SCHEMA = """
			{"type":"object","required":["id","lines"],"additionalProperties":false,"properties":{
			"id":{"type":"string"},"lines":{"type":"array","items":{"type":"object","required":["sku"],
			"properties":{"sku":{"type":"string"},"price":{"type":"number"}}}}}}""";

	private static final TaskType<Map<String, Object>, JsonNode> PLACE_ORDER = type("place-order");

	private final TriggerEmulator emulator = TriggerEmulator.start();

	@TempDir
	private Path folder;

	@SuppressWarnings("unchecked")
	private static TaskType<Map<String, Object>, JsonNode> type(String id) {
		return (TaskType<Map<String, Object>, JsonNode>) (TaskType<?, ?>) TaskType.of(id, Map.class, JsonNode.class);
	}

	@BeforeEach
	void deploy() throws IOException {
		this.emulator.task("place-order", JsonNode.class, (payload, context) -> payload,
				(settings) -> settings.payloadSchema(SCHEMA));
		contract(SCHEMA);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	private void contract(String schema) throws IOException {
		contract(schema, this.emulator.projectRef());
	}

	private void contract(String schema, String projectRef) throws IOException {
		Path file = this.folder.resolve("META-INF/trigger/contract.json");
		Files.createDirectories(file.getParent());
		Files.writeString(file, """
				{"project":"%s","environment":"prod","tasks":{"place-order":{"payloadSchema":%s},
				"broken":{"payloadSchema":{"type":"object","properties":{"a":{"type":"string","pattern":"(?<"}}}},
				"endless":{"payloadSchema":{"$ref":"#/definitions/a","definitions":{"a":{"$ref":"#/definitions/a"}}}},
				"elsewhere":{"payloadSchema":{"properties":{"a":{"$ref":"http://127.0.0.1:1/schema.json"}}}}}}"""
			.formatted(projectRef, schema));
	}

	private ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TriggerAutoConfiguration.class, TriggerContractAutoConfiguration.class))
			.withClassLoader(classPath())
			.withPropertyValues("trigger.api-url=" + this.emulator.apiUrl(),
					"trigger.secret-key=" + this.emulator.secretKey("prod"),
					"trigger.access-token=" + this.emulator.personalAccessToken(), "trigger.retry.max-attempts=1")
			.withPropertyValues(properties);
	}

	private ClassLoader classPath() {
		try {
			return new URLClassLoader(new URL[] { this.folder.toUri().toURL() }, getClass().getClassLoader());
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void nothingIsCheckedByDefault() {
		runner().withUserConfiguration(Callers.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(this.emulator.requests()).isEmpty();
			assertThat(context.getBean(TriggerOperations.class).tasks().trigger(PLACE_ORDER, Map.of("no", 1)).block())
				.isNotNull();
		});
	}

	@Test
	void startFailsForATaskThatTheCodeCallsButIsNotDeployed() {
		runner("trigger.contract.check=fail").withUserConfiguration(Callers.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.isInstanceOf(InvalidTriggerPropertyException.class)
				.hasMessageContaining("the task 'forgotten' of " + Tasks.class.getName() + ".forgotten is not deployed")
				.hasMessageContaining("set 'trigger.contract.check' to warn")
				.hasMessageNotContaining("place-order"));
	}

	@Test
	void tasksOfTheClientThatIsNamedAsTheDefaultAreChecked() {
		runner("trigger.contract.check=fail").withUserConfiguration(CallersByDefault.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("the task 'by-default' of " + TasksByDefault.class.getName() + ".byDefault"));
	}

	@Test
	void projectIsThatOfTheConnectionDetails(CapturedOutput output) throws IOException {
		contract(SCHEMA.replace("\"number\"", "\"string\""), "proj_other");
		runner("trigger.contract.check=warn").withBean(TriggerConnectionDetails.class, this::connection)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("of the project " + this.emulator.projectRef(), "place-order lines[].price");
		Files.delete(this.folder.resolve("META-INF/trigger/contract.json"));
		runner("trigger.contract.check=fail").withBean(TriggerConnectionDetails.class, this::connection)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("are those that the code calls");
	}

	private TriggerConnectionDetails connection() {
		TriggerEmulator emulator = this.emulator;
		return new TriggerConnectionDetails() {

			@Override
			public String getApiUrl() {
				return emulator.apiUrl();
			}

			@Override
			public String getAccessToken() {
				return emulator.personalAccessToken();
			}

			@Override
			public String getProjectRef() {
				return emulator.projectRef();
			}

		};
	}

	@Test
	void checkNeedsAProject() throws IOException {
		Files.delete(this.folder.resolve("META-INF/trigger/contract.json"));
		runner("trigger.contract.check=fail").run((context) -> assertThat(context.getStartupFailure())
			.hasMessageContaining("'trigger.contract.check' needs a project")
			.hasMessageContaining("'trigger.project-ref'")
			.hasMessageContaining("TriggerConnectionDetails"));
	}

	@Test
	void startFailsForAChangeThatBreaks() throws IOException {
		contract(SCHEMA.replace("\"number\"", "\"string\""));
		runner(" trigger.contract.check = fail ").run(
				(context) -> assertThat(context.getStartupFailure()).isInstanceOf(InvalidTriggerPropertyException.class)
					.hasMessageContaining("place-order lines[].price: type changed from string to number")
					.hasMessageContaining("broken: task removed"));
	}

	@Test
	void warningNamesTheTasks(CapturedOutput output) {
		runner("trigger.contract.check=warn").withUserConfiguration(Callers.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("the task 'forgotten' of");
		});
	}

	@Test
	void trustedServiceThatIsDownStopsNobody(CapturedOutput output) {
		this.emulator.close();
		runner("trigger.contract.check=fail").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("is not checked");
		});
	}

	@Test
	void checkNeedsAnAccessToken() {
		runner("trigger.contract.check=fail", "trigger.access-token=")
			.run((context) -> assertThat(context.getStartupFailure()).hasMessageContaining("'trigger.access-token'"));
	}

	@Test
	void anythingElseIsNoCheck() {
		runner("trigger.contract.check=sometimes").run(
				(context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining("trigger.contract.check"));
	}

	@Test
	void invalidPayloadIsRefusedWithAllPathsBeforeAnyRequest() {
		runner("trigger.contract.validate=true").run((context) -> {
			TriggerOperations client = context.getBean(TriggerOperations.class);
			Map<String, Object> payload = Map.of("id", 1, "lines", List.of(Map.of("price", "free")), "more", true);
			assertThatExceptionOfType(InvalidPayloadException.class)
				.isThrownBy(() -> client.withHeader("x-any", "1").tasks().trigger(PLACE_ORDER, payload).block())
				.satisfies((ex) -> assertThat(ex.getErrors()).hasSize(4)
					.anySatisfy((error) -> assertThat(error).startsWith("/id: integer found"))
					.anySatisfy((error) -> assertThat(error).startsWith("/lines/0: required property 'sku'"))
					.anySatisfy((error) -> assertThat(error).startsWith("/lines/0/price: string found"))
					.anySatisfy((error) -> assertThat(error).startsWith("/: property 'more'")));
			assertThatExceptionOfType(BatchException.class)
				.isThrownBy(() -> client.batches()
					.trigger(List.of(PLACE_ORDER.item(valid()), BatchItem.of("place-order", "text")))
					.block())
				.withCauseInstanceOf(InvalidPayloadException.class)
				.withMessageContaining("at item 1")
				.withMessageContaining("/: string found, object expected");
			assertThat(this.emulator.requests()).isEmpty();
		});
	}

	@Test
	void validPayloadAndOneWithoutUsableSchemaAreSent(CapturedOutput output) {
		for (String task : List.of("broken", "endless", "elsewhere", "unknown")) {
			this.emulator.task(task, JsonNode.class, (payload) -> payload);
		}
		runner("trigger.contract.validate=true").run((context) -> {
			TriggerOperations client = context.getBean(TriggerOperations.class);
			assertThat(client.tasks().trigger(PLACE_ORDER, valid()).block()).isNotNull();
			for (String task : List.of("broken", "endless", "elsewhere", "unknown")) {
				assertThat(client.tasks().trigger(type(task), Map.of("a", "b")).block()).isNotNull();
			}
			assertThat(output).contains("Payloads for the task 'broken' are not validated",
					"Payloads for the task 'endless' are not validated",
					"Payloads for the task 'elsewhere' are not validated");
		});
	}

	@Test
	void applicationWithoutDatabaseStarts() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class,
					TriggerContractAutoConfiguration.class, TriggerJdbcAutoConfiguration.class,
					TriggerRunListenerAutoConfiguration.class, TriggerOutboxAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc", "org.springframework.boot.sql",
					"org.springframework.boot.jdbc", "org.springframework.transaction"))
			.withPropertyValues("trigger.secret-key=" + this.emulator.secretKey("prod"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static Map<String, Object> valid() {
		return Map.of("id", "1", "lines", List.of(Map.of("sku", "a", "price", 1.5)));
	}

	@Test
	void validationNeedsItsLibraryAndAContract() throws IOException {
		runner("trigger.contract.validate=true").withClassLoader(new FilteredClassLoader("com.networknt"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("com.networknt:json-schema-validator"));
		Files.delete(this.folder.resolve("META-INF/trigger/contract.json"));
		runner("trigger.contract.validate=true").run((context) -> assertThat(context.getStartupFailure()).rootCause()
			.hasMessageContaining("trigger-maven-plugin"));
		runner().withClassLoader(new FilteredClassLoader("com.networknt"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@TriggerTasks
	interface Tasks {

		@TriggerTask("place-order")
		Mono<RunHandle<JsonNode>> placeOrder(JsonNode payload);

		@TriggerTask("forgotten")
		Mono<RunHandle<JsonNode>> forgotten(JsonNode payload);

	}

	@Configuration(proxyBeanMethods = false)
	static class Callers {

		@Bean
		Tasks tasks(TriggerTasksFactory factory) {
			return factory.create(Tasks.class);
		}

	}

	@TriggerTasks("default")
	interface TasksByDefault {

		@TriggerTask("by-default")
		Mono<RunHandle<JsonNode>> byDefault(JsonNode payload);

	}

	@Configuration(proxyBeanMethods = false)
	static class CallersByDefault {

		@Bean
		TasksByDefault tasks(TriggerTasksFactory factory) {
			return factory.create(TasksByDefault.class);
		}

	}

}
