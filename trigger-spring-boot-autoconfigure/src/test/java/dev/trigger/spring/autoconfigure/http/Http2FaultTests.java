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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.run.RunHandle;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what servers and balancers do to requests over HTTP/2: they take back a
 * stream, send the client away, or send interim headers.
 */
class Http2FaultTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TestCertificate certificate = TestCertificate.of("localhost");

	@ParameterizedTest
	@CsvSource({ "reactor,REFUSED", "reactor,RESET", "reactor,GO_AWAY", "reactor,EARLY_HINTS", "jdk,REFUSED",
			"jdk,RESET", "jdk,GO_AWAY" })
	void faultThatPassesIsOvercome(String connector, Fault fault) throws Exception {
		try (Server server = new Server(certificate, fault, 1)) {
			ClientRunner.of(connector, server.url(), "trigger.http.http2=true", "trigger.http.ssl.bundle=mine")
				.withPropertyValues(certificate.clientProperties("mine"))
				.run((context) -> assertThat(
						context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE))
					.satisfies((run) -> assertThat(run.id()).isEqualTo("run_1")));
			assertThat(server.requests()).isEqualTo((fault == Fault.EARLY_HINTS) ? 1 : 2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "reactor,REFUSED", "reactor,RESET", "reactor,GO_AWAY", "jdk,RESET" })
	void faultThatStaysIsTypedError(String connector, Fault fault) throws Exception {
		try (Server server = new Server(certificate, fault, Integer.MAX_VALUE)) {
			ClientRunner
				.of(connector, server.url(), "trigger.http.http2=true", "trigger.http.ssl.bundle=mine",
						"trigger.retry.max-attempts=2")
				.withPropertyValues(certificate.clientProperties("mine"))
				.run((context) -> assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(
						() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "http-components" })
	void requestThatTheServerDidNotLookAtIsRepeatedEvenIfItActsEachTime(String connector) throws Exception {
		try (Server server = new Server(certificate, Fault.REFUSED, 1)) {
			runner(connector, server).run((context) -> assertThat(replay(context).block(PATIENCE)).isEqualTo("run_1"));
			assertThat(server.requests()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "http-components" })
	void responseThatIsShorterThanItSaysIsNotTakenForTheWhole(String connector) throws Exception {
		try (Server server = new Server(certificate, Fault.CUT, 1)) {
			runner(connector, server).run((context) -> assertThat(
					context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE))
				.satisfies((run) -> assertThat(run.id()).isEqualTo("run_1")));
			assertThat(server.requests()).isEqualTo(2);
		}
		try (Server server = new Server(certificate, Fault.CUT, 1)) {
			runner(connector, server).run((context) -> assertThatExceptionOfType(TriggerConnectionException.class)
				.isThrownBy(() -> replay(context).block(PATIENCE))
				.withMessageContaining("sent no complete response"));
			assertThat(server.requests()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "http-components" })
	void callsBeyondTheStreamsOfAServerAreMade(String connector) throws Exception {
		try (Server server = new Server(certificate, Fault.SLOW, Integer.MAX_VALUE)) {
			runner(connector, server, "trigger.retry.delay=150ms").run((context) -> {
				// the first one opens the connection that the others share
				replay(context).block(PATIENCE);
				assertThat(Flux.range(0, 2 * Server.MAX_STREAMS)
					.flatMap((i) -> replay(context), 2 * Server.MAX_STREAMS)
					.collectList()
					.block(PATIENCE)).hasSize(2 * Server.MAX_STREAMS);
			});
		}
	}

	/**
	 * With the JDK, calls that share a connection and are more than its streams fail;
	 * feeds would wait for a stream, and for the slowest reader.
	 */
	@ParameterizedTest
	@CsvSource({ "reactor,", "jdk,", "jetty,", "reactor,true", "jdk,true" })
	void connectionIsSharedByCallsOnlyAndIfAskedFor(String connector, @Nullable String http2) throws Exception {
		try (RecordingServer server = RecordingServer.overTls(
				(path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"),
				certificate.serverBundle())) {
			ClientRunner
				.of(connector, server.url(), "trigger.http.ssl.bundle=mine",
						"trigger.http.http2=" + ((http2 != null) ? http2 : ""))
				.withPropertyValues(certificate.clientProperties("mine"))
				.run((context) -> {
					TriggerOperations client = context.getBean(TriggerOperations.class);
					client.runs().retrieve("run_1").block(PATIENCE);
					Disposable feed = client.realtime().run("run_1").onErrorComplete().subscribe();
					await().atMost(PATIENCE).until(() -> server.requests().size() > 1);
					feed.dispose();
				});
			assertThat(server.requests().get(0)).containsEntry(":protocol", (http2 != null) ? "HTTP/2.0" : "HTTP/1.1");
			assertThat(server.requests().get(1)).containsEntry(":protocol", "HTTP/1.1");
		}
	}

	private static ApplicationContextRunner runner(String connector, Server server, String... properties) {
		boolean negotiatesByItself = connector.equals("http-components");
		return ClientRunner.of(connector, server.url(), properties)
			.withPropertyValues("trigger.http.ssl.bundle=mine")
			.withPropertyValues(negotiatesByItself ? new String[0] : new String[] { "trigger.http.http2=true" })
			.withPropertyValues(certificate.clientProperties("mine"));
	}

	private static Mono<String> replay(ApplicationContext context) {
		return context.getBean(TriggerOperations.class).runs().replay("run_1").map(RunHandle::id);
	}

	/**
	 * What happens to a request.
	 */
	enum Fault {

		REFUSED, RESET, GO_AWAY, EARLY_HINTS, SLOW, CUT

	}

	/**
	 * A server that speaks HTTP/2 in frames.
	 */
	private static final class Server implements AutoCloseable {

		private static final int MAX_STREAMS = 10;

		private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

		private final AtomicInteger requests = new AtomicInteger();

		private final Fault fault;

		private final int times;

		private final Channel channel;

		private Server(TestCertificate certificate, Fault fault, int times) throws Exception {
			this.fault = fault;
			this.times = times;
			SslContext tls = SslContextBuilder
				.forServer(certificate.serverBundle().getManagers().getKeyManagerFactory())
				.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
						ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
						ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
						ApplicationProtocolNames.HTTP_2))
				.build();
			this.channel = new ServerBootstrap().group(this.group)
				.channel(NioServerSocketChannel.class)
				.childHandler(new ChannelInitializer<>() {

					@Override
					protected void initChannel(Channel connection) {
						connection.pipeline()
							.addLast(tls.newHandler(connection.alloc()),
									Http2FrameCodecBuilder.forServer()
										.initialSettings(new Http2Settings().maxConcurrentStreams(MAX_STREAMS))
										.build(),
									new Http2MultiplexHandler(new ChannelInitializer<>() {

										@Override
										protected void initChannel(Channel stream) {
											stream.pipeline().addLast(new Streams());
										}

									}));
					}

				})
				.bind("127.0.0.1", 0)
				.sync()
				.channel();
		}

		private String url() {
			return "https://localhost:" + ((java.net.InetSocketAddress) this.channel.localAddress()).getPort();
		}

		private int requests() {
			return this.requests.get();
		}

		@Override
		public void close() {
			this.channel.close();
			this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}

		private final class Streams extends SimpleChannelInboundHandler<Http2HeadersFrame> {

			@Override
			protected void channelRead0(ChannelHandlerContext context, Http2HeadersFrame frame) {
				boolean struck = Server.this.requests.incrementAndGet() <= Server.this.times;
				Fault met = struck ? Server.this.fault : null;
				if (met == Fault.REFUSED || met == Fault.RESET) {
					context.writeAndFlush(new DefaultHttp2ResetFrame(
							(met == Fault.REFUSED) ? Http2Error.REFUSED_STREAM : Http2Error.INTERNAL_ERROR));
					return;
				}
				if (met == Fault.GO_AWAY) {
					// only what came before this stream was looked at
					context.channel()
						.parent()
						.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR))
						.addListener((done) -> context.channel().parent().close());
					return;
				}
				if (met == Fault.EARLY_HINTS) {
					context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("103")));
				}
				if (met == Fault.CUT) {
					context.write(new DefaultHttp2HeadersFrame(
							new DefaultHttp2Headers().status("200").add("content-length", "500")));
					context.writeAndFlush(new DefaultHttp2DataFrame(
							Unpooled.copiedBuffer("{\"id\":\"run_2\",\"status\":\"FAILED\"}", StandardCharsets.UTF_8),
							true));
					return;
				}
				int delay = (met == Fault.SLOW) ? 100 : 0;
				context.executor().schedule(() -> respond(context), delay, TimeUnit.MILLISECONDS);
			}

			private static void respond(ChannelHandlerContext context) {
				context.write(new DefaultHttp2HeadersFrame(
						new DefaultHttp2Headers().status("200").add("content-type", "application/json")));
				context.writeAndFlush(new DefaultHttp2DataFrame(
						Unpooled.copiedBuffer("{\"id\":\"run_1\",\"status\":\"COMPLETED\"}", StandardCharsets.UTF_8),
						true));
			}

		}

	}

}
