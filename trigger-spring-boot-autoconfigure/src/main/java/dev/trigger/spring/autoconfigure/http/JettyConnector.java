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

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;

/**
 * Configures the connector of Jetty.
 */
final class JettyConnector {

	private final TriggerHttpProperties properties;

	private final ConnectorResources resources;

	JettyConnector(TriggerHttpProperties properties, ConnectorResources resources) {
		this.properties = properties;
		this.resources = resources;
	}

	JettyClientHttpConnectorBuilder configure(JettyClientHttpConnectorBuilder builder) {
		return builder.withHttpClientCustomizer(this::customize).withHttpClientTransportCustomizer(this::customize);
	}

	private void customize(HttpClient client) {
		this.resources.add(() -> LifeCycle.stop(client));
		TriggerHttpProperties.Proxy proxy = this.properties.getProxy();
		if (proxy.getHost() != null) {
			client.getProxyConfiguration().addProxy(new HttpProxy(proxy.getHost(), proxy.getPort()));
		}
		TriggerHttpProperties.Pool pool = this.properties.getPool();
		client.setMaxResponseHeadersSize(ConnectorFactory.MAX_HEADER_SIZE);
		client.setMaxConnectionsPerDestination(ConnectorFactory.MAX_CONNECTIONS);
		// calls that wait have a timeout of their own
		client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
		client.getProtocolHandlers().put(new InterimResponseHandler());
		// another credential is another caller, who must not continue the session of one
		client.setHttpCookieStore(new HttpCookieStore.Empty());
		client.addEventListener(new Defaults(client));
		PropertyMapper.get().from(pool::getMaxConnections).to(client::setMaxConnectionsPerDestination);
	}

	private void customize(HttpClientTransport transport) {
		TriggerHttpProperties.Pool pool = this.properties.getPool();
		if (pool.getMaxLifeTime() != null || pool.getMaxIdleTime() != null) {
			transport.setConnectionPoolFactory((destination) -> new Connections(destination, pool));
		}
	}

	/**
	 * Closes connections that are not used. The idle timeout of Jetty's client also ends
	 * handshakes, and exchanges whose response takes as long.
	 */
	private static final class Connections extends DuplexConnectionPool {

		private final @Nullable Duration maxIdleTime;

		private Connections(Destination destination, TriggerHttpProperties.Pool pool) {
			super(destination, destination.getHttpClient().getMaxConnectionsPerDestination());
			PropertyMapper.get().from(pool::getMaxLifeTime).as(Duration::toMillis).to(this::setMaxDuration);
			this.maxIdleTime = pool.getMaxIdleTime();
		}

		@Override
		protected void onCreated(Connection connection) {
			setIdleTimeout(connection, this.maxIdleTime);
			super.onCreated(connection);
		}

		@Override
		protected @Nullable Connection activate() {
			Connection connection = super.activate();
			setIdleTimeout(connection, Duration.ZERO);
			return connection;
		}

		@Override
		protected boolean deactivate(Connection connection) {
			setIdleTimeout(connection, this.maxIdleTime);
			return super.deactivate(connection);
		}

		private void setIdleTimeout(@Nullable Connection connection, @Nullable Duration timeout) {
			if (this.maxIdleTime != null && timeout != null
					&& connection instanceof org.eclipse.jetty.io.Connection transported) {
				transported.getEndPoint().setIdleTimeout(timeout.toMillis());
			}
		}

	}

	/**
	 * Jetty takes a 401 for a challenge, and fails if it does not say how to answer it,
	 * as that of the API does not. And it never ends a compressed response that breaks
	 * off, whereas the client decompresses what it did not ask for.
	 */
	private static final class Defaults implements LifeCycle.Listener {

		private final HttpClient client;

		private Defaults(HttpClient client) {
			this.client = client;
		}

		@Override
		public void lifeCycleStarted(LifeCycle event) {
			this.client.getProtocolHandlers().remove(ContinueProtocolHandler.NAME);
			this.client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
			this.client.getContentDecoderFactories().clear();
		}

	}

	/**
	 * Skips the interim responses that Jetty has no handler for, as it skips those of
	 * status 102. That for status 100 expects one at most, and none that it did not ask
	 * for.
	 */
	private static final class InterimResponseHandler extends ProcessingProtocolHandler {

		private static final int LAST_KNOWN = 103;

		@Override
		public String getName() {
			return "interim";
		}

		@Override
		public boolean accept(Request request, Response response) {
			int status = response.getStatus();
			return status == HttpStatus.CONTINUE_100 || (status > LAST_KNOWN && status < 200);
		}

	}

}
