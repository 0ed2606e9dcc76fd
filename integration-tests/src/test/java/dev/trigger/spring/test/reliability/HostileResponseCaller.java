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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import org.slf4j.LoggerFactory;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks for hostile responses with each kind of connector, in a JVM of its own.
 */
final class HostileResponseCaller {

	private HostileResponseCaller() {
	}

	public static void main(String[] arguments) {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
		Map<String, ClientHttpConnector> connectors = new LinkedHashMap<>();
		// as Spring Boot sets it up
		connectors.put("netty-compress",
				new ReactorClientHttpConnector(HttpClient.create().disableRetry(true).compress(true)));
		connectors.put("netty", new ReactorClientHttpConnector(HttpClient.create().disableRetry(true)));
		connectors.put("jdk", new JdkClientHttpConnector());
		connectors.forEach((name, connector) -> {
			TriggerOperations trigger = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefghij"))
				.apiUrl(arguments[0])
				.maxInMemorySize(4 * 1024 * 1024)
				.retry((policy) -> policy.withMaxAttempts(1))
				.webClientBuilder(WebClient.builder().clientConnector(connector))
				.build();
			for (HostileResponse hostile : HostileResponse.values()) {
				System.out.println(name + " " + hostile + " " + outcome(trigger, hostile));
			}
		});
		System.exit(0);
	}

	private static String outcome(TriggerOperations trigger, HostileResponse hostile) {
		try {
			trigger.runs().retrieve("run_" + hostile.name()).block(Duration.ofSeconds(60));
			return "ok";
		}
		catch (Exception ex) {
			return ex.getClass().getSimpleName().replace("Exception", "").replace("Trigger", "");
		}
	}

}
