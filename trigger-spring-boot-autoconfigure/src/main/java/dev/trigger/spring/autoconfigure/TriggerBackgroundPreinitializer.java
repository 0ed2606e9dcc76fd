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

import dev.trigger.spring.TriggerTemplate;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link BackgroundPreinitializer} for the classes of a client, and those of the
 * {@link WebClient} below it: another thread loads them while the application prepares
 * its context. The client made here is thrown away, and could not send.
 */
final class TriggerBackgroundPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() {
		TriggerTemplate.builder()
			.webClientBuilder(WebClient.builder().clientConnector((method, uri, request) -> Mono.never()))
			.build();
	}

}
