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

package dev.trigger.spring.testcontainers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.TriggerContainerConnection;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

/**
 * {@link ContainerConnectionDetailsFactory} to create {@link TriggerConnectionDetails}
 * from a {@link ServiceConnection @ServiceConnection}-annotated container of the image of
 * Trigger.dev or of the emulator, or any {@link TriggerContainer}.
 */
class TriggerContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, TriggerConnectionDetails> {

	TriggerContainerConnectionDetailsFactory() {
		super(TriggerContainerConnection.IMAGES);
	}

	@Override
	protected boolean sourceAccepts(ContainerConnectionSource<Container<?>> source, Class<?> requiredContainerType,
			Class<?> requiredConnectionDetailsType) {
		return super.sourceAccepts(source, requiredContainerType, requiredConnectionDetailsType)
				|| source.accepts(ANY_CONNECTION_NAME, TriggerContainer.class, requiredConnectionDetailsType);
	}

	@Override
	protected TriggerConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new TriggerContainerConnectionDetails(source);
	}

	/**
	 * {@link TriggerConnectionDetails} backed by a {@link ContainerConnectionSource}.
	 */
	private static final class TriggerContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
			implements TriggerConnectionDetails {

		private TriggerContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public String getApiUrl() {
			return ((getSslBundle() != null) ? "https://" : "http://") + getContainer().getHost() + ":"
					+ getContainer().getMappedPort(connection().getPort());
		}

		@Override
		public @Nullable String getSecretKey() {
			return connection().getSecretKey();
		}

		@Override
		public @Nullable String getAccessToken() {
			return connection().getAccessToken();
		}

		@Override
		public @Nullable String getPreviewBranch() {
			return connection().getPreviewBranch();
		}

		@Override
		public @Nullable String getProjectRef() {
			return connection().getProjectRef();
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return super.getSslBundle();
		}

		@Override
		public boolean isInsecureAllowed() {
			return true;
		}

		/**
		 * A container that runs also has what its image sets.
		 */
		private TriggerContainerConnection connection() {
			Container<?> container = getContainer();
			Map<String, String> labels = new HashMap<>();
			Map<String, String> variables = new HashMap<>();
			@Nullable InspectContainerResponse info = container.getContainerInfo();
			if (info != null) {
				addTo(labels, info.getConfig().getLabels());
				String @Nullable [] env = info.getConfig().getEnv();
				if (env != null) {
					Arrays.stream(env)
						.map((entry) -> entry.split("=", 2))
						.forEach((entry) -> variables.put(entry[0], (entry.length > 1) ? entry[1] : ""));
				}
			}
			if (container instanceof GenericContainer<?> generic) {
				addTo(labels, generic.getLabels());
			}
			addTo(variables, container.getEnvMap());
			return new TriggerContainerConnection(labels, variables);
		}

		private static void addTo(Map<String, String> all, @Nullable Map<String, String> some) {
			if (some != null) {
				all.putAll(some);
			}
		}

	}

}
