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

package dev.trigger.spring.envvar;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link EnvVarOperations}.
 */
final class DefaultEnvVarOperations implements EnvVarOperations {

	private static final ParameterizedTypeReference<List<EnvVar>> LIST = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	private final String projectRef;

	private final TriggerEnvironment environment;

	DefaultEnvVarOperations(TriggerHttp http, String projectRef, TriggerEnvironment environment) {
		this.http = http;
		this.projectRef = projectRef;
		this.environment = environment;
	}

	@Override
	public Flux<EnvVar> list() {
		return this.http.send(request(TriggerEndpoint.ENV_VARS_LIST).returning(LIST))
			.flatMapIterable(Function.identity());
	}

	@Override
	public Mono<EnvVar> retrieve(String name) {
		return this.http.send(request(TriggerEndpoint.ENV_VARS_RETRIEVE, name).returning(EnvVar.class));
	}

	@Override
	public Mono<Void> create(String name, String value) {
		return create(new Body(name, value, null));
	}

	@Override
	public Mono<Void> createSecret(String name, String value) {
		return create(new Body(name, value, true));
	}

	private Mono<Void> create(Body body) {
		Assert.hasText(body.name(), "'name' must not be empty");
		return this.http.send(request(TriggerEndpoint.ENV_VARS_CREATE).json(body).returningNothing());
	}

	@Override
	public Mono<Void> update(String name, String value) {
		return this.http
			.send(request(TriggerEndpoint.ENV_VARS_UPDATE, name).json(Map.of("value", value)).returningNothing());
	}

	@Override
	public Mono<Void> upload(EnvVarImport variables) {
		return this.http.send(request(TriggerEndpoint.ENV_VARS_UPLOAD).json(variables.toBody()).returningNothing());
	}

	@Override
	public Mono<Void> delete(String name) {
		return this.http.send(request(TriggerEndpoint.ENV_VARS_DELETE, name).returningNothing());
	}

	private TriggerRequest.Builder request(TriggerEndpoint endpoint) {
		return TriggerRequest.to(endpoint, this.projectRef, this.environment.slug()).environment(this.environment);
	}

	private TriggerRequest.Builder request(TriggerEndpoint endpoint, String name) {
		return TriggerRequest.to(endpoint, this.projectRef, this.environment.slug(), name)
			.environment(this.environment);
	}

	/**
	 * The body that creates a variable.
	 *
	 * @param name the name
	 * @param value the value
	 * @param isSecret whether the value can be read by runs only
	 */
	record Body(String name, String value, @JsonProperty("isSecret") @Nullable Boolean isSecret) {

	}

}
