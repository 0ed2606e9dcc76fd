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

package dev.trigger.spring.autoconfigure.http;

import java.net.CookieHandler;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;

/**
 * Configures the connector of the JDK. Its pool has system properties only, which are
 * those of the whole process.
 */
final class JdkConnector {

	private final TriggerHttpProperties properties;

	private final @Nullable SslBundle sslBundle;

	JdkConnector(TriggerHttpProperties properties, @Nullable SslBundle sslBundle) {
		this.properties = properties;
		this.sslBundle = sslBundle;
	}

	JdkClientHttpConnectorBuilder configure(JdkClientHttpConnectorBuilder builder) {
		return builder.withHttpClientCustomizer(this::customize);
	}

	private void customize(HttpClient.Builder client) {
		// another credential is another caller, who must not continue the session of one
		client.cookieHandler(new NoCookies());
		boolean http2 = Boolean.TRUE.equals(this.properties.getHttp2());
		// without TLS a server destroys a connection on which an upgrade is asked for;
		// with TLS all calls would share one, and a server has few streams on it
		client.version(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
		if (http2 && this.sslBundle != null && this.sslBundle.getOptions().getEnabledProtocols() == null) {
			client.sslParameters(parameters(this.sslBundle));
		}
		String proxyHost = this.properties.getProxy().getHost();
		if (proxyHost != null) {
			client.proxy(ProxySelector.of(new InetSocketAddress(proxyHost, this.properties.getProxy().getPort())));
		}
	}

	/**
	 * Without the names of protocols, which Spring Boot leaves out where the bundle has
	 * none, the JDK does not speak HTTP/2.
	 */
	private static SSLParameters parameters(SslBundle bundle) {
		SSLParameters parameters = bundle.createSslContext().getDefaultSSLParameters();
		String[] ciphers = bundle.getOptions().getCiphers();
		if (ciphers != null) {
			parameters.setCipherSuites(ciphers);
		}
		return parameters;
	}

	/**
	 * Neither keeps nor sends cookies, whatever the settings of the application are.
	 */
	private static final class NoCookies extends CookieHandler {

		@Override
		public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
			return Map.of();
		}

		@Override
		public void put(URI uri, Map<String, List<String>> responseHeaders) {
		}

	}

}
