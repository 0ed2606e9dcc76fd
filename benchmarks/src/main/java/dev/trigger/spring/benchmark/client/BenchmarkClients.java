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

package dev.trigger.spring.benchmark.client;

import java.lang.reflect.InvocationTargetException;

import dev.trigger.spring.TriggerOperations;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes the clients, from an application like any other.
 */
final class BenchmarkClients {

	static final String KEY = "tr_dev_0123456789abcdef01234567";

	/**
	 * Whoever calls by hand has to send it: without it statuses come in another
	 * vocabulary.
	 */
	static final String API_VERSION = "2025-07-16";

	private static final String GENERATED = "dev.trigger.spring.benchmark.generated.GeneratedBenchmarkClient";

	private BenchmarkClients() {
	}

	static TriggerOperations starter(String apiUrl, String key) {
		return application(apiUrl, key).getBean(TriggerOperations.class);
	}

	/**
	 * Return a client that polls by hand, with room for as many polls at once as anybody
	 * wants.
	 */
	static LiveWebClient polling(String apiUrl, String key) {
		HttpClient transport = HttpClient.create(ConnectionProvider.create("polls", Short.MAX_VALUE));
		return new LiveWebClient(WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(transport))
			.baseUrl(apiUrl)
			.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key)
			.build());
	}

	private static ConfigurableApplicationContext application(String apiUrl, String key) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties("trigger.secret-key=" + key, "trigger.api-url=" + apiUrl, "logging.level.root=warn")
			.run();
	}

	static BenchmarkClient create(String name, String apiUrl) {
		ConfigurableApplicationContext context = application(apiUrl, KEY);
		return switch (name) {
			case "starter" -> new StarterBenchmarkClient(context.getBean(TriggerOperations.class));
			case "webclient" -> new WebClientBenchmarkClient(context.getBean(WebClient.Builder.class), apiUrl, null);
			case "webclient-coalesced" -> new WebClientBenchmarkClient(context.getBean(WebClient.Builder.class), apiUrl,
					context.getBean(JsonMapper.class));
			case "jdk" -> new JdkBenchmarkClient(context.getBean(JsonMapper.class), apiUrl);
			case "generated" -> generated(apiUrl);
			default -> throw new IllegalArgumentException("There is no client '" + name + "'");
		};
	}

	/**
	 * The class is there only where the client could be generated.
	 */
	private static BenchmarkClient generated(String apiUrl) {
		try {
			return (BenchmarkClient) Class.forName(GENERATED)
				.getConstructor(String.class, String.class)
				.newInstance(apiUrl, KEY);
		}
		catch (InvocationTargetException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("The client was not generated", ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
