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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A prompt with its versions.
 *
 * @since 1.0.0
 */
public final class Prompt {

	/**
	 * The source of versions that are deployed.
	 */
	public static final String CODE = "code";

	private final String id;

	private final String slug;

	private final List<Version> versions = new ArrayList<>();

	private int current = 1;

	private @Nullable Integer override;

	private Instant updatedAt;

	/**
	 * Create a prompt with a first version.
	 * @param id its identifier
	 * @param slug its name
	 * @param template the text with {@code {{variables}}}
	 * @param now when
	 */
	public Prompt(String id, String slug, String template, Instant now) {
		this.id = id;
		this.slug = slug;
		this.updatedAt = now;
		add(template, null, null, CODE, now);
	}

	public String id() {
		return this.id;
	}

	public String slug() {
		return this.slug;
	}

	public List<Version> versions() {
		return this.versions;
	}

	public int current() {
		return this.current;
	}

	public Instant updatedAt() {
		return this.updatedAt;
	}

	public @Nullable Integer overrideVersion() {
		return this.override;
	}

	/**
	 * Return the labels of a version. Those of the code get two when they are deployed,
	 * of which one stays with the latest of them.
	 * @param version the version
	 * @return the labels
	 */
	public List<String> labels(Version version) {
		List<String> labels = new ArrayList<>();
		if (version.number() == latest()) {
			labels.add("latest");
		}
		if (version.number() == this.current) {
			labels.add("current");
		}
		if (this.override != null && this.override == version.number()) {
			labels.add("override");
		}
		return labels;
	}

	private int latest() {
		return this.versions.stream()
			.filter((version) -> version.source().equals(CODE))
			.mapToInt(Version::number)
			.max()
			.orElse(0);
	}

	/**
	 * Find a version.
	 * @param number its number
	 * @return the version, or {@code null}
	 */
	public @Nullable Version version(int number) {
		return (number >= 1 && number <= this.versions.size()) ? this.versions.get(number - 1) : null;
	}

	/**
	 * Add a version.
	 * @param text the text
	 * @param model the model
	 * @param commitMessage why
	 * @param source where it comes from
	 * @param now when
	 * @return the version
	 */
	public Version add(String text, @Nullable String model, @Nullable String commitMessage, String source,
			Instant now) {
		Version version = new Version(this.versions.size() + 1, text, model, commitMessage, source, now);
		this.versions.add(version);
		this.updatedAt = now;
		return version;
	}

	/**
	 * Make a version the current one.
	 * @param number its number
	 * @param now when
	 */
	public void promote(int number, Instant now) {
		this.current = number;
		this.updatedAt = now;
	}

	/**
	 * Put a version over the current one.
	 * @param number its number, {@code null} to remove the override
	 * @param now when
	 */
	public void override(@Nullable Integer number, Instant now) {
		this.override = number;
		this.updatedAt = now;
	}

	/**
	 * A version of a prompt.
	 *
	 * @param number its number, from 1
	 * @param text the text
	 * @param model the model
	 * @param commitMessage why it was created
	 * @param source where it comes from
	 * @param createdAt when it was created
	 */
	public record Version(int number, String text, @Nullable String model, @Nullable String commitMessage,
			String source, Instant createdAt) {

	}

}
