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
import java.util.concurrent.Executor;

import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * Tells calls the connections of Apache HttpComponents that they have. Its connector
 * stops to listen when it is canceled, but leaves the exchange as it is.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class HttpComponentsExchanges implements AsyncExecChainHandler {

	@Override
	public void execute(HttpRequest request, @Nullable AsyncEntityProducer body, AsyncExecChain.Scope scope,
			AsyncExecChain chain, AsyncExecCallback callback) throws HttpException, IOException {
		if (scope.clientContext.getAttribute(CallContext.ATTRIBUTE) instanceof CallContext call) {
			call.connected(new Exchange(scope));
		}
		chain.proceed(request, body, scope, callback);
	}

	/**
	 * An exchange, from the wait for a connection on.
	 *
	 * @param scope the exchange as its client has it
	 */
	private record Exchange(AsyncExecChain.Scope scope) implements ExchangeConnection {

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
