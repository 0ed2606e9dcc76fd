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

package dev.trigger.spring.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerCapabilities;
import dev.trigger.spring.exception.UnsupportedAuthModeException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What may differ from call to call: immutable, shared by all calls of one view of a
 * client.
 *
 * @param credentials the credentials to choose from
 * @param branch the branch of the preview or dev environment
 * @param projectRef the project for calls that name none, {@code null} if none is set
 * @param retry the retry policy
 * @param timeout the time for a call with all its attempts, {@code null} for no limit
 * @param headers further headers of every request
 * @param capabilities what the credentials can do
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public record CallSettings(TriggerCredentials credentials, PreviewBranch branch, @Nullable String projectRef,
		RetryPolicy retry, @Nullable Duration timeout, List<Map.Entry<String, String>> headers,
		TriggerCapabilities capabilities) {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

	/**
	 * Create settings with defaults: no branch, no project, the default retry policy, and
	 * a timeout of 2 minutes.
	 * @param credentials the credentials to choose from
	 */
	public CallSettings(TriggerCredentials credentials) {
		this(credentials, PreviewBranch.none(), null, RetryPolicy.defaults(), DEFAULT_TIMEOUT);
	}

	/**
	 * Create settings.
	 */
	public CallSettings {
		timeout = Durations.limit("timeout", timeout);
	}

	/**
	 * Create settings.
	 * @param credentials the credentials to choose from
	 * @param branch the branch of the preview or dev environment
	 * @param projectRef the project for calls that name none
	 * @param retry the retry policy
	 * @param timeout the time for a call with all its attempts, zero or {@code null} for
	 * no limit
	 */
	public CallSettings(TriggerCredentials credentials, PreviewBranch branch, @Nullable String projectRef,
			RetryPolicy retry, @Nullable Duration timeout) {
		this(credentials, branch, projectRef, retry, timeout, List.of(), TriggerCapabilities.of(credentials.modes()));
	}

	/**
	 * Return these settings with other credentials.
	 * @param credentials the credentials
	 * @return the new settings
	 */
	public CallSettings withCredentials(TriggerCredentials credentials) {
		return new CallSettings(credentials, this.branch, this.projectRef, this.retry, this.timeout, this.headers,
				TriggerCapabilities.of(credentials.modes()));
	}

	/**
	 * Return these settings with another branch.
	 * @param branch the branch
	 * @return the new settings
	 */
	public CallSettings withBranch(PreviewBranch branch) {
		return new CallSettings(this.credentials, branch, this.projectRef, this.retry, this.timeout, this.headers,
				this.capabilities);
	}

	/**
	 * Return these settings with another project.
	 * @param projectRef the project for calls that name none, {@code null} for none
	 * @return the new settings
	 */
	public CallSettings withProjectRef(@Nullable String projectRef) {
		return new CallSettings(this.credentials, this.branch, projectRef, this.retry, this.timeout, this.headers,
				this.capabilities);
	}

	/**
	 * Return these settings with another retry policy.
	 * @param retry the retry policy
	 * @return the new settings
	 */
	public CallSettings withRetry(RetryPolicy retry) {
		return new CallSettings(this.credentials, this.branch, this.projectRef, retry, this.timeout, this.headers,
				this.capabilities);
	}

	/**
	 * Return these settings with another timeout.
	 * @param timeout the time for a call with all its attempts, zero or {@code null} for
	 * no limit
	 * @return the new settings
	 */
	public CallSettings withTimeout(@Nullable Duration timeout) {
		return new CallSettings(this.credentials, this.branch, this.projectRef, this.retry, timeout, this.headers,
				this.capabilities);
	}

	/**
	 * Return these settings with one more header.
	 * @param name the name of the header
	 * @param value its value
	 * @return the new settings
	 * @throws IllegalArgumentException if the header is one that the client sets itself,
	 * such as {@code Authorization} or {@code x-trigger-branch}, or can't be sent
	 */
	public CallSettings withHeader(String name, String value) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, () -> "The value of the header '" + name + "' must not be null");
		if (BranchHeaderFilter.HEADER.equalsIgnoreCase(name) && isEnvironmentUnknown()) {
			return withBranch(PreviewBranch.of(value));
		}
		ReservedHeaders.check(name);
		Assert.isTrue(!name.isEmpty() && name.chars().allMatch((ch) -> ch > ' ' && ch < 127 && ch != ':'),
				"'name' is not the name of a header");
		ReservedHeaders.checkValue(name, value);
		List<Map.Entry<String, String>> all = new ArrayList<>(this.headers);
		all.add(Map.entry(name, value));
		return new CallSettings(this.credentials, this.branch, this.projectRef, this.retry, this.timeout,
				List.copyOf(all), this.capabilities);
	}

	/**
	 * Return the kind of credential that a request takes.
	 * @throws UnsupportedAuthModeException if there is none
	 */
	AuthMode modeOf(TriggerRequest<?> request) {
		AuthMode mode = this.capabilities.select(request.endpoint(), request.isProjectScoped());
		if (mode == null) {
			throw new UnsupportedAuthModeException(request.endpoint(), this.capabilities.modes());
		}
		return mode;
	}

	/**
	 * Return whether there is nothing to check a branch against: the only credential is
	 * of a form that is not known.
	 */
	private boolean isEnvironmentUnknown() {
		return this.credentials.modes().stream().allMatch((mode) -> {
			TriggerCredential credential = this.credentials.fixed(mode);
			return credential != null && !credential.isRecognized();
		});
	}

}
