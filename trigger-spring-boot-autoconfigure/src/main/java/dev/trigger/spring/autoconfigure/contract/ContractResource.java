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

package dev.trigger.spring.autoconfigure.contract;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.contracts.Contract;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * The contract on the class path.
 */
final class ContractResource {

	private ContractResource() {
	}

	/**
	 * Read the contract.
	 * @param resources has it
	 * @param property the property that asks for it, for messages
	 * @return the contract, {@code null} if there is none
	 */
	static @Nullable Contract find(ResourceLoader resources, String property) {
		Resource resource = resources.getResource(ResourceLoader.CLASSPATH_URL_PREFIX + Contract.RESOURCE);
		if (!resource.exists()) {
			return null;
		}
		try {
			return Contract.read(resource.getContentAsByteArray());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTriggerPropertyException(property,
					"'" + property + "' needs the contract at " + Contract.RESOURCE + ", which can't be read: "
							+ ex.getMessage(),
					"Build the application again with the goal 'generate' of trigger-maven-plugin");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
