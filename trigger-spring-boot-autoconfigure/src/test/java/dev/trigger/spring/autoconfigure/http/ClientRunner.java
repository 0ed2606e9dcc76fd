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

package dev.trigger.spring.autoconfigure.http;

import java.util.Arrays;
import java.util.function.Consumer;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

/**
 * Runs applications with one client, on a connector that the test names.
 */
final class ClientRunner {

	static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private ClientRunner() {
	}

	static ApplicationContextRunner of(String connector, String apiUrl, String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
					TriggerAutoConfiguration.class))
			.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + apiUrl,
					"spring.http.clients.reactive.connector=" + connector, "trigger.retry.delay=5ms")
			.withPropertyValues(properties);
	}

	static void run(String connector, String apiUrl, Consumer<TriggerOperations> test, String... properties) {
		of(connector, apiUrl, properties).run((context) -> {
			if (context.getStartupFailure() != null) {
				throw new AssertionError("The application does not start", context.getStartupFailure());
			}
			test.accept(context.getBean(TriggerOperations.class));
		});
	}

	/**
	 * Return all messages of a failure and its causes.
	 */
	static String messages(Throwable failure) {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			messages.append(cause.getMessage()).append('\n');
			Arrays.stream(cause.getSuppressed()).forEach((suppressed) -> messages.append(suppressed).append('\n'));
		}
		return messages.toString();
	}

}
