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

package com.example.alerts;

import dev.trigger.spring.test.WebhookSigner;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.test.web.reactive.server.WebTestClient;

@WebFluxTest(properties = "trigger.webhook.secret=whsec_test")
class AlertControllerWebFluxTests {

	@Autowired
	private WebTestClient web;

	@Test
	void signedAlertsAreAccepted() {
		// tag::post[]
		String body = "{\"id\":\"webhook_1\",\"type\":\"alert.new\"}";
		this.web.post()
			.uri("/alerts")
			.headers((headers) -> headers.addAll(WebhookSigner.of("whsec_test").headers(body)))
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isOk();
		// end::post[]
		this.web.post()
			.uri("/alerts")
			.headers((headers) -> headers.addAll(WebhookSigner.of("other").headers(body)))
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

}
