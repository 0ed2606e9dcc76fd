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

package dev.trigger.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the generated configuration metadata.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationMetadataTests {

	private static final Path PAGE = Path.of("..", "docs", "CONFIGURATION.md");

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	static List<String> namesBelow(String prefix) {
		try {
			return triggerProperties().stream()
				.map((property) -> property.path("name").asString())
				.filter((name) -> name.startsWith(prefix))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void propertiesHaveDescriptionsThatEndWithFullStop() throws IOException {
		List<JsonNode> properties = triggerProperties();
		assertThat(properties).as("trigger.* properties in %s", LOCATION)
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString(""))
				.as("description of %s", property.path("name").asString())
				.isNotBlank()
				.endsWith("."));
	}

	/**
	 * One that is not known would be reported as misspelled.
	 */
	@Test
	void propertiesAreKnown(CapturedOutput output) {
		Map<String, Object> values = new HashMap<>();
		namesBelow("trigger.").forEach((name) -> values.put(name, "1"));
		values.remove("trigger.clients");
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", values));
		ConfigurationPropertySources.attach(environment);
		TriggerClientsProperties.reportUnknown(environment);
		assertThat(values).hasSizeGreaterThan(10);
		assertThat(output).doesNotContain("There is no property");
	}

	@Test
	void pageListsAllPropertiesWithTheirDefaults() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		Pattern.compile("^\\| `(trigger\\.[a-z0-9.-]+)` \\| (.*?) \\| ", Pattern.MULTILINE)
			.matcher(Files.readString(PAGE))
			.results()
			.filter((row) -> !row.group(1).startsWith("trigger.dev-service."))
			.forEach((row) -> rows.put(row.group(1), row.group(2)));
		List<JsonNode> properties = triggerProperties();
		assertThat(rows.keySet()).as("properties of %s", PAGE)
			.containsExactlyInAnyOrderElementsOf(
					properties.stream().map((property) -> property.path("name").asString()).toList());
		assertThat(properties).filteredOn((property) -> property.has("defaultValue"))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(rows.get(property.path("name").asString()))
				.as("default of %s in %s", property.path("name").asString(), PAGE)
				.isEqualTo("`" + property.path("defaultValue").asString() + "`"));
	}

	/**
	 * A default that is not written in the class of the properties would be missing.
	 */
	@ParameterizedTest
	@CsvSource({ "trigger.outbox., dev.trigger.spring.autoconfigure.outbox.TriggerOutboxProperties",
			"trigger.run-listener., dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerProperties",
			"trigger.webhook., dev.trigger.spring.autoconfigure.webhook.TriggerWebhookProperties",
			"trigger.jdbc., dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcProperties",
			"trigger.health., dev.trigger.spring.autoconfigure.TriggerProperties$Health",
			"trigger.retry., dev.trigger.spring.autoconfigure.TriggerProperties$Retry",
			"trigger.polling., dev.trigger.spring.autoconfigure.TriggerProperties$Polling" })
	void defaultsAreThoseOfTheProperties(String prefix, Class<?> type) throws IOException {
		BeanWrapper bean = new BeanWrapperImpl(type);
		assertThat(triggerProperties()).filteredOn((property) -> property.path("name").asString().startsWith(prefix))
			.isNotEmpty()
			.allSatisfy((property) -> {
				String name = property.path("name").asString();
				Object value = bean.getPropertyValue(Pattern.compile("-(.)")
					.matcher(name.substring(prefix.length()))
					.replaceAll((match) -> match.group(1).toUpperCase(Locale.ROOT)));
				JsonNode documented = property.path("defaultValue");
				assertThat(documented.isMissingNode()).as("default of %s, which is %s", name, value)
					.isEqualTo(value == null);
				if (value != null) {
					assertThat(ApplicationConversionService.getSharedInstance()
						.convert(documented.asString(), value.getClass())).as("default of %s", name).isEqualTo(value);
				}
			});
	}

	private static List<JsonNode> triggerProperties() throws IOException {
		// Every Spring Boot jar has metadata at this location too
		List<URL> locations = Collections
			.list(ConfigurationMetadataTests.class.getClassLoader().getResources(LOCATION));
		List<JsonNode> properties = new ArrayList<>();
		for (URL location : locations) {
			try (InputStream stream = location.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
					if (property.path("name").asString().startsWith("trigger.")) {
						properties.add(property);
					}
				}
			}
		}
		return properties;
	}

}
