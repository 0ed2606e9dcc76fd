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

import dev.trigger.spring.autoconfigure.TriggerClientsProperties.NamedClient;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The connection of a named client. With a credential of its own it takes none from its
 * parent, whose others may belong to another project.
 */
final class NamedTriggerConnectionDetails implements TriggerConnectionDetails {

	private final TriggerConnectionDetails own;

	private final boolean ownApiUrl;

	private final boolean ownCredential;

	private final TriggerConnectionDetails parent;

	NamedTriggerConnectionDetails(NamedClient client, TriggerConnectionDetails parent,
			@Nullable SslBundles sslBundles) {
		this.own = new PropertiesTriggerConnectionDetails(client.own(), client.prefix(), sslBundles);
		this.ownApiUrl = client.ownApiUrl();
		this.ownCredential = this.own.getSecretKey() != null || this.own.getAccessToken() != null;
		this.parent = parent;
		String emptied = client.emptiedCredential();
		if (emptied != null && !this.ownCredential && parent instanceof PropertiesTriggerConnectionDetails
				&& (parent.getSecretKey() != null || parent.getAccessToken() != null)) {
			throw new InvalidTriggerPropertyException(emptied,
					"'" + emptied + "' is empty, and the client would use the credential of 'trigger.*' and call "
							+ "another environment",
					"Set it, or remove it if the client is to have that credential");
		}
	}

	@Override
	public String getApiUrl() {
		return (this.ownApiUrl ? this.own : this.parent).getApiUrl();
	}

	@Override
	public @Nullable String getSecretKey() {
		return (this.ownCredential ? this.own : this.parent).getSecretKey();
	}

	@Override
	public @Nullable String getAccessToken() {
		return (this.ownCredential ? this.own : this.parent).getAccessToken();
	}

	@Override
	public @Nullable String getPreviewBranch() {
		return ownOrInherited(TriggerConnectionDetails::getPreviewBranch);
	}

	@Override
	public @Nullable String getProjectRef() {
		return ownOrInherited(TriggerConnectionDetails::getProjectRef);
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		return ownOrInherited(TriggerConnectionDetails::getSslBundle);
	}

	@Override
	public boolean isInsecureAllowed() {
		return !this.ownApiUrl && this.parent.isInsecureAllowed();
	}

	private <T> @Nullable T ownOrInherited(Function<TriggerConnectionDetails, @Nullable T> value) {
		T own = value.apply(this.own);
		return (own != null) ? own : value.apply(this.parent);
	}

}
