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
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@WebMvcTest(properties = "trigger.webhook.secret=whsec_test")
class AlertControllerMvcTests {

	@Autowired
	private MockMvc mvc;

	@Test
	void signedAlertsAreAccepted() throws Exception {
		// tag::post[]
		String body = "{\"id\":\"webhook_1\",\"type\":\"alert.new\"}";
		this.mvc.perform(post("/alerts").content(body).headers(WebhookSigner.of("whsec_test").headers(body)))
			.andExpect(status().isOk());
		// end::post[]
		this.mvc.perform(post("/alerts").content(body).headers(WebhookSigner.of("other").headers(body)))
			.andExpect(status().isUnauthorized());
	}

}
