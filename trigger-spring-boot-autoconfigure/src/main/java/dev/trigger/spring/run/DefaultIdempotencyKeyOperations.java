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

package dev.trigger.spring.run;

import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.options.IdempotencyKey;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Default {@link IdempotencyKeyOperations}.
 */
final class DefaultIdempotencyKeyOperations implements IdempotencyKeyOperations {

	private final TriggerHttp http;

	DefaultIdempotencyKeyOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Mono<Void> reset(String taskIdentifier, IdempotencyKey key) {
		Assert.hasText(taskIdentifier, "'taskIdentifier' must not be empty");
		if (!key.isHashed() || !key.looksLikeHash()) {
			return reset(taskIdentifier, key.value());
		}
		return reset(taskIdentifier, key.key()).onErrorResume(NotFoundException.class,
				(ex) -> reset(taskIdentifier, key.value()));
	}

	private Mono<Void> reset(String taskIdentifier, String key) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.IDEMPOTENCY_KEYS_RESET, key)
			.json(Map.of("taskIdentifier", taskIdentifier))
			.returningNothing());
	}

}
