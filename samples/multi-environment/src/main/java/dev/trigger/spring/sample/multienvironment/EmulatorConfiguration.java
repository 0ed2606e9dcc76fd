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

package dev.trigger.spring.sample.multienvironment;

import dev.trigger.emulator.TriggerEmulator;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Puts an emulator behind the service, with both environments and a Java function in
 * place of the task.
 */
@Configuration(proxyBeanMethods = false)
@Profile("emulator")
class EmulatorConfiguration {

	@Bean
	TriggerEmulator triggerEmulator(@Value("${emulator.port}") int port,
			@Value("${trigger.clients.staging.secret-key}") String staging,
			@Value("${trigger.clients.production.secret-key}") String production) {
		TriggerEmulator emulator = TriggerEmulator.builder()
			.port(port)
			.secretKey("stg", staging)
			.secretKey("prod", production)
			.start();
		emulator.task("import-catalog", Catalog.class, (catalog) -> {
			int rejected = Math.max(0, catalog.products() - 100);
			return new ImportReport(catalog.products() - rejected, rejected);
		});
		return emulator;
	}

}
