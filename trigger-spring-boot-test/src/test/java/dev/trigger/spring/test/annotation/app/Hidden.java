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

package dev.trigger.spring.test.annotation.app;

import dev.trigger.spring.run.RunHandle;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Uses what only its package sees.
 */
@Service
public class Hidden {

	private final HiddenTasks tasks;

	Hidden(HiddenTasks tasks) {
		this.tasks = tasks;
	}

	public Mono<RunHandle<Receipt>> trigger(Welcome welcome) {
		return this.tasks.trigger(welcome);
	}

	public Mono<Receipt> await(Welcome welcome) {
		return this.tasks.await(welcome);
	}

	public String greeting() {
		return this.tasks.greeting();
	}

}
