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

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The connection of a named client. With a credential of its own it takes none from its
 * parent, whose others may belong to another project.
 */
final class NamedTriggerConnectionDetails implements TriggerConnectionDetails {

	private final TriggerProperties properties;

	private final boolean ownApiUrl;

	private final boolean ownCredential;

	private final TriggerConnectionDetails parent;

	NamedTriggerConnectionDetails(TriggerProperties properties, boolean ownApiUrl, TriggerConnectionDetails parent) {
		this.properties = properties;
		this.ownApiUrl = ownApiUrl;
		this.ownCredential = StringUtils.hasText(properties.getSecretKey())
				|| StringUtils.hasText(properties.getAccessToken());
		this.parent = parent;
	}

	@Override
	public String getApiUrl() {
		return this.ownApiUrl ? this.properties.getApiUrl() : this.parent.getApiUrl();
	}

	@Override
	public @Nullable String getSecretKey() {
		return this.ownCredential ? this.properties.getSecretKey() : this.parent.getSecretKey();
	}

	@Override
	public @Nullable String getAccessToken() {
		return this.ownCredential ? this.properties.getAccessToken() : this.parent.getAccessToken();
	}

	@Override
	public @Nullable String getPreviewBranch() {
		return orElse(this.properties.getPreviewBranch(), TriggerConnectionDetails::getPreviewBranch);
	}

	@Override
	public @Nullable String getProjectRef() {
		return orElse(this.properties.getProjectRef(), TriggerConnectionDetails::getProjectRef);
	}

	@Override
	public boolean isInsecureAllowed() {
		return !this.ownApiUrl && this.parent.isInsecureAllowed();
	}

	private @Nullable String orElse(@Nullable String own,
			Function<TriggerConnectionDetails, @Nullable String> inherited) {
		return (own != null) ? own : inherited.apply(this.parent);
	}

}
