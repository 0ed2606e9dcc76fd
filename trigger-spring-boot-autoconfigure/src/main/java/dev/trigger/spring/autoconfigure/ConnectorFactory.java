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
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;

/**
 * Makes the connector of the client: the application's kind, with settings of its own.
 */
final class ConnectorFactory {

	private final ClientHttpConnectorBuilder<?> builder;

	private final HttpClientSettings settings;

	private final @Nullable SslBundles sslBundles;

	ConnectorFactory(@Nullable ClientHttpConnectorBuilder<?> builder, @Nullable HttpClientSettings settings,
			@Nullable SslBundles sslBundles) {
		this.builder = (builder != null) ? builder : ClientHttpConnectorBuilder.detect();
		this.settings = (settings != null) ? settings : HttpClientSettings.defaults();
		this.sslBundles = sslBundles;
	}

	ClientHttpConnector create(TriggerProperties.Http properties) {
		// a redirect would take the credential to wherever the answer points
		HttpClientSettings merged = this.settings.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(properties.getConnectTimeout(), properties.getReadTimeout());
		String bundle = properties.getSsl().getBundle();
		if (bundle != null) {
			Assert.state(this.sslBundles != null, "'trigger.http.ssl.bundle' is set, but there are no SSL bundles");
			merged = merged.withSslBundle(this.sslBundles.getBundle(bundle));
		}
		return configured().build(merged);
	}

	/**
	 * Reactor Netty repeats a request by itself when a connection is reset, which would
	 * make a second run: whether to try again is for the retry policy alone. Its wiretap
	 * would write the credential to the log.
	 */
	private ClientHttpConnectorBuilder<?> configured() {
		return (this.builder instanceof ReactorClientHttpConnectorBuilder reactor) ? ReactorNetty.apply(reactor)
				: this.builder;
	}

	/**
	 * Apart, so that nothing of Reactor Netty is needed when it is not there.
	 */
	private static final class ReactorNetty {

		private static ReactorClientHttpConnectorBuilder apply(ReactorClientHttpConnectorBuilder builder) {
			return builder.withHttpClientCustomizer(ReactorNetty::harden);
		}

		private static HttpClient harden(HttpClient client) {
			return client.disableRetry(true).wiretap(false);
		}

	}

}
