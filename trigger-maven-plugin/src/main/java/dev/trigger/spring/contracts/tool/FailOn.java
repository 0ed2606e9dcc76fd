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
 * Which changes of what is deployed fail a check.
 *
 * @since 1.0.0
 */
public enum FailOn {

	/**
	 * Any.
	 */
	ANY,

	/**
	 * Those by which payloads of this service can be refused.
	 */
	BREAKING,

	/**
	 * None: they are only reported.
	 */
	NOTHING;

	/**
	 * Return whether a check fails.
	 * @param report what it found
	 * @return {@code true} if it fails
	 */
	public boolean isFailure(ContractReport report) {
		return switch (this) {
			case ANY -> !report.changes().isEmpty();
			case BREAKING -> !report.breaking().isEmpty();
			case NOTHING -> false;
		};
	}

}
