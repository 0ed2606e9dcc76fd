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

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of a deployment; open to values that do not exist yet.
 *
 * @param value the value that the API uses
 * @since 1.0.0
 */
public record DeploymentStatus(@JsonValue String value) implements Serializable {

	/**
	 * Waiting to be built.
	 */
	public static final DeploymentStatus PENDING = new DeploymentStatus("PENDING");

	/**
	 * Being built.
	 */
	public static final DeploymentStatus BUILDING = new DeploymentStatus("BUILDING");

	/**
	 * Being deployed.
	 */
	public static final DeploymentStatus DEPLOYING = new DeploymentStatus("DEPLOYING");

	/**
	 * Deployed.
	 */
	public static final DeploymentStatus DEPLOYED = new DeploymentStatus("DEPLOYED");

	/**
	 * Failed.
	 */
	public static final DeploymentStatus FAILED = new DeploymentStatus("FAILED");

	/**
	 * Canceled by a user.
	 */
	public static final DeploymentStatus CANCELED = new DeploymentStatus("CANCELED");

	/**
	 * Took longer than allowed.
	 */
	public static final DeploymentStatus TIMED_OUT = new DeploymentStatus("TIMED_OUT");

	/**
	 * Create a status.
	 * @param value the value that the API uses
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public DeploymentStatus {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
