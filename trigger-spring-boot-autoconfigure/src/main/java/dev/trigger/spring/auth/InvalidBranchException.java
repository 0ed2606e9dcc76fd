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

package dev.trigger.spring.auth;

/**
 * Thrown for the name of a preview branch that cannot be sent in a header.
 *
 * @since 1.0.0
 */
public class InvalidBranchException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String source;

	/**
	 * Create a new exception.
	 * @param source the property or environment variable that holds the name
	 */
	public InvalidBranchException(String source) {
		super("The branch in '" + source
				+ "' contains a line break, a control character or a character outside of Latin-1");
		this.source = source;
	}

	/**
	 * Return the property or environment variable that holds the name.
	 * @return the source
	 */
	public String getSource() {
		return this.source;
	}

}
