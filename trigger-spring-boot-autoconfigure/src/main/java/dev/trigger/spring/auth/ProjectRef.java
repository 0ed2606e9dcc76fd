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

import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * What the ref of a project looks like.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ProjectRef {

	/**
	 * What is said of a value that is no ref.
	 */
	public static final String RULE = "must begin with 'proj_', followed by letters and digits";

	/**
	 * How to find the ref of a project.
	 */
	public static final String REMEDY = "the ref of the project, which its settings show in the dashboard, such as "
			+ "proj_1234";

	private static final Pattern FORM = Pattern.compile("proj_[\\w-]+");

	private ProjectRef() {
	}

	/**
	 * Return whether a value may be the ref of a project.
	 * @param value the value
	 * @return {@code false} if no project can have it: a name or slug is no ref
	 */
	public static boolean isValid(String value) {
		return FORM.matcher(value).matches();
	}

	/**
	 * Check the ref of a project.
	 * @param value the value
	 * @return the value
	 * @throws IllegalArgumentException if no project can have it
	 */
	public static String check(String value) {
		Assert.hasText(value, "'projectRef' must not be empty");
		// redacted, since it may be a token that was passed by mistake
		Assert.isTrue(isValid(value),
				() -> "'projectRef' is '" + CredentialRedactor.redact(value) + "', but " + RULE + ". Use " + REMEDY);
		return value;
	}

}
