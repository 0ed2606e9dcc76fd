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

import dev.trigger.spring.exception.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * Thrown when a client has connection details without any credential.
 *
 * @since 1.0.0
 */
public class MissingTriggerCredentialException extends InvalidConfigurationException {

	private static final long serialVersionUID = 1L;

	private final String source;

	MissingTriggerCredentialException(TriggerConnectionDetails details) {
		this(describe(details));
	}

	private MissingTriggerCredentialException(String source) {
		super("There is no Trigger.dev credential in the connection details from " + source,
				"Give the container the label '" + TriggerContainerConnection.SECRET_KEY_LABEL + "' or '"
						+ TriggerContainerConnection.ACCESS_TOKEN_LABEL
						+ "', let a TriggerConnectionDetails bean of your own return one, or define a "
						+ "TriggerCredentialProvider bean. Properties such as 'trigger.secret-key' do not "
						+ "count where there are connection details",
				null);
		this.source = source;
	}

	private static String describe(TriggerConnectionDetails details) {
		@Nullable Origin origin = Origin.from(details);
		return (origin != null) ? origin.toString() : details.getClass().getName();
	}

	/**
	 * Return where the connection details come from.
	 * @return a container or the type of a bean
	 */
	public String getSource() {
		return this.source;
	}

}
