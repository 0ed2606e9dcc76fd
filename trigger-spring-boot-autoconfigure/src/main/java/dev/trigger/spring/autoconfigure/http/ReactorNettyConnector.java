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

import java.time.Duration;

import dev.trigger.spring.autoconfigure.http.RenewedConnector.Parts;
import dev.trigger.spring.http.TlsFailures;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.resolver.NoopAddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Configures the connector of Reactor Netty.
 */
final class ReactorNettyConnector {

	private final TriggerHttpProperties properties;

	private final Parts parts;

	private final ConnectorResources resources;

	ReactorNettyConnector(TriggerHttpProperties properties, Parts parts, ConnectorResources resources) {
		this.properties = properties;
		this.parts = parts;
		this.resources = resources;
	}

	/**
	 * Return the event loops of an application. The global ones, which are the default,
	 * are stopped for all applications of a JVM by the first that is closed; the next one
	 * that asks for them gets others.
	 * @param resources what the application runs Reactor Netty with
	 * @return the event loops as they are now
	 */
	static LoopResources loops(ReactorResourceFactory resources) {
		LoopResources loops = resources.getLoopResources();
		return (resources.isUseGlobalResources() && loops.isDisposed()) ? HttpResources.get() : loops;
	}

	ReactorClientHttpConnectorBuilder configure(ReactorClientHttpConnectorBuilder builder) {
		ConnectionProvider pool = pool(this.properties.getPool());
		return builder
			.withHttpClientFactory(() -> HttpClient.create(pool)
				.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(ConnectorFactory.MAX_HEADER_SIZE)))
			.withHttpClientCustomizer(this::customize);
	}

	/**
	 * Create the pool of a client. That of all clients of Reactor Netty turns calls away
	 * when many are waiting, whereas these have a timeout of their own.
	 */
	private ConnectionProvider pool(TriggerHttpProperties.Pool properties) {
		PropertyMapper map = PropertyMapper.get();
		ConnectionProvider.Builder builder = ConnectionProvider.builder("trigger")
			.maxConnections(ConnectorFactory.MAX_CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(Duration.ZERO);
		map.from(properties::getMaxConnections).to(builder::maxConnections);
		map.from(properties::getMaxIdleTime).to(builder::maxIdleTime);
		map.from(properties::getMaxLifeTime).to(builder::maxLifeTime);
		ConnectionProvider pool = builder.build();
		// the event loops may be gone by then, and the connections with them
		this.resources.add(() -> pool.disposeLater().onErrorComplete().subscribe());
		return pool;
	}

	/**
	 * Reactor Netty repeats a request by itself when a connection is reset, which would
	 * make a second run: whether to try again is for the retry policy alone. Its wiretap
	 * would write the credential to the log.
	 */
	private HttpClient customize(HttpClient client) {
		HttpClient customized = TlsFailures.shorten(client.disableRetry(true).wiretap(false));
		if (this.parts.loops() instanceof HttpResources loops) {
			customized = customized.runOn(loops);
		}
		Boolean http2 = this.properties.getHttp2();
		if (http2 != null) {
			customized = http2 ? offerHttp2(customized) : customized.protocol(HttpProtocol.HTTP11);
		}
		String proxyHost = this.properties.getProxy().getHost();
		return (proxyHost != null) ? connectThrough(proxyHost, customized) : customized;
	}

	/**
	 * The proxy resolves the host name of the API: the application often can't.
	 */
	private HttpClient connectThrough(String proxyHost, HttpClient client) {
		return client
			.proxy((proxy) -> proxy.type(ProxyProvider.Proxy.HTTP)
				.host(proxyHost)
				.port(this.properties.getProxy().getPort()))
			.resolver(NoopAddressResolverGroup.INSTANCE);
	}

	/**
	 * The TLS context that Spring Boot makes of a bundle does not negotiate a protocol.
	 */
	private HttpClient offerHttp2(HttpClient client) {
		HttpClient offering = client.protocol(HttpProtocol.H2, HttpProtocol.HTTP11);
		SslBundle bundle = this.parts.sslBundle();
		if (bundle == null) {
			return offering;
		}
		SslOptions options = bundle.getOptions();
		SslProvider.GenericSslContextSpec<?> context = Http2SslContextSpec.forClient()
			.configure((builder) -> builder.keyManager(bundle.getManagers().getKeyManagerFactory())
				.trustManager(bundle.getManagers().getTrustManagerFactory())
				.ciphers(SslOptions.asSet(options.getCiphers()), SupportedCipherSuiteFilter.INSTANCE)
				.protocols(options.getEnabledProtocols()));
		return offering.secure((ssl) -> ssl.sslContext(context));
	}

}
