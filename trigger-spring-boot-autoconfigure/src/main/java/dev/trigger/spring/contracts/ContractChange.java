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

package dev.trigger.spring.contracts;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A difference between two contracts.
 *
 * @param task the identifier of the task
 * @param path where in the payload it is, such as {@code customer.address.zip} or
 * {@code lines[].price}, empty for the task itself
 * @param description what changed, such as {@code added, and required}
 * @param breaking whether a payload that was valid may be refused now
 * @since 1.0.0
 */
public record ContractChange(String task, String path, String description, boolean breaking) implements Serializable {

	/**
	 * Names in a schema may have any characters, and a terminal acts on some.
	 */
	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

	/**
	 * Return the change as a line of text.
	 * @return the line, without its end
	 */
	@Override
	public String toString() {
		String text = this.task + (this.path.isEmpty() ? "" : " " + this.path) + ": " + this.description;
		return UNPRINTABLE.matcher(text).replaceAll("?");
	}

}
