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

package dev.trigger.spring.autoconfigure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.actuate.TriggerClientsEndpointAutoConfiguration;
import dev.trigger.spring.autoconfigure.health.TriggerHealthContributorAutoConfiguration;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.TriggerRunListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for ways of running an application that change how its beans are made.
 */
class ApplicationModesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void commandLineApplicationWithSecretsOfATree(@TempDir Path tree) throws IOException {
		Files.createDirectories(tree.resolve("trigger"));
		Files.writeString(tree.resolve("trigger/secret-key"), "tr_dev_0123456789abcdefDEV1\n");
		Files.writeString(tree.resolve("trigger/timeout"), "30s\n");
		run("--spring.config.import=configtree:" + tree + "/");
	}

	@Test
	void lazyApplication() {
		run("--trigger.secret-key=tr_dev_0123456789abcdefDEV1", "--spring.main.lazy-initialization=true");
	}

	@Test
	void applicationOnVirtualThreads() {
		run("--trigger.secret-key=tr_dev_0123456789abcdefDEV1", "--spring.threads.virtual.enabled=true");
	}

	@Test
	void applicationThatIsManagedByJmx() throws Exception {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		try (RecordingServer api = server();
				ConfigurableApplicationContext context = start(api, "--trigger.secret-key=tr_dev_0123456789abcdefDEV1",
						"--spring.jmx.enabled=true", "--management.endpoints.jmx.exposure.include=*")) {
			ObjectName endpoint = new ObjectName("org.springframework.boot:type=Endpoint,name=Trigger");
			assertThat(server.invoke(endpoint, "clients", new Object[0], new String[0])).asString()
				.contains("SECRET_KEY");
			assertThat(context.isRunning()).isTrue();
		}
	}

	private static void run(String... arguments) {
		try (RecordingServer api = server();
				ConfigurableApplicationContext first = start(api, arguments);
				ConfigurableApplicationContext second = start(api, arguments)) {
			for (ConfigurableApplicationContext context : List.of(first, second)) {
				assertThat(context.getBean(Application.class).ids).containsExactly("run_1");
				assertThat(context.getBean(RunListenerContainer.class).isRunning()).isTrue();
			}
		}
	}

	private static RecordingServer server() {
		return new RecordingServer((path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"));
	}

	private static ConfigurableApplicationContext start(RecordingServer api, String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("trigger.api-url=" + api.url(), "spring.main.banner-mode=off")
			.run(arguments);
	}

	@SpringBootConfiguration
	@ImportAutoConfiguration({ HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
			WebClientAutoConfiguration.class, JmxAutoConfiguration.class, EndpointAutoConfiguration.class,
			JmxEndpointAutoConfiguration.class, TriggerAutoConfiguration.class,
			TriggerClientsEndpointAutoConfiguration.class, TriggerHealthContributorAutoConfiguration.class,
			TriggerRunListenerAutoConfiguration.class })
	static class Application {

		private final List<String> ids = new CopyOnWriteArrayList<>();

		@Bean
		CommandLineRunner runner(TriggerOperations trigger) {
			return (arguments) -> this.ids
				.add(String.valueOf(trigger.runs().retrieve("run_1").map(Run::id).block(PATIENCE)));
		}

		@Bean
		Listener listener() {
			return new Listener();
		}

	}

	static class Listener {

		@TriggerRunListener(task = "report")
		void on(RunFinished<String> event) {
		}

	}

}
