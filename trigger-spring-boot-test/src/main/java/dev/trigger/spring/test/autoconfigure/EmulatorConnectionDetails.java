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

package dev.trigger.spring.test.autoconfigure;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;

/**
 * {@link TriggerConnectionDetails} that lead to an emulator.
 */
class EmulatorConnectionDetails implements TriggerConnectionDetails {

	private final TriggerEmulator emulator;

	private final String environment;

	private final String previewBranch;

	EmulatorConnectionDetails(TriggerEmulator emulator, String environment, String previewBranch) {
		this.emulator = emulator;
		this.environment = environment;
		this.previewBranch = previewBranch;
	}

	@Override
	public String getApiUrl() {
		return this.emulator.apiUrl();
	}

	@Override
	public String getSecretKey() {
		return this.emulator.secretKey(this.environment);
	}

	@Override
	public String getAccessToken() {
		return this.emulator.personalAccessToken();
	}

	/**
	 * Return the branch, empty for none: {@code null} would leave it to environment
	 * variables.
	 */
	@Override
	public String getPreviewBranch() {
		return this.previewBranch;
	}

	@Override
	public String getProjectRef() {
		return this.emulator.projectRef();
	}

}
