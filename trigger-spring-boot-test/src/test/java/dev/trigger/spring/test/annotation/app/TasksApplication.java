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

package dev.trigger.spring.test.annotation.app;

import dev.trigger.spring.test.autoconfigure.TriggerEmulatorCustomizer;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application whose tasks are methods of interfaces.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class TasksApplication {

	@Bean
	static TriggerEmulatorCustomizer tasks() {
		return (emulator) -> emulator
			.task("send-welcome", Welcome.class, (welcome) -> new Receipt("sent to " + welcome.email()))
			.task("digest", Digest.Request.class, (request) -> new Digest(request.words().length()))
			.task("resize", Image.class, (image) -> image.name() + " resized")
			.task("clean-up", Object.class, (nothing) -> null)
			.queue("reports", 1);
	}

}
