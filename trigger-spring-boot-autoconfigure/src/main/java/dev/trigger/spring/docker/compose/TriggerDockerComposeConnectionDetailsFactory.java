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

package dev.trigger.spring.docker.compose;

import java.util.HashMap;
import java.util.Map;

import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.TriggerContainerConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ssl.SslBundle;

/**
 * {@link DockerComposeConnectionDetailsFactory} to create
 * {@link TriggerConnectionDetails} for a service of the image of Trigger.dev or of the
 * emulator.
 */
class TriggerDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<TriggerConnectionDetails> {

	TriggerDockerComposeConnectionDetailsFactory() {
		super(TriggerContainerConnection.IMAGES.toArray(String[]::new));
	}

	@Override
	protected TriggerConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new TriggerDockerComposeConnectionDetails(source.getRunningService());
	}

	/**
	 * {@link TriggerConnectionDetails} backed by a {@link RunningService}.
	 */
	private static final class TriggerDockerComposeConnectionDetails extends DockerComposeConnectionDetails
			implements TriggerConnectionDetails {

		private final TriggerContainerConnection connection;

		private final String apiUrl;

		private final @Nullable SslBundle sslBundle;

		private TriggerDockerComposeConnectionDetails(RunningService service) {
			super(service);
			Map<String, String> variables = new HashMap<>();
			service.env().forEach((name, value) -> variables.put(name, (value != null) ? value : ""));
			this.connection = new TriggerContainerConnection(service.labels(), variables);
			this.sslBundle = getSslBundle(service);
			this.apiUrl = ((this.sslBundle != null) ? "https://" : "http://") + service.host() + ":"
					+ service.ports().get(this.connection.getPort());
		}

		@Override
		public String getApiUrl() {
			return this.apiUrl;
		}

		@Override
		public @Nullable String getSecretKey() {
			return this.connection.getSecretKey();
		}

		@Override
		public @Nullable String getAccessToken() {
			return this.connection.getAccessToken();
		}

		@Override
		public @Nullable String getPreviewBranch() {
			return this.connection.getPreviewBranch();
		}

		@Override
		public @Nullable String getProjectRef() {
			return this.connection.getProjectRef();
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return this.sslBundle;
		}

		@Override
		public boolean isInsecureAllowed() {
			return true;
		}

	}

}
