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

package dev.trigger.spring.devservice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.trigger.spring.autoconfigure.TriggerProperties;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyNames;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.ResourceUtils;
import org.springframework.util.StringUtils;

/**
 * Starts the emulator and points the client at it, if the application is in development
 * and no server is configured. Internal.
 *
 * @since 1.0.0
 */
public final class DevServiceEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String SOURCE = "triggerDevService";

	private static final List<ConfigurationPropertyName> CONNECTION = Stream
		.of("trigger.secret-key", "trigger.access-token", "trigger.api-url")
		.map(ConfigurationPropertyName::of)
		.toList();

	private final Log log;

	/**
	 * Create a post processor.
	 * @param logs where messages are kept until the application logs
	 */
	public DevServiceEnvironmentPostProcessor(DeferredLogFactory logs) {
		this.log = logs.getLog(DevServiceEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		// after the configuration files are read
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getPropertySources().contains(SOURCE)) {
			return;
		}
		DevServiceProperties properties = DevServiceProperties.bind(environment);
		if (!properties.isEnabled() || isConfigured(environment)) {
			return;
		}
		String refusal = Development.refusal(application.getMainApplicationClass());
		if (refusal != null) {
			this.log.debug("No Trigger.dev emulator is started for the application: " + refusal);
			return;
		}
		boolean restarted = DevService.running() != null;
		DevService service = DevService.start(properties.getPort());
		describeTasks(service, properties.getTasksFile());
		// before those of files, whose empty values would hide them
		environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, service.properties()));
		this.log.info((restarted ? "The Trigger.dev emulator is still running"
				: "No Trigger.dev credential is set, and so an emulator is started for development") + ". Its page: "
				+ service.page());
	}

	/**
	 * Return whether a credential, a server or a named client is configured, even if it
	 * can't be used: that is reported when the client is made of it.
	 */
	static boolean isConfigured(ConfigurableEnvironment environment) {
		TriggerPropertyBinder binder = new TriggerPropertyBinder(environment);
		return CONNECTION.stream().anyMatch(binder::isSet)
				|| !TriggerPropertyNames.of(environment, TriggerProperties.class).clients().isEmpty();
	}

	private void describeTasks(DevService service, @Nullable String file) {
		if (!StringUtils.hasText(file)) {
			return;
		}
		// a path may have a colon as well: C:\tasks.json
		Resource resource = ResourceUtils.isUrl(file) ? new DefaultResourceLoader().getResource(file)
				: new FileSystemResource(file);
		try {
			service.emulator().tasks(resource.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new InvalidTriggerPropertyException("trigger.dev-service.tasks-file",
					"'trigger.dev-service.tasks-file' must name a file with tasks: " + ex.getMessage(),
					"Correct the file, or remove 'trigger.dev-service.tasks-file'");
		}
	}

}
