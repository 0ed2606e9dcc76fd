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

import javax.net.ssl.SSLHandshakeException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Shortens what connections of Reactor Netty log when TLS fails, which they do twice:
 * with all that a port which does not speak it has sent, in hexadecimal, or with where in
 * the code of the JDK a certificate was refused.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class TlsFailures {

	private static final String NAME = "trigger.tls";

	private TlsFailures() {
	}

	/**
	 * Return a client that reports such failures in short.
	 * @param client the client
	 * @return the client to use instead
	 */
	public static HttpClient shorten(HttpClient client) {
		return client.doOnChannelInit((observer, channel, address) -> addTo(channel));
	}

	private static void addTo(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.SslHandler) != null) {
			channel.pipeline().addAfter(NettyPipeline.SslHandler, NAME, new Handler());
		}
	}

	private static boolean isNotTls(Throwable failure) {
		return failure instanceof NotSslRecordException || failure.getCause() instanceof NotSslRecordException;
	}

	private static Throwable shorten(Throwable failure) {
		if (isNotTls(failure)) {
			return new NotTlsException();
		}
		if (Causes.any(failure, SSLHandshakeException.class::isInstance)) {
			Causes.forEach(failure, (cause) -> cause.setStackTrace(new StackTraceElement[0]));
		}
		return failure;
	}

	private static final class Handler extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
			boolean failed = event instanceof SslHandshakeCompletionEvent completion && !completion.isSuccess();
			super.userEventTriggered(context, failed
					? new SslHandshakeCompletionEvent(shorten(((SslHandshakeCompletionEvent) event).cause())) : event);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
			super.exceptionCaught(context, shorten(cause));
		}

	}

}
