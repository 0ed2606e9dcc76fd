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

import java.io.IOException;
import java.time.Duration;

import dev.trigger.spring.http.HttpComponentsExchanges;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;

/**
 * Configures the connector of Apache HttpComponents.
 */
final class HttpComponentsConnector {

	private static final Log logger = LogFactory.getLog(HttpComponentsConnector.class);

	/**
	 * There is a limit for each header, and none for their size together.
	 */
	private static final int MAX_HEADERS = 1000;

	private static final String CONNECTED = HttpComponentsExchanges.class.getName() + ".connected";

	private final TriggerHttpProperties properties;

	private final ConnectorResources resources;

	private final HttpComponentsExchanges exchanges = new HttpComponentsExchanges();

	HttpComponentsConnector(TriggerHttpProperties properties, ConnectorResources resources) {
		this.properties = properties;
		this.resources = resources;
	}

	ClientHttpConnectorBuilder<?> configure(HttpComponentsClientHttpConnectorBuilder builder) {
		return builder.withHttpClientCustomizer(this::customize)
			.withConnectionManagerCustomizer(this::customize)
			.withConnectionConfigCustomizer(this::customize)
			.withDefaultRequestConfigCustomizer(HttpComponentsConnector::customize)
			.withCustomizer((connector) -> this.resources.add(() -> close(connector)));
	}

	/**
	 * HttpComponents repeats requests by itself, also after a 429 or 503: whether to try
	 * again is for the retry policy alone. Another credential is another caller, who must
	 * not continue the session of one. From version 5.6 on it decompresses, and fails at
	 * what the client reads.
	 */
	private void customize(HttpAsyncClientBuilder client) {
		client.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching();
		client.replaceExecInterceptor(ChainElement.COMPRESS.name(),
				(request, body, scope, chain, callback) -> chain.proceed(request, body, scope, callback));
		client.addExecInterceptorFirst(HttpComponentsExchanges.class.getName(), this.exchanges);
		client.addExecInterceptorAfter(ChainElement.CONNECT.name(), CONNECTED, HttpComponentsExchanges::connected);
		client.setHttp1Config(Http1Config.custom()
			.setMaxLineLength(ConnectorFactory.MAX_HEADER_SIZE)
			.setMaxHeaderCount(MAX_HEADERS)
			.build());
		TriggerHttpProperties.Proxy proxy = this.properties.getProxy();
		if (proxy.getHost() != null) {
			client.setProxy(new HttpHost(proxy.getHost(), proxy.getPort()));
		}
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties.getPool()::getMaxIdleTime)
			.as(HttpComponentsConnector::time)
			.to(client::evictIdleConnections);
	}

	private void customize(PoolingAsyncClientConnectionManagerBuilder pool) {
		Integer maxConnections = this.properties.getPool().getMaxConnections();
		int connections = (maxConnections != null) ? maxConnections : ConnectorFactory.MAX_CONNECTIONS;
		pool.setMaxConnTotal(connections).setMaxConnPerRoute(connections);
	}

	private void customize(ConnectionConfig.Builder connection) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties.getPool()::getMaxLifeTime)
			.as(HttpComponentsConnector::time)
			.to(connection::setTimeToLive);
	}

	/**
	 * Calls that wait have a timeout of their own. A server destroys a connection on
	 * which an upgrade to TLS is asked for.
	 */
	private static void customize(RequestConfig.Builder request) {
		request.setConnectionRequestTimeout(Timeout.INFINITE).setProtocolUpgradeEnabled(false);
	}

	private static TimeValue time(Duration time) {
		return TimeValue.ofMilliseconds(time.toMillis());
	}

	/**
	 * The client waits up to five seconds for servers to end TLS in their turn, which not
	 * all do.
	 */
	private void close(HttpComponentsClientHttpConnector connector) {
		this.exchanges.close();
		Thread thread = new Thread(() -> closeQuietly(connector), "trigger-http-close");
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(HttpComponentsClientHttpConnector connector) {
		try {
			connector.close();
		}
		catch (IOException ex) {
			logger.debug("A client of HttpComponents could not be closed", ex);
		}
	}

}
