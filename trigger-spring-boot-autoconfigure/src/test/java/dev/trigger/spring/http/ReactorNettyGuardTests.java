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

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

import org.springframework.mock.http.client.reactive.MockClientHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ReactorNettyGuard}, on a channel without network: which responses
 * reach whoever sent the request, and when the connection is closed.
 */
class ReactorNettyGuardTests {

	private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

	private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

	private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";

	private static final AtomicInteger ports = new AtomicInteger();

	/**
	 * What is known of a server lasts longer than a test.
	 */
	private final SocketAddress server = InetSocketAddress.createUnresolved("server", ports.incrementAndGet());

	private final AtomicInteger reads = new AtomicInteger();

	private final EmbeddedChannel channel = guarded();

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private EmbeddedChannel unguarded() {
		EmbeddedChannel channel = new EmbeddedChannel() {

			@Override
			protected SocketAddress remoteAddress0() {
				return ReactorNettyGuardTests.this.server;
			}

		};
		channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {

			@Override
			public void read(ChannelHandlerContext context) throws Exception {
				ReactorNettyGuardTests.this.reads.incrementAndGet();
				super.read(context);
			}

		});
		return channel;
	}

	private EmbeddedChannel guarded() {
		EmbeddedChannel channel = unguarded();
		channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpClientCodec());
		ReactorNettyGuard.install(request(channel));
		return channel;
	}

	private static MockClientHttpRequest request(EmbeddedChannel channel) {
		return new MockClientHttpRequest(org.springframework.http.HttpMethod.GET, "/") {

			@Override
			@SuppressWarnings("unchecked")
			public <T> T getNativeRequest() {
				return (T) Connection.from(channel);
			}

		};
	}

	private String send(EmbeddedChannel channel, String uri) {
		channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri));
		StringBuilder sent = new StringBuilder();
		for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
			sent.append(bytes.toString(StandardCharsets.US_ASCII));
			bytes.release();
		}
		return sent.toString();
	}

	private void send() {
		send(this.channel, "/");
	}

	private static ByteBuf receive(EmbeddedChannel channel, String text) {
		ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
		channel.writeInbound(bytes);
		return bytes;
	}

	/**
	 * Return the statuses of the responses that were passed on, and their bodies.
	 */
	private static List<String> passedOn(EmbeddedChannel channel) {
		List<String> all = new ArrayList<>();
		StringBuilder body = new StringBuilder();
		for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
			if (message instanceof HttpResponse response) {
				all.add(response.status().code() + response.headers().get("connection", ""));
			}
			if (message instanceof HttpContent content) {
				body.append(content.content().toString(StandardCharsets.US_ASCII));
			}
			ReferenceCountUtil.release(message);
		}
		if (body.length() > 0) {
			all.add(body.toString());
		}
		return all;
	}

	@Test
	void responseOfEachRequestIsPassedOn() {
		for (int i = 0; i < 3; i++) {
			send();
			receive(this.channel, OK);
			assertThat(passedOn(this.channel)).containsExactly("200", "ok");
		}
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void responseMayArriveInPieces() {
		for (int split = 1; split < OK.length(); split++) {
			EmbeddedChannel other = guarded();
			for (int i = 0; i < 2; i++) {
				send(other, "/");
				receive(other, OK.substring(0, split));
				receive(other, OK.substring(split));
				assertThat(passedOn(other)).as("split at %d", split).containsExactly("200", "ok");
				assertThat(other.isOpen()).isTrue();
			}
			other.finishAndReleaseAll();
		}
	}

	@Test
	void responseMayArriveByteByByte() {
		send();
		for (char ch : OK.toCharArray()) {
			receive(this.channel, String.valueOf(ch));
		}
		assertThat(passedOn(this.channel)).containsExactly("200", "ok");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { OK, EMPTY, "HTTP/1.1 200 OK\r\n", "HTT", "H", "\r\n", "garbage\r\n" })
	void whatComesAfterTheResponseClosesTheConnection(String more) {
		for (String response : List.of(OK, EMPTY)) {
			String all = response + more;
			for (int split = 1; split < all.length(); split++) {
				EmbeddedChannel other = guarded();
				send(other, "/");
				ByteBuf first = receive(other, all.substring(0, split));
				ByteBuf second = other.isOpen() ? receive(other, all.substring(split)) : Unpooled.EMPTY_BUFFER;
				assertThat(passedOn(other)).as("split at %d", split)
					.filteredOn((part) -> !part.equals("ok"))
					.singleElement()
					.asString()
					.startsWith(response.substring(9, 12));
				assertThat(other.isOpen()).as("split at %d", split).isFalse();
				other.finishAndReleaseAll();
				assertThat(first.refCnt()).isZero();
				assertThat(second.refCnt()).isIn(0, Unpooled.EMPTY_BUFFER.refCnt());
			}
		}
	}

	@Test
	void whatComesAfterTheResponseIsSeenAlsoBehindManyPieces() {
		send();
		for (String piece : List.of("H", "T", "TP", "/1.1 204 No Content\r", "\n\r\nHTT")) {
			receive(this.channel, piece);
		}
		assertThat(passedOn(this.channel)).containsExactly("204");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void whatIsNoBytesIsPassedOn() {
		send();
		this.channel.writeInbound("text");
		assertThat(this.channel.<Object>readInbound()).isEqualTo("text");
	}

	@Test
	void responseThatNobodyAskedForClosesAStreamOfALaterProtocol() {
		EmbeddedChannel other = unguarded();
		other.pipeline().addLast(NettyPipeline.H2ToHttp11Codec, new ChannelHandlerAdapter() {
		});
		ReactorNettyGuard.install(request(other));
		DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
		other.writeInbound(response);
		assertThat(passedOn(other)).isEmpty();
		assertThat(other.isOpen()).isFalse();
		assertThat(response.refCnt()).isZero();
		other.finishAndReleaseAll();
	}

	@Test
	void nothingIsPassedOnAfterTheEnd() {
		send();
		receive(this.channel, OK + OK);
		assertThat(passedOn(this.channel)).containsExactly("200", "ok");
		ByteBuf late = Unpooled.copiedBuffer(OK, StandardCharsets.US_ASCII);
		this.channel.pipeline().fireChannelRead(late);
		assertThat(passedOn(this.channel)).isEmpty();
		assertThat(late.refCnt()).isZero();
	}

	@Test
	void bytesThatNobodyAskedForAreNotPassedOn() {
		ByteBuf bytes = receive(this.channel, OK);
		assertThat(passedOn(this.channel)).isEmpty();
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(bytes.refCnt()).isZero();
	}

	@Test
	void interimResponsesAreLeftOut() {
		send();
		int before = this.reads.get();
		receive(this.channel, HINTS);
		assertThat(passedOn(this.channel)).isEmpty();
		// nobody saw that something came, so that nobody would read on
		assertThat(this.reads.get()).isGreaterThan(before);
		receive(this.channel, HINTS + "HTTP/1.1 100 Continue\r\n\r\n" + OK);
		assertThat(passedOn(this.channel)).containsExactly("200", "ok");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void readsOnOnlyAfterSomethingWasLeftOut() {
		this.channel.config().setAutoRead(false);
		send();
		receive(this.channel, HINTS);
		int before = this.reads.get();
		assertThat(before).isPositive();
		receive(this.channel, OK);
		assertThat(this.reads).hasValue(before);
	}

	@Test
	void endOfWhatCanBeReadIsPassedOn() {
		AtomicInteger ends = new AtomicInteger();
		this.channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelReadComplete(ChannelHandlerContext context) {
				ends.incrementAndGet();
			}

		});
		send();
		receive(this.channel, OK);
		assertThat(ends).hasPositiveValue();
		passedOn(this.channel);
	}

	@Test
	void changeOfTheProtocolBreaksTheConnection() {
		send();
		String response = "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n";
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> receive(this.channel, response))
			.withMessage("The status of the response is 101");
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(passedOn(this.channel)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "199, true", "200, true", "999, true", "100, true", "099, false", "000, false", "1000, false" })
	void statusThatIsNoneBreaksTheConnection(String status, boolean possible) {
		send();
		String response = "HTTP/1.1 " + status + " X\r\ncontent-length: 0\r\n\r\n";
		if (possible) {
			receive(this.channel, response);
			assertThat(this.channel.isOpen()).isTrue();
		}
		else {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> receive(this.channel, response))
				.withMessage("The status of the response is " + Integer.parseInt(status));
			assertThat(this.channel.isOpen()).isFalse();
			assertThat(passedOn(this.channel)).isEmpty();
		}
	}

	@Test
	void serverThatRespondedTwiceGetsOneRequestPerConnection() {
		receive(this.channel, OK);
		EmbeddedChannel other = guarded();
		send(other, "/");
		receive(other, OK);
		assertThat(passedOn(other)).containsExactly("200close", "ok");
		other.finishAndReleaseAll();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n", "garbage\r\n\r\n" })
	void balancerThatClosesAnIdleConnectionIsNotSuspected(String message) {
		receive(this.channel, message);
		assertThat(this.channel.isOpen()).isFalse();
		EmbeddedChannel other = guarded();
		send(other, "/");
		receive(other, OK);
		assertThat(passedOn(other)).containsExactly("200", "ok");
		other.finishAndReleaseAll();
	}

	@Test
	void responseThatIsGarbledIsReported() {
		send();
		receive(this.channel, "garbage\r\n\r\n");
		HttpResponse response = this.channel.readInbound();
		assertThat(response.decoderResult().isFailure()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "http://host/a/b?c=d, /a/b?c=d", "http://host, /", "http://host?x=%2F, /?x=%2F",
			"http://host/%61, /%61" })
	void requestIsSentToTheAddressThatIsHidden(URI address, String target) {
		EmbeddedChannel other = unguarded();
		other.pipeline().addLast(NettyPipeline.HttpCodec, new HttpClientCodec());
		ReactorNettyGuard.sendTo(address, request(other));
		assertThat(send(other, "/hidden")).startsWith("GET " + target + " HTTP/1.1\r\n");
		other.finishAndReleaseAll();
		ReactorNettyGuard.sendTo(address, request(this.channel));
		assertThat(send(this.channel, "/hidden")).startsWith("GET " + target + " HTTP/1.1\r\n");
		receive(this.channel, OK);
		assertThat(send(this.channel, "/next")).startsWith("GET /next HTTP/1.1\r\n");
	}

	@Test
	void connectionOfAnotherProtocolIsNotGuarded() {
		EmbeddedChannel other = unguarded();
		ReactorNettyGuard.install(request(other));
		assertThat(other.pipeline().names()).noneMatch((name) -> name.startsWith("trigger"));
		assertThatIllegalStateException()
			.isThrownBy(() -> ReactorNettyGuard.sendTo(URI.create("http://host"), request(other)))
			.withMessage("The protocol of the connection is not known");
		MockClientHttpRequest unknown = new MockClientHttpRequest(org.springframework.http.HttpMethod.GET, "/");
		ReactorNettyGuard.install(unknown);
		assertThatIllegalStateException()
			.isThrownBy(() -> ReactorNettyGuard.sendTo(URI.create("http://host"), unknown));
		other.finishAndReleaseAll();
	}

	@ParameterizedTest
	@ValueSource(strings = { NettyPipeline.H2ToHttp11Codec, NettyPipeline.H3ToHttp11Codec })
	void streamOfALaterProtocolIsGuardedBehindItsCodec(String codec) {
		EmbeddedChannel other = unguarded();
		other.pipeline().addLast(codec, new ChannelHandlerAdapter() {
		});
		ReactorNettyGuard.install(request(other));
		ReactorNettyGuard.install(request(other));
		assertThat(other.pipeline().names()).containsSubsequence(codec, "trigger.guard")
			.containsOnlyOnce("trigger.guard");
		other.finishAndReleaseAll();
	}

	@Test
	void connectionIsGuardedOnce() {
		ReactorNettyGuard.install(request(this.channel));
		assertThat(this.channel.pipeline().names())
			.containsSubsequence("trigger.guard.bytes", NettyPipeline.HttpCodec, "trigger.guard")
			.containsOnlyOnce("trigger.guard", "trigger.guard.bytes");
	}

}
