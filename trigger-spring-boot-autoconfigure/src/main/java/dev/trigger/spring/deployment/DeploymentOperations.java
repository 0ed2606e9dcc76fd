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

import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.CursorPage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads and promotes deployments of the environment of the credential. All need a secret
 * key; {@link #list list}, {@link #page page} and {@link #current current} take a public
 * access token too.
 *
 * @since 1.0.0
 */
public interface DeploymentOperations {

	/**
	 * Return deployments, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/deployments}
	 * @param query which deployments
	 * @return the deployments, newest first
	 */
	Flux<Deployment> list(DeploymentQuery query);

	/**
	 * Return all deployments, requesting pages as they are needed.
	 * @return the deployments, newest first
	 * @see #list(DeploymentQuery)
	 */
	default Flux<Deployment> list() {
		return list(DeploymentQuery.all());
	}

	/**
	 * Return deployments, requesting pages as they are needed.
	 * @param query sets the filters and the page
	 * @return the deployments, newest first
	 * @see #list(DeploymentQuery)
	 */
	default Flux<Deployment> list(Consumer<DeploymentQuery.Builder> query) {
		return list(DeploymentQuery.of(query));
	}

	/**
	 * Return one page of deployments.
	 * <p>
	 * {@code GET /api/v1/deployments}
	 * @param query which deployments
	 * @return the page
	 */
	Mono<CursorPage<Deployment>> page(DeploymentQuery query);

	/**
	 * Return one page of deployments.
	 * @param query sets the filters and the page
	 * @return the page
	 * @see #page(DeploymentQuery)
	 */
	default Mono<CursorPage<Deployment>> page(Consumer<DeploymentQuery.Builder> query) {
		return page(DeploymentQuery.of(query));
	}

	/**
	 * Return a deployment.
	 * <p>
	 * {@code GET /api/v1/deployments/{deploymentId}}
	 * @param deploymentId the id
	 * @return the deployment
	 */
	Mono<Deployment> retrieve(String deploymentId);

	/**
	 * Return the newest self-managed deployment. Others are not found here: use
	 * {@link #current()}.
	 * <p>
	 * {@code GET /api/v1/deployments/latest}
	 * @return the deployment
	 */
	Mono<Deployment> latest();

	/**
	 * Return the deployment that new runs are executed with.
	 * <p>
	 * {@code GET /api/v1/deployments/current}
	 * @return the promoted deployment
	 */
	Mono<Deployment> current();

	/**
	 * Promote a deployment: new runs are executed with it. Promoting the current one is
	 * an error.
	 * <p>
	 * {@code POST /api/v1/deployments/{version}/promote}
	 * @param version the version of the deployment, such as {@code 20261124.2}; not its
	 * id
	 * @return the promoted deployment
	 */
	Mono<Promotion> promote(String version);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static DeploymentOperations create(TriggerHttp http) {
		return new DefaultDeploymentOperations(http);
	}

}
