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

package dev.trigger.spring.project;

import java.util.List;
import java.util.function.Function;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import reactor.core.publisher.Flux;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link ProjectsOperations}.
 */
final class DefaultProjectsOperations implements ProjectsOperations {

	private static final ParameterizedTypeReference<List<Project>> LIST = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultProjectsOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<Project> list() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.PROJECTS_LIST).returning(LIST))
			.flatMapIterable(Function.identity());
	}

}
