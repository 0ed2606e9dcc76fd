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

package dev.trigger.spring.benchmark.startup.bare;

import java.util.List;
import java.util.Objects;

import dev.trigger.spring.benchmark.startup.StartTimes;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Gets one run by hand.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class BareApplication {

	/**
	 * Start and get one run.
	 * @param args the address of the server
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(BareApplication.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties("api.key=tr_dev_0123456789abcdef01234567", "api.url=" + args[0])
			.run();
		WebClient client = context.getBean(WebClient.class);
		long started = StartTimes.now();
		Run run = client.get().uri("/api/v3/runs/{id}", "run_1234").retrieve().bodyToMono(Run.class).block();
		Objects.requireNonNull(run);
		StartTimes.print(started, StartTimes.now());
		System.exit(0);
	}

	@Bean
	WebClient apiClient(WebClient.Builder builder, @Value("${api.url}") String url, @Value("${api.key}") String key) {
		return builder.baseUrl(url).defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key).build();
	}

	/**
	 * What the application wants of a run.
	 *
	 * @param id the id
	 * @param status the status
	 * @param tags the tags
	 */
	public record Run(String id, String status, List<String> tags) {

	}

}
