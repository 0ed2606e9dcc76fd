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

package com.example.recipes;

import java.time.Duration;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.token.TokenResource;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

// tag::controller[]
@RestController
class BrowserTokens {

	private final TriggerOperations trigger;

	BrowserTokens(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// A token that can follow this run only, without its payload and output
	@GetMapping("/imports/{runId}/token")
	Mono<BrowserToken> token(@PathVariable String runId) {
		return this.trigger.publicTokens()
			.createPublicToken((token) -> token.read(TokenResource.RUNS, runId)
				.skipColumns("payload", "output")
				.expiresAfter(Duration.ofMinutes(30)))
			.map(BrowserToken::new);
	}

	record BrowserToken(String publicAccessToken) {
	}

}
// end::controller[]
