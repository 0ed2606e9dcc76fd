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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.trigger.spring.autoconfigure.http.RenewedConnector.Parts;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.http.AddressHidingConnector;
import dev.trigger.spring.http.DefaultScheduler;
import dev.trigger.spring.http.ProxiedConnector;
import dev.trigger.spring.http.ReadTimeoutConnector;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Creates the connectors of the clients: of the application's kind, each with its own
 * settings.
 *
 * @since 1.0.0
 * @hidden shared by the auto-configurations of the client, not an API for applications
 */
public final class ConnectorFactory implements AutoCloseable {

	/**
	 * How many connections a client has at most, where nothing else is set: calls beyond
	 * wait for a free one, until their own timeout.
	 */
	static final int MAX_CONNECTIONS = 500;

	/**
	 * Proxies add policies, cookies and traces to what a server sends.
	 */
	static final int MAX_HEADER_SIZE = 64 * 1024;

	private static final int MAX_LIVE_CONNECTIONS = 10_000;

	private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

	private final ClientHttpConnectorBuilder<?> builder;

	private final HttpClientSettings settings;

	private final Supplier<@Nullable SslBundle> sslBundle;

	private final @Nullable ReactorResourceFactory reactorResources;

	private final Scheduler scheduler;

	private final ConnectorResources resources = new ConnectorResources();

	/**
	 * Create a factory.
	 * @param builder the application's builder, {@code null} to detect one
	 * @param settings the application's settings, {@code null} for the defaults
	 * @param sslBundles the SSL bundles of the application, {@code null} if there are
	 * none
	 * @param reactorResources what the application runs Reactor Netty with, {@code null}
	 * for nothing of its own
	 */
	public ConnectorFactory(@Nullable ClientHttpConnectorBuilder<?> builder, @Nullable HttpClientSettings settings,
			@Nullable SslBundles sslBundles, @Nullable ReactorResourceFactory reactorResources) {
		this(builder, settings, sslBundles, reactorResources, new DefaultScheduler());
	}

	ConnectorFactory(@Nullable ClientHttpConnectorBuilder<?> builder, @Nullable HttpClientSettings settings,
			@Nullable SslBundles sslBundles, @Nullable ReactorResourceFactory reactorResources, Scheduler scheduler) {
		this.builder = (builder != null) ? builder : ClientHttpConnectorBuilder.detect();
		this.settings = (settings != null) ? settings : HttpClientSettings.defaults();
		this.sslBundle = follow(this.settings.sslBundle(), sslBundles);
		this.reactorResources = reactorResources;
		this.scheduler = scheduler;
	}

	/**
	 * Settings hold the bundle as it was when they were made, whereas the application's
	 * bundles are replaced when their files have changed.
	 */
	private static Supplier<@Nullable SslBundle> follow(@Nullable SslBundle bundle, @Nullable SslBundles sslBundles) {
		if (bundle != null && sslBundles != null) {
			for (String name : sslBundles.getBundleNames()) {
				if (sslBundles.getBundle(name) == bundle) {
					return () -> sslBundles.getBundle(name);
				}
			}
		}
		return () -> bundle;
	}

	/**
	 * Create the connector of a client.
	 * @param properties the settings of the client
	 * @param apiUrl the URL of the API
	 * @param sslBundle finds the SSL bundle of the client as it is now, {@code null} for
	 * that of the application
	 * @param names returns the name under which a property of the client is set, for
	 * messages
	 * @return the connector
	 */
	public ClientHttpConnector create(TriggerHttpProperties properties, String apiUrl,
			Supplier<@Nullable SslBundle> sslBundle, UnaryOperator<String> names) {
		boolean tls = !apiUrl.strip().regionMatches(true, 0, "http:", 0, 5);
		if (!tls && Boolean.TRUE.equals(properties.getHttp2())) {
			String property = names.apply("http.http2");
			throw new InvalidTriggerPropertyException(property,
					"'" + property + "' is true, but the API URL is http://, over which servers don't speak HTTP/2",
					"Use https in '" + names.apply("api-url") + "', or remove '" + property + "'");
		}
		refuseOthers(properties, names);
		return create(properties, sslBundle);
	}

	private ClientHttpConnector create(TriggerHttpProperties properties, Supplier<@Nullable SslBundle> sslBundle) {
		return new RenewedConnector(this.resources, () -> {
			SslBundle own = sslBundle.get();
			return new Parts((own != null) ? own : this.sslBundle.get(), loops());
		}, (parts, resources) -> create(properties, parts, resources), this.scheduler);
	}

	private ClientHttpConnector create(TriggerHttpProperties properties, Parts parts, ConnectorResources resources) {
		SslBundle sslBundle = parts.sslBundle();
		// a redirect would take the credential to wherever the response points
		HttpClientSettings merged = this.settings.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(limit(properties.getConnectTimeout()), limit(properties.getReadTimeout()));
		if (sslBundle != null) {
			merged = merged.withSslBundle(sslBundle);
		}
		ClientHttpConnectorBuilder<?> configured = configure(properties, new Parts(merged.sslBundle(), parts.loops()),
				resources);
		Duration readTimeout = properties.getReadTimeout();
		if (hasReadTimeout() || readTimeout.isZero()) {
			return connector(configured, merged, properties.getProxy());
		}
		return new ReadTimeoutConnector(connector(configured, merged.withReadTimeout(LONGEST), properties.getProxy()),
				limit(properties.getConnectTimeout()), limit(readTimeout));
	}

	private static ClientHttpConnector connector(ClientHttpConnectorBuilder<?> builder, HttpClientSettings settings,
			TriggerHttpProperties.Proxy proxy) {
		ClientHttpConnector connector = new AddressHidingConnector(builder.build(settings));
		return (proxy.getHost() != null) ? new ProxiedConnector(connector, proxy.getHost() + ":" + proxy.getPort())
				: connector;
	}

	/**
	 * Return whether the connector has a limit for the time between two parts of a
	 * response. That of Jetty limits the whole exchange, and that of the JDK what comes
	 * before the body.
	 */
	private boolean hasReadTimeout() {
		return !(this.builder instanceof JettyClientHttpConnectorBuilder
				|| this.builder instanceof JdkClientHttpConnectorBuilder);
	}

	private @Nullable Object loops() {
		ReactorResourceFactory resources = this.reactorResources;
		boolean used = this.builder instanceof ReactorClientHttpConnectorBuilder;
		return (used && resources != null && resources.isRunning()) ? ReactorNettyConnector.loops(resources) : null;
	}

	/**
	 * Zero means no limit, which connectors express in different ways, or not at all. A
	 * time of weeks is the same for each of them; more milliseconds don't fit into an
	 * {@code int}, which some use.
	 */
	private static Duration limit(Duration timeout) {
		return (timeout.isZero() || timeout.compareTo(LONGEST) > 0) ? LONGEST : timeout;
	}

	/**
	 * Create the connector of a client's feeds and streams. Their responses are held for
	 * long, and each has a connection: they have neither the read timeout nor the limit
	 * of connections of calls.
	 * @param properties the properties of calls
	 * @param sslBundle finds the SSL bundle of the client as it is now, {@code null} for
	 * that of the application
	 * @return the connector
	 */
	public ClientHttpConnector createLive(TriggerHttpProperties properties, Supplier<@Nullable SslBundle> sslBundle) {
		TriggerHttpProperties live = new TriggerHttpProperties();
		live.setConnectTimeout(properties.getConnectTimeout());
		live.setReadTimeout(Duration.ZERO);
		if (properties.getHttp2() != null) {
			// feeds that share a connection would wait for a free stream and for the
			// slowest reader
			live.setHttp2(false);
		}
		live.getProxy().setHost(properties.getProxy().getHost());
		live.getProxy().setPort(properties.getProxy().getPort());
		if (this.builder instanceof ReactorClientHttpConnectorBuilder
				|| this.builder instanceof JettyClientHttpConnectorBuilder
				|| this.builder instanceof HttpComponentsClientHttpConnectorBuilder) {
			live.getPool().setMaxConnections(MAX_LIVE_CONNECTIONS);
			live.getPool().setMaxLifeTime(properties.getPool().getMaxLifeTime());
		}
		return create(live, sslBundle);
	}

	private ClientHttpConnectorBuilder<?> configure(TriggerHttpProperties properties, Parts parts,
			ConnectorResources resources) {
		if (this.builder instanceof ReactorClientHttpConnectorBuilder reactor) {
			return new ReactorNettyConnector(properties, parts, resources).configure(reactor);
		}
		if (this.builder instanceof JdkClientHttpConnectorBuilder jdk) {
			return new JdkConnector(properties, parts.sslBundle()).configure(jdk);
		}
		if (this.builder instanceof JettyClientHttpConnectorBuilder jetty) {
			return new JettyConnector(properties, resources).configure(jetty);
		}
		if (this.builder instanceof HttpComponentsClientHttpConnectorBuilder components) {
			return new HttpComponentsConnector(properties, resources).configure(components);
		}
		return this.builder;
	}

	/**
	 * Refuse settings that the connector does not have, rather than leave them unheard.
	 */
	private void refuseOthers(TriggerHttpProperties properties, UnaryOperator<String> names) {
		if (this.builder instanceof JdkClientHttpConnectorBuilder) {
			refusePool(properties.getPool(), "the JDK", names);
		}
		else if (this.builder instanceof JettyClientHttpConnectorBuilder) {
			refuse("http2", properties.getHttp2(), "Jetty", names);
		}
		else if (this.builder instanceof HttpComponentsClientHttpConnectorBuilder) {
			refuse("http2", properties.getHttp2(), "HttpComponents", names);
		}
		else if (!(this.builder instanceof ReactorClientHttpConnectorBuilder)) {
			String kind = this.builder.getClass().getSimpleName();
			refuse("proxy.host", properties.getProxy().getHost(), kind, names);
			refuse("http2", properties.getHttp2(), kind, names);
			refusePool(properties.getPool(), kind, names);
		}
	}

	private static void refusePool(TriggerHttpProperties.Pool pool, String connector, UnaryOperator<String> names) {
		refuse("pool.max-connections", pool.getMaxConnections(), connector, names);
		refuse("pool.max-idle-time", pool.getMaxIdleTime(), connector, names);
		refuse("pool.max-life-time", pool.getMaxLifeTime(), connector, names);
	}

	private static void refuse(String property, @Nullable Object value, String connector, UnaryOperator<String> names) {
		if (value != null) {
			String name = names.apply("http." + property);
			throw new InvalidTriggerPropertyException(name,
					"'" + name + "' can't be set for a connector of " + connector,
					"Remove it, choose another connector with 'spring.http.clients.reactive.connector', or provide a "
							+ "ClientHttpConnectorBuilder bean with this setting");
		}
	}

	@Override
	public void close() {
		this.resources.close();
	}

}
