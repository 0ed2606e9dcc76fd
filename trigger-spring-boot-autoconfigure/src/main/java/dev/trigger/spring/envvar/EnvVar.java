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

package dev.trigger.spring.envvar;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * An environment variable.
 *
 * @param name the name
 * @param value the value; of a secret variable only {@code <redacted>}
 * @param isSecret whether the value can be read by runs only
 * @since 1.0.0
 */
public record EnvVar(String name, @Nullable String value, @Nullable Boolean isSecret) implements Serializable {

	private static final String REDACTED = "<redacted>";

	/**
	 * Return whether the value was left out because the variable is secret. A variable
	 * that is no secret may have the same text for a value.
	 * @return {@code true} if {@link #value()} is not the value
	 */
	@JsonIgnore
	public boolean isRedacted() {
		return Boolean.TRUE.equals(this.isSecret) && REDACTED.equals(this.value);
	}

	/**
	 * Return the name only: values don't belong in logs.
	 */
	@Override
	public String toString() {
		return "EnvVar[name=" + this.name + "]";
	}

}
