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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details required to connect to the Trigger.dev API.
 *
 * @since 1.0.0
 */
public interface TriggerConnectionDetails extends ConnectionDetails {

	/**
	 * Return the address of the API.
	 * @return the address
	 */
	String getApiUrl();

	/**
	 * Return the secret key of an environment, or a personal access token.
	 * @return the secret key, {@code null} if there is none
	 */
	default @Nullable String getSecretKey() {
		return null;
	}

	/**
	 * Return the personal access token, or a public access token.
	 * @return the access token, {@code null} if there is none
	 */
	default @Nullable String getAccessToken() {
		return null;
	}

	/**
	 * Return the branch of the preview or dev environment.
	 * @return the branch, {@code null} to leave it to the environment variables
	 */
	default @Nullable String getPreviewBranch() {
		return null;
	}

	/**
	 * Return the project for calls that name none.
	 * @return the ref of the project, {@code null} if there is none
	 */
	default @Nullable String getProjectRef() {
		return null;
	}

	/**
	 * Return the SSL bundle to connect with.
	 * @return the bundle, {@code null} to use that of {@code trigger.http.ssl.bundle} or
	 * the certificates of the JDK
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

	/**
	 * Return whether the address may be http on a host other than loopback, as that of a
	 * container may be.
	 * @return whether the network is trusted; {@code trigger.http.allow-insecure} allows
	 * it too
	 */
	default boolean isInsecureAllowed() {
		return false;
	}

}
