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
import java.net.ProtocolException;
import java.net.URI;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.Assert;

/**
 * Keeps responses with their requests on a connection of Reactor Netty. Interim responses
 * are skipped. A connection that delivers bytes while no request is under way is closed:
 * the next response on it could be that of an earlier request.
 * <p>
 * HTTP/1.1 has nothing by which a second response that arrives after the next request was
 * sent could be distinguished from the response to that request. A server that was seen
 * to send second responses therefore gets one request a connection for a while.
 */
final class ReactorNettyGuard extends ChannelDuplexHandler {

	private static final AttributeKey<ReactorNettyGuard> ATTRIBUTE = AttributeKey
		.valueOf(ReactorNettyGuard.class.getName());

	/**
	 * Nobody asks for it, and what comes after it is no response that could be read.
	 */
	private static final int SWITCHING_PROTOCOLS = 101;

	/**
	 * What the JDK's client says, too.
	 */
	static final String REFUSED_STREAM = "RST_STREAM: Stream not processed";

	private static final String NAME = "trigger.guard";

	private static final String BYTES_NAME = "trigger.guard.bytes";

	private @Nullable URI address;

	private int outstanding;

	private boolean interim;

	private boolean withheld;

	private boolean broken;

	/**
	 * What is being decoded.
	 */
	private @Nullable ByteBuf bytes;

	/**
	 * Whether something came after the last response, of which the decoder may have kept
	 * nothing, such as a line that was complete.
	 */
	private boolean surplus;

	/**
	 * Guard the connection of a request.
	 * @return the connection
	 */
	static ExchangeConnection install(ClientHttpRequest request) {
		if (request.getNativeRequest() instanceof Connection connection) {
			of(connection.channel());
			// asked for now, since a closed channel has no event loop any more
			return new NettyExchange(connection, connection.channel().eventLoop());
		}
		return ExchangeConnection.UNKNOWN;
	}

	/**
	 * Write a request with another address than the connection knows.
	 */
	static void sendTo(URI address, ClientHttpRequest request) {
		ReactorNettyGuard guard = (request.getNativeRequest() instanceof Connection connection)
				? of(connection.channel()) : null;
		Assert.state(guard != null, "The protocol of the connection is not known");
		guard.address = address;
	}

	private static @Nullable ReactorNettyGuard of(Channel channel) {
		ReactorNettyGuard present = channel.attr(ATTRIBUTE).get();
		if (present != null) {
			return present;
		}
		ChannelPipeline pipeline = channel.pipeline();
		ReactorNettyGuard guard = new ReactorNettyGuard();
		if (pipeline.get(NettyPipeline.HttpCodec) != null) {
			pipeline.addBefore(NettyPipeline.HttpCodec, BYTES_NAME, guard.new Bytes());
			pipeline.addAfter(NettyPipeline.HttpCodec, NAME, guard);
		}
		else if (pipeline.get(NettyPipeline.H2ToHttp11Codec) != null) {
			pipeline.addAfter(NettyPipeline.H2ToHttp11Codec, NAME, guard);
		}
		else if (pipeline.get(NettyPipeline.H3ToHttp11Codec) != null) {
			pipeline.addAfter(NettyPipeline.H3ToHttp11Codec, NAME, guard);
		}
		else {
			return null;
		}
		channel.attr(ATTRIBUTE).set(guard);
		return guard;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (message instanceof HttpRequest request) {
			this.outstanding++;
			URI replacement = this.address;
			if (replacement != null) {
				this.address = null;
				request.setUri(requestTarget(replacement));
			}
		}
		super.write(context, message, promise);
	}

	private static String requestTarget(URI uri) {
		String path = uri.getRawPath();
		return (path.isEmpty() ? "/" : path) + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		if (this.broken || this.outstanding == 0) {
			if (!this.broken && isSecondResponse(message)) {
				SecondResponses.add(context.channel().remoteAddress());
			}
			ReferenceCountUtil.release(message);
			breakOff(context);
			return;
		}
		if (message instanceof HttpResponse response && response.decoderResult().isSuccess()) {
			int status = response.status().code();
			if (SecondResponses.contains(context.channel().remoteAddress())) {
				response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
			}
			if (status < 100 || status > 999 || status == SWITCHING_PROTOCOLS) {
				ReferenceCountUtil.release(message);
				context.fireExceptionCaught(new ProtocolException("The status of the response is " + status));
				breakOff(context);
				return;
			}
			this.interim = status < 200;
		}
		if (this.interim) {
			this.interim = !(message instanceof LastHttpContent);
			this.withheld = true;
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof LastHttpContent) {
			this.outstanding--;
			this.surplus = this.bytes != null && this.bytes.isReadable();
		}
		super.channelRead(context, message);
	}

	/**
	 * A server has refused to look at the request, of which no more would be known than
	 * that its stream was closed.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
		if (event instanceof Http2ResetFrame reset && reset.errorCode() == Http2Error.REFUSED_STREAM.code()) {
			context.fireExceptionCaught(new IOException(REFUSED_STREAM));
		}
		super.userEventTriggered(context, event);
	}

	/**
	 * What comes next is read only on demand, and nobody saw that something came.
	 */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		if (this.withheld) {
			this.withheld = false;
			context.read();
		}
		super.channelReadComplete(context);
	}

	/**
	 * Return whether a message is more than what a balancer sends when it closes a
	 * connection that was idle for too long.
	 */
	private static boolean isSecondResponse(Object message) {
		return message instanceof HttpResponse response && response.decoderResult().isSuccess()
				&& response.status().code() != HttpResponseStatus.REQUEST_TIMEOUT.code();
	}

	private void breakOff(ChannelHandlerContext context) {
		if (!this.broken) {
			this.broken = true;
			context.close();
		}
	}

	/**
	 * Sees the bytes before they are decoded: those that are no complete response, too.
	 */
	private final class Bytes extends ChannelInboundHandlerAdapter {

		private boolean partial;

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
			ReactorNettyGuard guard = ReactorNettyGuard.this;
			if (!(message instanceof ByteBuf bytes)) {
				super.channelRead(context, message);
				return;
			}
			if (guard.broken) {
				bytes.release();
				return;
			}
			if (guard.outstanding == 0) {
				// the decoder finds out what it is, and the guard closes the connection
				try {
					super.channelRead(context, bytes);
				}
				finally {
					breakOff(context);
				}
				return;
			}
			if (!this.partial) {
				decode(context, bytes);
				return;
			}
			// the decoder only gets the rest of the line that it waits for, so that it
			// keeps nothing back, and what follows the response can be seen
			int lineEnd = bytes.bytesBefore((byte) '\n');
			decode(context, bytes.readRetainedSlice((lineEnd >= 0) ? lineEnd + 1 : bytes.readableBytes()));
			this.partial = lineEnd < 0;
			if (bytes.isReadable() && guard.outstanding > 0) {
				decode(context, bytes);
				return;
			}
			if (bytes.isReadable()) {
				breakOff(context);
			}
			bytes.release();
		}

		private void decode(ChannelHandlerContext context, ByteBuf bytes) throws Exception {
			ReactorNettyGuard guard = ReactorNettyGuard.this;
			bytes.retain();
			guard.bytes = bytes;
			try {
				super.channelRead(context, bytes);
				this.partial = bytes.isReadable();
				if (guard.outstanding == 0 && guard.surplus) {
					// bytes that follow the last response, which nobody asked for
					breakOff(context);
				}
			}
			finally {
				guard.bytes = null;
				bytes.release();
			}
		}

	}

	/**
	 * An exchange on a connection.
	 *
	 * @param exchange the exchange, which is what Reactor Netty calls a connection
	 * @param thread the thread of the connection
	 */
	private record NettyExchange(Connection exchange, EventLoop thread) implements ExchangeConnection {

		/**
		 * When the response is complete others may have the connection.
		 */
		@Override
		public void close() {
			if (!this.thread.isShuttingDown()) {
				this.thread.execute(() -> {
					if (ChannelOperations.get(this.exchange.channel()) == this.exchange) {
						this.exchange.dispose();
					}
				});
			}
		}

	}

}
