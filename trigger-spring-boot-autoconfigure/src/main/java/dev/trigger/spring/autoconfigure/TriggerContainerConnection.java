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

package dev.trigger.spring.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * What the labels and environment variables of a container say about the server in it. A
 * label goes before a variable of the emulator; an emulator without either has the
 * credentials that it has by default.
 *
 * @since 1.0.0
 */
public final class TriggerContainerConnection {

	/**
	 * Names of the images that are known: the real server and the emulator.
	 */
	public static final List<String> IMAGES = List.of("triggerdotdev/trigger.dev", "trigger-emulator");

	/**
	 * Label with the secret key of an environment, or a personal access token.
	 */
	public static final String SECRET_KEY_LABEL = "dev.trigger.spring.secret-key";

	/**
	 * Label with the personal access token, or a public access token.
	 */
	public static final String ACCESS_TOKEN_LABEL = "dev.trigger.spring.access-token";

	/**
	 * Label with the branch of the preview or dev environment.
	 */
	public static final String PREVIEW_BRANCH_LABEL = "dev.trigger.spring.preview-branch";

	/**
	 * Label with the ref of the project.
	 */
	public static final String PROJECT_REF_LABEL = "dev.trigger.spring.project-ref";

	private static final String EMULATOR = "TRIGGER_EMULATOR_";

	private static final int PORT = 3000;

	private static final int EMULATOR_PORT = 8030;

	private final Map<String, String> labels;

	private final Map<String, String> variables;

	/**
	 * Create a new instance.
	 * @param labels the labels of the container
	 * @param variables its environment variables
	 */
	public TriggerContainerConnection(Map<String, String> labels, Map<String, String> variables) {
		this.labels = labels;
		this.variables = variables;
	}

	/**
	 * Return the port inside of the container.
	 * @return the variable {@code PORT}, else 8030 of an emulator and 3000 of the real
	 * server
	 */
	public int getPort() {
		String port = get(this.variables, "PORT");
		if (port != null && port.matches("\\d{1,5}")) {
			return Integer.parseInt(port);
		}
		return isEmulator() ? EMULATOR_PORT : PORT;
	}

	/**
	 * Return the secret key.
	 * @return the secret key, {@code null} if there is none
	 */
	public @Nullable String getSecretKey() {
		String developmentKey = get(this.variables, EMULATOR + "DEV_KEY");
		return find(SECRET_KEY_LABEL, EMULATOR + "SECRET_KEY",
				(developmentKey != null) ? developmentKey : "tr_dev_emulator");
	}

	/**
	 * Return the access token.
	 * @return the access token, {@code null} if there is none
	 */
	public @Nullable String getAccessToken() {
		return find(ACCESS_TOKEN_LABEL, EMULATOR + "ACCESS_TOKEN", "tr_pat_emulator");
	}

	/**
	 * Return the branch: that of the label or, with a secret key of the preview
	 * environment, the first one that the variables of an emulator name.
	 * @return the branch, {@code null} if there is none
	 */
	public @Nullable String getPreviewBranch() {
		String branch = get(this.labels, PREVIEW_BRANCH_LABEL);
		String secretKey = getSecretKey();
		if (branch != null || secretKey == null || !secretKey.startsWith("tr_preview_")) {
			return branch;
		}
		String branches = this.variables.getOrDefault(EMULATOR + "PREVIEW_BRANCHES", "");
		return Arrays.stream(branches.split(","))
			.map(String::trim)
			.filter((part) -> !part.isEmpty())
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the ref of the project.
	 * @return the ref, {@code null} if there is none
	 */
	public @Nullable String getProjectRef() {
		return find(PROJECT_REF_LABEL, EMULATOR + "PROJECT_REF", "proj_emulatoremulatoremul");
	}

	private @Nullable String find(String label, String variable, String emulated) {
		String value = get(this.labels, label);
		if (value == null && isEmulator()) {
			value = get(this.variables, variable);
			return (value != null) ? value : emulated;
		}
		return value;
	}

	private boolean isEmulator() {
		return this.variables.keySet().stream().anyMatch((name) -> name.startsWith(EMULATOR));
	}

	private static @Nullable String get(Map<String, String> values, String name) {
		String value = values.get(name);
		return StringUtils.hasText(value) ? value.trim() : null;
	}

}
