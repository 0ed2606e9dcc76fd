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

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Properties for the connections to the API.
 *
 * @since 1.0.0
 */
public class TriggerHttpProperties {

	/**
	 * Time limit for connecting. Zero means no limit.
	 */
	private Duration connectTimeout = Duration.ofSeconds(10);

	/**
	 * Time that an attempt waits for the next byte of the response. Zero means no limit.
	 */
	private Duration readTimeout = Duration.ofSeconds(30);

	/**
	 * Maximum size of a response. -1 means as much as is possible (2 GB).
	 */
	private DataSize maxInMemorySize = DataSize.ofMegabytes(16);

	/**
	 * Whether to allow http to hosts other than loopback, and presigned http URLs on
	 * another host than the API's.
	 */
	private boolean allowInsecure;

	/**
	 * Whether calls use HTTP/2 with servers that offer it over TLS. The connector decides
	 * by default: those of Netty, the JDK and Jetty use HTTP/1.1.
	 */
	private @Nullable Boolean http2;

	private final Ssl ssl = new Ssl();

	private final Proxy proxy = new Proxy();

	private final Pool pool = new Pool();

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public DataSize getMaxInMemorySize() {
		return this.maxInMemorySize;
	}

	public void setMaxInMemorySize(DataSize maxInMemorySize) {
		this.maxInMemorySize = maxInMemorySize;
	}

	public boolean isAllowInsecure() {
		return this.allowInsecure;
	}

	public void setAllowInsecure(boolean allowInsecure) {
		this.allowInsecure = allowInsecure;
	}

	public @Nullable Boolean getHttp2() {
		return this.http2;
	}

	public void setHttp2(@Nullable Boolean http2) {
		this.http2 = http2;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Proxy getProxy() {
		return this.proxy;
	}

	public Pool getPool() {
		return this.pool;
	}

	/**
	 * How TLS is used.
	 */
	public static class Ssl {

		/**
		 * SSL bundle to use.
		 */
		private @Nullable String bundle;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

	}

	/**
	 * The proxy to connect through.
	 */
	public static class Proxy {

		/**
		 * Host of the proxy. None is used by default.
		 */
		private @Nullable String host;

		/**
		 * Port of the proxy.
		 */
		private int port = 8080;

		public @Nullable String getHost() {
			return this.host;
		}

		public void setHost(@Nullable String host) {
			this.host = host;
		}

		public int getPort() {
			return this.port;
		}

		public void setPort(int port) {
			this.port = port;
		}

	}

	/**
	 * The pool of connections of a client.
	 */
	public static class Pool {

		/**
		 * Maximum number of connections. 500 by default; further calls wait for a free
		 * one.
		 */
		private @Nullable Integer maxConnections;

		/**
		 * Maximum time that a connection is kept idle. The connector decides by default.
		 */
		private @Nullable Duration maxIdleTime;

		/**
		 * Maximum time that a connection is used. Unlimited by default.
		 */
		private @Nullable Duration maxLifeTime;

		public @Nullable Integer getMaxConnections() {
			return this.maxConnections;
		}

		public void setMaxConnections(@Nullable Integer maxConnections) {
			this.maxConnections = maxConnections;
		}

		public @Nullable Duration getMaxIdleTime() {
			return this.maxIdleTime;
		}

		public void setMaxIdleTime(@Nullable Duration maxIdleTime) {
			this.maxIdleTime = maxIdleTime;
		}

		public @Nullable Duration getMaxLifeTime() {
			return this.maxLifeTime;
		}

		public void setMaxLifeTime(@Nullable Duration maxLifeTime) {
			this.maxLifeTime = maxLifeTime;
		}

	}

}
