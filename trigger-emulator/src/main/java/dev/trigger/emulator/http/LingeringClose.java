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

package dev.trigger.emulator.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes connections such that a client which is still sending gets its response. A
 * connection that is closed with input unread is reset, and a reset may overtake what was
 * sent before it. Therefore the own direction is closed first, and what comes until the
 * client closes the other is thrown away.
 */
final class LingeringClose extends ChannelDuplexHandler {

	private static final long MAX_BYTES = 64L * 1024 * 1024;

	private final Duration limit;

	private boolean closing;

	private long bytes;

	/**
	 * Create a handler.
	 * @param limit how long to wait for the client
	 */
	LingeringClose(Duration limit) {
		this.limit = limit;
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (!(context.channel() instanceof DuplexChannel channel) || channel.isOutputShutdown() && !this.closing
				|| isReset(channel)) {
			context.close(promise);
			return;
		}
		channel.closeFuture().addListener((closed) -> promise.trySuccess());
		if (!this.closing) {
			this.closing = true;
			linger(context, channel);
		}
	}

	private void linger(ChannelHandlerContext context, DuplexChannel channel) {
		channel.shutdownOutput().addListener((ChannelFutureListener) (shutdown) -> {
			if (!shutdown.isSuccess()) {
				context.close();
				return;
			}
			channel.eventLoop().schedule(() -> context.close(), this.limit.toMillis(), TimeUnit.MILLISECONDS);
			channel.config().setAutoRead(true);
		});
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!this.closing) {
			context.fireChannelRead(message);
			return;
		}
		this.bytes += (message instanceof ByteBuf buffer) ? buffer.readableBytes() : 0;
		ReferenceCountUtil.release(message);
		if (this.bytes > MAX_BYTES) {
			context.close();
		}
	}

	/**
	 * Linger 0 makes the close a TCP reset.
	 */
	private static boolean isReset(Channel channel) {
		Integer linger = channel.config().getOption(ChannelOption.SO_LINGER);
		return linger != null && linger == 0;
	}

}
