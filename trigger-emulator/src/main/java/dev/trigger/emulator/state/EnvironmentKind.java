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

package dev.trigger.emulator.state;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of environment that a project has.
 *
 * @since 1.0.0
 */
public enum EnvironmentKind {

	DEVELOPMENT("dev"), STAGING("stg"), PREVIEW("preview"), PRODUCTION("prod");

	private final String slug;

	EnvironmentKind(String slug) {
		this.slug = slug;
	}

	public String slug() {
		return this.slug;
	}

	public boolean isBranchable() {
		return this == PREVIEW || this == DEVELOPMENT;
	}

	/**
	 * Return the kind that an argument names.
	 * @param environment any of its names, such as {@code prod}
	 * @return the kind
	 * @throws IllegalArgumentException if there is no such kind
	 */
	public static EnvironmentKind of(String environment) {
		EnvironmentKind kind = find(environment);
		if (kind == null) {
			throw new IllegalArgumentException(
					"'environment' must be dev, staging, preview or prod, not " + environment);
		}
		return kind;
	}

	/**
	 * Find a kind by any of its names.
	 * @param name such as {@code prod}, {@code stg}, {@code staging} or {@code PREVIEW}
	 * @return the kind, or {@code null}
	 */
	public static @Nullable EnvironmentKind find(String name) {
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "dev", "development" -> DEVELOPMENT;
			case "stg", "staging" -> STAGING;
			case "preview" -> PREVIEW;
			case "prod", "production" -> PRODUCTION;
			default -> null;
		};
	}

}
