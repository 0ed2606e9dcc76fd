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
import dev.trigger.spring.task.TaskType;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

@Component
class Approvals {

	private final TriggerOperations trigger;

	Approvals(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::approval[]
	private static final TaskType<Article, Void> PUBLISH = TaskType.of("publish-article", Article.class, Void.class);

	// Returns the id of the token, to be kept with the article until somebody decides
	Mono<String> publish(String articleId) {
		return this.trigger.waitpoints()
			.create((token) -> token.timeout(Duration.ofDays(7)).idempotencyKey("approve", articleId))
			.flatMap((token) -> this.trigger.tasks()
				.trigger(PUBLISH, new Article(articleId, token.id()),
						(options) -> options.idempotencyKey("publish", articleId))
				.thenReturn(token.id()));
	}

	Mono<Void> decide(String tokenId, boolean approved) {
		return this.trigger.waitpoints().complete(tokenId, new Decision(approved));
	}

	record Article(String articleId, String tokenId) {
	}

	record Decision(boolean approved) {
	}
	// end::approval[]

}
