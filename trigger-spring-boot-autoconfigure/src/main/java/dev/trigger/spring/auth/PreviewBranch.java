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

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The branch of the preview or dev environment that calls go to: the value of the header
 * {@code x-trigger-branch}.
 * <p>
 * The order is: setting, {@code TRIGGER_PREVIEW_BRANCH}, {@code VERCEL_GIT_COMMIT_REF}
 * and, for the dev environment only, {@code TRIGGER_DEV_BRANCH} (where {@code default}
 * means the environment itself). The first that is present decides, even when it is
 * empty: an empty one means no branch.
 *
 * @since 1.0.0
 */
public final class PreviewBranch {

	private static final PreviewBranch NONE = new PreviewBranch(null, null);

	private static final String REFS_HEADS = "refs/heads/";

	private final @Nullable String branch;

	private final @Nullable String devBranch;

	private PreviewBranch(@Nullable String branch, @Nullable String devBranch) {
		this.branch = branch;
		this.devBranch = devBranch;
	}

	/**
	 * Return the value for no branch.
	 * @return no branch, in any environment
	 */
	public static PreviewBranch none() {
		return NONE;
	}

	/**
	 * Return the given branch.
	 * @param name the name of the branch; {@code refs/heads/x} becomes {@code x}; empty
	 * means no branch
	 * @return the branch
	 * @throws InvalidBranchException if the name cannot be sent in a header
	 */
	public static PreviewBranch of(String name) {
		return new PreviewBranch(clean(name, "trigger.preview-branch"), null);
	}

	/**
	 * Find the branch from the setting and the environment variables.
	 * @param setting the setting, {@code null} if there is none
	 * @param variables function that returns the value of an environment variable,
	 * {@code null} if it is not set
	 * @return the branch
	 * @throws InvalidBranchException if a name cannot be sent in a header
	 */
	public static PreviewBranch resolve(@Nullable String setting, Function<String, @Nullable String> variables) {
		if (setting != null) {
			return of(setting);
		}
		for (String variable : new String[] { "TRIGGER_PREVIEW_BRANCH", "VERCEL_GIT_COMMIT_REF" }) {
			String value = variables.apply(variable);
			if (value != null) {
				return new PreviewBranch(clean(value, variable), null);
			}
		}
		String devBranch = variables.apply("TRIGGER_DEV_BRANCH");
		if (devBranch == null || devBranch.equals("default")) {
			return NONE;
		}
		return new PreviewBranch(null, clean(devBranch, "TRIGGER_DEV_BRANCH"));
	}

	private static String clean(String name, String source) {
		String branch = name.strip();
		if (branch.startsWith(REFS_HEADS)) {
			branch = branch.substring(REFS_HEADS.length());
		}
		if (!branch.chars().allMatch(PreviewBranch::isHeaderCharacter)) {
			throw new InvalidBranchException(source);
		}
		return branch;
	}

	private static boolean isHeaderCharacter(int character) {
		return (character >= ' ' && character < 127) || (character >= 160 && character < 256);
	}

	/**
	 * Return the branch to name in a call to the given environment.
	 * @param environment the environment that is called, {@code null} if unknown
	 * @return the branch, {@code null} if none must be sent
	 */
	public @Nullable String in(@Nullable TriggerEnvironment environment) {
		if (environment != null && !environment.hasBranches()) {
			return null;
		}
		String name = this.branch;
		if (name == null && TriggerEnvironment.DEV.equals(environment)) {
			name = this.devBranch;
		}
		return (name == null || name.isEmpty()) ? null : name;
	}

	@Override
	public String toString() {
		String name = in(TriggerEnvironment.DEV);
		return (name != null) ? name : "none";
	}

}
