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

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.ResourceUtils;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for an emulator while an application
 * is developed. Docker Compose and Testcontainers have connection details of their own.
 *
 * @since 1.0.0
 */
@AutoConfiguration(before = TriggerAutoConfiguration.class)
@ConditionalOnBean(DevServiceProperties.class)
public final class DevServiceAutoConfiguration {

	private static final Log logger = LogFactory.getLog(DevServiceAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean({ TriggerConnectionDetails.class, TriggerCredentialProvider.class })
	DevService triggerDevService(DevServiceProperties properties) {
		boolean restarted = DevService.running() != null;
		DevService service = DevService.start(properties.getPort());
		describeTasks(service.emulator(), properties.getTasksFile());
		logger.info((restarted ? "The Trigger.dev emulator is still running"
				: "No Trigger.dev credential is set, and so an emulator is started for development") + ". Its page: "
				+ service.page());
		return service;
	}

	private static void describeTasks(TriggerEmulator emulator, @Nullable String file) {
		if (!StringUtils.hasText(file)) {
			return;
		}
		// a path may have a colon as well: C:\tasks.json
		Resource resource = ResourceUtils.isUrl(file) ? new DefaultResourceLoader().getResource(file)
				: new FileSystemResource(file);
		try {
			emulator.tasks(resource.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new InvalidTriggerPropertyException("trigger.dev-service.tasks-file",
					"'trigger.dev-service.tasks-file' must name a file with tasks: " + ex.getMessage(),
					"Correct the file, or remove 'trigger.dev-service.tasks-file'");
		}
	}

}
