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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;

/**
 * Closes a connection whose first request does not arrive in time.
 */
final class SlowHeaders extends ChannelInboundHandlerAdapter {

	private static final AttributeKey<Future<?>> TIMEOUT = AttributeKey.valueOf(SlowHeaders.class, "timeout");

	private final Duration limit;

	SlowHeaders(Duration limit) {
		this.limit = limit;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		Channel channel = context.channel();
		channel.attr(TIMEOUT)
			.set(channel.eventLoop().schedule(() -> channel.close(), this.limit.toMillis(), TimeUnit.MILLISECONDS));
		context.fireChannelActive();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		received(context.channel());
		context.fireChannelInactive();
	}

	static void received(Channel channel) {
		Future<?> timeout = channel.attr(TIMEOUT).getAndSet(null);
		if (timeout != null) {
			timeout.cancel(false);
		}
	}

}
