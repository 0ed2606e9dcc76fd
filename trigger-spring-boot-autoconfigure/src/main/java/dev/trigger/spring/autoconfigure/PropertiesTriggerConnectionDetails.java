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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Adapts {@link TriggerProperties} to {@link TriggerConnectionDetails}.
 */
class PropertiesTriggerConnectionDetails implements TriggerConnectionDetails {

	private final TriggerProperties properties;

	private final String prefix;

	private final @Nullable SslBundles sslBundles;

	PropertiesTriggerConnectionDetails(TriggerProperties properties, String prefix, @Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.prefix = prefix;
		this.sslBundles = sslBundles;
	}

	@Override
	public String getApiUrl() {
		return this.properties.getApiUrl();
	}

	@Override
	public @Nullable String getSecretKey() {
		return this.properties.getSecretKey();
	}

	@Override
	public @Nullable String getAccessToken() {
		return this.properties.getAccessToken();
	}

	@Override
	public @Nullable String getPreviewBranch() {
		return this.properties.getPreviewBranch();
	}

	@Override
	public @Nullable String getProjectRef() {
		return this.properties.getProjectRef();
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		return NamedSslBundle.find(this.properties.getHttp().getSsl().getBundle(), this.prefix, this.sslBundles);
	}

}
