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

package dev.trigger.spring.test.autoconfigure;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.emulator.TriggerEmulatorBuilder;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.TriggerJsonMapperCustomizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for an emulator behind the client of
 * a test.
 *
 * @since 1.0.0
 * @see AutoConfigureTriggerEmulator
 */
@AutoConfiguration(before = TriggerAutoConfiguration.class)
public final class TriggerEmulatorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TriggerEmulator triggerEmulator(@Value("${trigger.test.emulator.preview-branch:}") String previewBranch,
			ObjectProvider<TriggerEmulatorCustomizer> customizers, ObjectProvider<JsonMapper> jsonMapper,
			ObjectProvider<TriggerJsonMapperCustomizer> jsonMapperCustomizers) {
		TriggerEmulatorBuilder builder = TriggerEmulator.builder()
			.jsonMapper(mapper(jsonMapper.getIfUnique(), jsonMapperCustomizers));
		if (StringUtils.hasText(previewBranch)) {
			builder.previewBranches(previewBranch);
		}
		TriggerEmulator emulator = builder.start();
		customizers.orderedStream().forEach((customizer) -> customizer.customize(emulator));
		return emulator;
	}

	/**
	 * The types of a test are those of the application: they have the names that its
	 * client sends and reads.
	 */
	private static JsonMapper mapper(@Nullable JsonMapper jsonMapper,
			ObjectProvider<TriggerJsonMapperCustomizer> customizers) {
		JsonMapper.Builder builder = (jsonMapper != null) ? jsonMapper.rebuild()
				: JsonMapper.builder().findAndAddModules();
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean(TriggerConnectionDetails.class)
	EmulatorConnectionDetails triggerEmulatorConnectionDetails(TriggerEmulator emulator,
			@Value("${trigger.test.emulator.environment:dev}") String environment,
			@Value("${trigger.test.emulator.preview-branch:}") String previewBranch) {
		return new EmulatorConnectionDetails(emulator, environment, previewBranch);
	}

}
