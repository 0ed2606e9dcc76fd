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

package dev.trigger.spring.benchmark.startup.starter;

import java.util.Objects;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.benchmark.startup.StartTimes;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gets one run with the starter.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class StarterApplication {

	/**
	 * Start and get one run.
	 * @param args the address of the server
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(StarterApplication.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties("trigger.secret-key=tr_dev_0123456789abcdef01234567", "trigger.api-url=" + args[0])
			.run();
		TriggerOperations trigger = context.getBean(TriggerOperations.class);
		long started = StartTimes.now();
		Objects.requireNonNull(trigger.runs().retrieve("run_1234").block());
		StartTimes.print(started, StartTimes.now());
		System.exit(0);
	}

}
