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

import java.io.Serial;
import java.io.Serializable;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An environment of a Trigger.dev project, open to kinds that do not exist yet.
 * <p>
 * The API writes the staging environment in two ways, {@code stg} and {@code staging}.
 * They are equal here; the one given is sent. {@link #STAGING} is {@code stg}, the one
 * that every endpoint takes.
 *
 * @since 1.0.0
 */
public final class TriggerEnvironment implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * The development environment of a user, {@code dev}.
	 */
	public static final TriggerEnvironment DEV = new TriggerEnvironment("dev");

	/**
	 * The staging environment, {@code stg}.
	 */
	public static final TriggerEnvironment STAGING = new TriggerEnvironment("stg");

	/**
	 * The production environment, {@code prod}.
	 */
	public static final TriggerEnvironment PROD = new TriggerEnvironment("prod");

	/**
	 * The preview environment, {@code preview}, parent of all preview branches.
	 */
	public static final TriggerEnvironment PREVIEW = new TriggerEnvironment("preview");

	private final String slug;

	private TriggerEnvironment(String slug) {
		this.slug = slug;
	}

	/**
	 * Return the environment of the given slug.
	 * @param slug the slug, such as {@code prod} or {@code staging}
	 * @return the environment
	 * @throws IllegalArgumentException if the slug is empty or contains other characters
	 * than letters, digits, hyphens and underscores
	 */
	@JsonCreator
	public static TriggerEnvironment of(String slug) {
		Assert.hasText(slug, "'slug' must not be empty: use dev, stg, prod or preview");
		Assert.isTrue(consistsOfSlugCharacters(slug),
				"'slug' must consist of letters, digits, hyphens and underscores: use dev, stg, prod or preview");
		String lowerCase = slug.toLowerCase(Locale.ROOT);
		return switch (lowerCase) {
			case "dev" -> DEV;
			case "stg" -> STAGING;
			case "prod" -> PROD;
			case "preview" -> PREVIEW;
			default -> new TriggerEnvironment(lowerCase);
		};
	}

	private static boolean consistsOfSlugCharacters(String slug) {
		for (int i = 0; i < slug.length(); i++) {
			char character = slug.charAt(i);
			if (character >= 128 || !(Character.isLetterOrDigit(character) || character == '-' || character == '_')) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return the slug as the API takes it in paths and filters.
	 * @return the slug
	 */
	@JsonValue
	public String slug() {
		return this.slug;
	}

	/**
	 * Return the long name of the environment, which some endpoints require.
	 * @return {@code staging} for staging, else the slug
	 */
	public String longName() {
		return equals(STAGING) ? "staging" : this.slug;
	}

	/**
	 * Return whether this environment can have branches, that is whether the header
	 * {@code x-trigger-branch} has a meaning in it.
	 * @return {@code true} for preview and dev
	 */
	public boolean hasBranches() {
		return equals(PREVIEW) || equals(DEV);
	}

	private String canonicalName() {
		return "staging".equals(this.slug) ? STAGING.slug : this.slug;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj
				|| (obj instanceof TriggerEnvironment other && canonicalName().equals(other.canonicalName()));
	}

	@Override
	public int hashCode() {
		return canonicalName().hashCode();
	}

	@Override
	public String toString() {
		return this.slug;
	}

}
