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

package dev.trigger.spring.autoconfigure.webhook;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.alert.AlertEvent;
import dev.trigger.spring.alert.TriggerWebhook;
import dev.trigger.spring.alert.WebhookVerifier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a slice of the application with its controllers has what webhooks need, and
 * no client.
 */
@WebFluxTest(properties = { "trigger.webhook.secret=whsec_test", "trigger.secret-key=tr_dev_0123456789abcdefDEV1" })
class WebhookSliceTests {

	@Autowired
	private ApplicationContext context;

	@Test
	void controllerGetsTheAlert() {
		WebTestClient.bindToApplicationContext(this.context)
			.build()
			.post()
			.uri("/alerts")
			.header(WebhookVerifier.SIGNATURE_HEADER,
					"902fcd80e51a62fd880ef629729b857a28178ba385a5eb8a88601f003143a299")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"id\":\"webhook_1\",\"type\":\"alert.new\"}")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("webhook_1");
		assertThat(this.context.getBeansOfType(TriggerOperations.class)).isEmpty();
	}

	@SpringBootConfiguration
	@Import(Alerts.class)
	static class Application {

	}

	@RestController
	static class Alerts {

		@PostMapping("/alerts")
		Mono<String> alert(@TriggerWebhook AlertEvent event) {
			return Mono.just(event.id());
		}

	}

}
