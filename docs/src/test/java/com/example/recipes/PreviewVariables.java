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

package com.example.recipes;

import java.nio.file.Path;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.TriggerEnvironment;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
class PreviewVariables {

	private final TriggerOperations trigger;

	PreviewVariables(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::upload[]
	Mono<Void> upload(Path dotEnvFile, String branch) {
		return this.trigger.withBranch(branch)
			.project("proj_emulatoremulatoremul")
			.envVars(TriggerEnvironment.PREVIEW)
			.upload((variables) -> variables.dotEnv(dotEnvFile).override());
	}
	// end::upload[]

}
