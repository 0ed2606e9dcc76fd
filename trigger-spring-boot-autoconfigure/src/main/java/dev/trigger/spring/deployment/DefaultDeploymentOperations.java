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

package dev.trigger.spring.deployment;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.CursorPage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link DeploymentOperations}.
 */
final class DefaultDeploymentOperations implements DeploymentOperations {

	private static final ParameterizedTypeReference<CursorPage<Deployment>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultDeploymentOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<Deployment> list(DeploymentQuery query) {
		return CursorPage.walk((cursor) -> page(query.following(cursor)));
	}

	@Override
	public Mono<CursorPage<Deployment>> page(DeploymentQuery query) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.DEPLOYMENTS_LIST).query(query.toQuery()).returning(PAGE));
	}

	@Override
	public Mono<Deployment> retrieve(String deploymentId) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.DEPLOYMENTS_RETRIEVE, deploymentId).returning(Deployment.class));
	}

	@Override
	public Mono<Deployment> latest() {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.DEPLOYMENTS_RETRIEVE_LATEST).returning(Deployment.class));
	}

	@Override
	public Mono<Deployment> current() {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.DEPLOYMENTS_RETRIEVE_CURRENT).returning(Deployment.class));
	}

	@Override
	public Mono<Promotion> promote(String version) {
		Assert.isTrue(!version.startsWith("deployment_"),
				"'version' must be the version of the deployment, such as 20261124.2, not its id");
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.DEPLOYMENTS_PROMOTE, version).returning(Promotion.class))
			// done by an attempt whose response was lost
			.switchIfEmpty(current()
				.map((deployment) -> new Promotion(deployment.id(), deployment.version(), deployment.shortCode())));
	}

}
