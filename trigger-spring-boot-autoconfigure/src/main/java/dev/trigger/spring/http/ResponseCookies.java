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

package dev.trigger.spring.http;

import java.util.List;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

/**
 * Leaves the cookies of responses alone. The API has none, but balancers and proxies set
 * some, and Spring's parser fails on those that browsers take: with the connector of
 * Jetty such a response never arrives.
 */
final class ResponseCookies {

	private ResponseCookies() {
	}

	/**
	 * Let a connector read no cookies.
	 * @param connector the connector, which is changed if its kind reads cookies at once
	 */
	static void ignore(ClientHttpConnector connector) {
		if (connector instanceof JdkClientHttpConnector jdk) {
			jdk.setCookieParser((header) -> List.of());
		}
		else {
			JettyClient.ignoreCookies(connector);
		}
	}

}
