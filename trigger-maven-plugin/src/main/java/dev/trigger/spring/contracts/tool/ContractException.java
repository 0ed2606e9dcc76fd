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

package dev.trigger.spring.contracts.tool;

/**
 * Thrown if a contract can't be pulled, read or checked; the message names the remedy.
 *
 * @since 1.0.0
 */
public class ContractException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message what is wrong, and what to do
	 */
	public ContractException(String message) {
		super(message);
	}

	/**
	 * Create an exception.
	 * @param message what is wrong, and what to do
	 * @param cause the cause
	 */
	public ContractException(String message, Throwable cause) {
		super(message, cause);
	}

}
