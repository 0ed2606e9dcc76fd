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

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of a client of Apache HttpComponents. Tells calls the connections that
 * they have: the connector stops to listen when it is canceled, but leaves the exchange
 * as it is. Keeps the response of a proxy that does not connect from being taken for that
 * of the server. And ends what is under way when the client is closed, which that does
 * not report to all who wait.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class HttpComponentsExchanges implements AsyncExecChainHandler, AutoCloseable {

	private static final String CONNECTED = HttpComponentsExchanges.class.getName() + ".connected";

	private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();

	/**
	 * Note that there is a connection to the server. Stands in the chain after what
	 * connects.
	 * @param request the request
	 * @param body the body of the request
	 * @param scope the exchange
	 * @param chain what comes next
	 * @param callback what gets the response
	 * @throws HttpException from what comes next
	 * @throws IOException from what comes next
	 */
	public static void connected(HttpRequest request, @Nullable AsyncEntityProducer body, AsyncExecChain.Scope scope,
			AsyncExecChain chain, AsyncExecCallback callback) throws HttpException, IOException {
		scope.clientContext.setAttribute(CONNECTED, true);
		chain.proceed(request, body, scope, callback);
	}

	@Override
	public void execute(HttpRequest request, @Nullable AsyncEntityProducer body, AsyncExecChain.Scope scope,
			AsyncExecChain chain, AsyncExecCallback callback) throws HttpException, IOException {
		Exchange exchange = new Exchange(scope, callback);
		this.underWay.add(exchange);
		if (scope.clientContext.getAttribute(CallContext.ATTRIBUTE) instanceof CallContext call) {
			call.connected(exchange);
		}
		scope.clientContext.setAttribute(CONNECTED, false);
		chain.proceed(request, body, scope, exchange);
	}

	/**
	 * End all exchanges, those that wait for a connection among them.
	 */
	@Override
	public void close() {
		this.underWay.forEach((exchange) -> {
			exchange.failed(new ConnectionClosedException("The client is closed"));
			exchange.close();
		});
	}

	/**
	 * An exchange, from the wait for a connection on. Lets pass what comes of the server.
	 */
	private final class Exchange implements ExchangeConnection, AsyncExecCallback {

		private final AsyncExecChain.Scope scope;

		private final AsyncExecCallback callback;

		private Exchange(AsyncExecChain.Scope scope, AsyncExecCallback callback) {
			this.scope = scope;
			this.callback = callback;
		}

		@Override
		public @Nullable AsyncDataConsumer handleResponse(HttpResponse response, @Nullable EntityDetails entity)
				throws HttpException, IOException {
			if (!Boolean.TRUE.equals(this.scope.clientContext.getAttribute(CONNECTED))) {
				throw new ProxyRefusalException(response.getCode());
			}
			return this.callback.handleResponse(response, entity);
		}

		@Override
		public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
			this.callback.handleInformationResponse(response);
		}

		@Override
		public void completed() {
			if (HttpComponentsExchanges.this.underWay.remove(this)) {
				this.callback.completed();
			}
		}

		@Override
		public void failed(Exception cause) {
			if (HttpComponentsExchanges.this.underWay.remove(this)) {
				this.callback.failed(cause);
			}
		}

		/**
		 * An exchange that has ended has given its connection back.
		 */
		@Override
		public void close() {
			this.scope.cancellableDependency.cancel();
			this.scope.execRuntime.discardEndpoint();
		}

		@Override
		public @Nullable Executor thread() {
			return null;
		}

	}

}
