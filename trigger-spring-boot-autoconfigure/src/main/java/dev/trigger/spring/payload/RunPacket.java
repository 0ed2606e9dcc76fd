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

package dev.trigger.spring.payload;

/**
 * The part of a run that is stored separately because it is large.
 *
 * @since 1.0.0
 */
public enum RunPacket {

	/**
	 * The payload that the run was triggered with.
	 */
	PAYLOAD("payload"),

	/**
	 * The output that the run returned.
	 */
	OUTPUT("output");

	private final String field;

	RunPacket(String field) {
		this.field = field;
	}

	String field() {
		return this.field;
	}

}
