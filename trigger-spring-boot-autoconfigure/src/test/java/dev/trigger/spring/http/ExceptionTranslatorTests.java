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
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExceptionTranslator}, {@link ErrorExplanation}, {@link Causes} and
 * {@link TlsFailures}: what becomes of a failure, whoever it comes from.
 */
class ExceptionTranslatorTests {

	private static final URI STORE = URI.create("https://store.example/1?sig=c0ffee0123456789");

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static WebClientRequestException request(Throwable cause) {
		return new WebClientRequestException(cause, HttpMethod.GET, STORE, HttpHeaders.EMPTY);
	}

	static Stream<Throwable> lost() {
		return Stream.of(new IOException("x"), new TimeoutException("x"), ReadTimeoutException.INSTANCE,
				new AbortedException("x"), new IllegalStateException(new IOException("x")),
				request(new IllegalStateException("x")), new SSLException("x"));
	}

	static Stream<Throwable> unsent() {
		return Stream.of(new ConnectException("x"), new UnknownHostException("x"), new HttpConnectTimeoutException("x"),
				new SSLHandshakeException("x"), new PoolAcquireFailed(), new SocketTimeoutException("Connect Timeout"),
				new ConnectTimeoutException("x"), new RequestNotExecutedException("x"),
				request(new UnresolvedAddressException()), request(new IOException(new ConnectException())));
	}

	static Stream<Throwable> plaintext() {
		return Stream.of(new NotTlsException(), new NotSslRecordException("485454502f"),
				request(new SSLException("Unrecognized SSL message, plaintext connection?")),
				new SSLHandshakeException("UNRECOGNIZED SSL MESSAGE"));
	}

	static Stream<Throwable> others() {
		return Stream.of(new IllegalArgumentException("x", new IOException("x")),
				new TriggerDecodingException(null, "x", new IOException("x")), new IllegalStateException("x"),
				new StackOverflowError());
	}

	@ParameterizedTest
	@MethodSource("lost")
	void brokenConnectionMayHaveDelivered(Throwable failure) {
		assertThat(ExceptionTranslator.translate(failure, STORE))
			.isInstanceOfSatisfying(TriggerConnectionException.class,
					(ex) -> assertThat(ex.isRequestUnsent()).isFalse())
			.hasMessageStartingWith("The object store at store.example (from a presigned URL of the server) sent no "
					+ "complete response: " + Causes.root(failure).getClass().getSimpleName());
	}

	@ParameterizedTest
	@MethodSource("unsent")
	void requestThatWasNotSentIsKnown(Throwable failure) {
		assertThat(ExceptionTranslator.translate(failure, STORE))
			.isInstanceOfSatisfying(TriggerConnectionException.class, (ex) -> assertThat(ex.isRequestUnsent()).isTrue())
			.hasMessageContaining("could not be reached: ");
	}

	static Stream<Arguments> certificates() {
		return Stream.of(
				Arguments.of(
						new CertPathValidatorException("validity check failed",
								new CertificateExpiredException("NotAfter: 2026")),
						"is not valid at present: NotAfter: 2026. Renew it there"),
				Arguments.of(new CertificateNotYetValidException("NotBefore: 2036"),
						"is not valid at present: NotBefore: 2036. Renew it there"),
				Arguments.of(new CertificateException("No name matching a.example found"),
						"is that of another host: No name matching a.example found. Use a host"),
				Arguments.of(new SSLPeerUnverifiedException("Certificate for <a> doesn't match common name"),
						"is that of another host: Certificate for <a> doesn't match common name. Use a host"),
				Arguments.of(new SSLPeerUnverifiedException("peer not authenticated"),
						"is not trusted: peer not authenticated. If it is the right one, set 'trigger.http.ssl.bundle'"),
				Arguments.of(new CertificateException("Untrusted"), "is not trusted: Untrusted. If it is"));
	}

	@ParameterizedTest
	@MethodSource("certificates")
	void remedyFitsWhatIsWrongWithTheCertificate(Throwable cause, String reason) {
		Throwable failure = ExceptionTranslator.translate(request(new SSLHandshakeException("x").initCause(cause)),
				STORE);
		assertThat(failure).hasMessageContaining("could not be reached: its certificate " + reason);
		assertThat(ConnectionFailure.isFinal(failure)).isTrue();
	}

	@ParameterizedTest
	@MethodSource("plaintext")
	void portWithoutTlsIsExplained(Throwable failure) {
		assertThat(ExceptionTranslator.translate(failure, STORE))
			.isInstanceOfSatisfying(TriggerConnectionException.class, (ex) -> assertThat(ex.isRequestUnsent()).isTrue())
			.hasMessageEndingWith("could not be reached: it does not speak TLS on this port. Use the port of https, or "
					+ "http:// in the URL if that is what the server speaks")
			.cause()
			.isInstanceOf(NotTlsException.class)
			.satisfies((cause) -> assertThat(cause.getStackTrace()).isEmpty());
	}

	@ParameterizedTest
	@MethodSource("others")
	void otherFailuresStayAsTheyAre(Throwable failure) {
		assertThat(ExceptionTranslator.translate(failure, STORE)).isSameAs(failure);
	}

	@Test
	void requestIsLeftOutOfTheCauses() {
		IOException cause = new IOException("tr_prod_0123456789abcdefPRD1 broke");
		assertThat(ExceptionTranslator.translate(request(cause), STORE)).hasMessageContaining("IOException (tr_prod_")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("0123456789abcdef"))
			.cause()
			.isSameAs(cause);
		assertThat(ExceptionTranslator.translate(cause, STORE)).cause().isSameAs(cause);
		assertThat(ExceptionTranslator.translate(new IOException(), STORE)).hasMessageEndingWith(": IOException");
	}

	@Test
	void bodyThatIsTooLargeOrGarbledIsNoFailureOfTheConnection() {
		assertThat(ExceptionTranslator.translate(new IllegalStateException(new DataBufferLimitException("x")), STORE))
			.isInstanceOf(TriggerDecodingException.class)
			.hasMessage("The object store returned more than 'trigger.http.max-in-memory-size' allows");
		assertThat(ExceptionTranslator.translate(new MalformedContentException("garbled", null), STORE))
			.isInstanceOf(TriggerDecodingException.class)
			.hasMessage("The object store: garbled");
	}

	@Test
	void failureOfTheSourceOfABodyIsFoundAmongTheCauses() {
		IllegalStateException failure = new IllegalStateException("source");
		ForeignException foreign = new ForeignException(failure);
		assertThat(ExceptionTranslator.translate(request(foreign), STORE)).isSameAs(foreign);
		assertThat(ExceptionTranslator.translate(new IOException(foreign), STORE)).isSameAs(foreign);
		assertThat(ForeignException.unwrap(foreign)).isSameAs(failure);
	}

	private static Throwable chain(int causes, Throwable last) {
		Throwable failure = last;
		for (int i = 0; i < causes; i++) {
			failure = new IllegalStateException("outer", failure);
		}
		return failure;
	}

	@Test
	void causesAreFollowedAsFarAsReason() {
		IOException last = new IOException("last");
		assertThat(Causes.any(chain(15, last), IOException.class::isInstance)).isTrue();
		assertThat(Causes.any(chain(16, last), IOException.class::isInstance)).isFalse();
		assertThat(Causes.find(chain(15, last), IOException.class)).isSameAs(last);
		assertThat(Causes.find(chain(1, last), Error.class)).isNull();
		assertThat(Causes.root(chain(16, last))).isSameAs(last);
		assertThat(Causes.root(chain(17, last))).isNotSameAs(last);
		assertThat(Causes.root(last)).isSameAs(last);
	}

	@Test
	void causesMayBeACircle() {
		IllegalStateException one = new IllegalStateException();
		IllegalStateException two = new IllegalStateException(one);
		one.initCause(two);
		assertThat(Causes.any(one, IOException.class::isInstance)).isFalse();
		assertThat(Causes.root(one)).isIn(one, two);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", quoteCharacter = '`', value = { "text/html | <p>x</p> | a page of HTML",
			"text/html | | 403 status code (no body)",
			"text/html;charset=utf-8 | x<title> Down </title> | a page of HTML with the title 'Down'",
			"application/xml | <Error>x</Error> | 403 <Error>x</Error>", "- |   <!DOCTYPE html><p> | a page of HTML",
			"no/type/at/all | <HTML> | a page of HTML", "- | <htm | 403 <htm", "text/plain | <html> | a page of HTML",
			"text/html | <title>Down</title> | a page of HTML with the title 'Down'",
			"text/html | <title></title> | a page of HTML", "text/html | <title><b></title> | a page of HTML",
			"text/html | <title>Down | a page of HTML", "text/html | \u0130<title>Down</title> | a page of HTML" },
			delimiter = '|')
	void pageIsShownByItsTitle(String contentType, String body, String message) {
		assertThat(refusal(contentType, (body != null) ? body : ""))
			.hasMessage("The object store returned 403: " + message);
	}

	@Test
	void titleThatIsTooLongIsLeftOut() {
		String offset = "x".repeat(200);
		assertThat(refusal("text/html", offset + "<title>" + "t".repeat(113) + "</title>"))
			.hasMessageEndingWith("with the title '" + "t".repeat(113) + "'");
		assertThat(refusal("text/html", offset + "<title>" + "t".repeat(114) + "</title>"))
			.hasMessageEndingWith("a page of HTML");
	}

	private static Exception refusal(String contentType, String body) {
		HttpHeaders headers = new HttpHeaders();
		if (contentType != null) {
			headers.set("content-type", contentType);
		}
		return ExceptionTranslator.ofResponse(STORE, 403, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	private TriggerHttp http(String key, UnaryOperator<ClientResponse> change) {
		return TriggerHttp
			.builder(this.server.url(),
					new CallSettings(TriggerCredentials.of(TriggerCredential.of(key)), PreviewBranch.none(), "proj_1",
							RetryPolicy.defaults().withMaxAttempts(1), LONGEST))
			.webClientBuilder(WebClient.builder().filter((request, next) -> next.exchange(request).map(change::apply)))
			.build();
	}

	private TriggerHttp http() {
		return http("tr_dev_0123456789abcdefDEV1", UnaryOperator.identity());
	}

	private static TriggerRequest<Void> to(TriggerEndpoint endpoint, String... variables) {
		return TriggerRequest.to(endpoint, variables).returningNothing();
	}

	@ParameterizedTest
	@CsvSource({ "{}, 400 status code (no body)", "' {} ', 400 status code (no body)", "[1], [1]",
			"'{\"a\":1}', '{\"a\":1}'" })
	void bodyWithoutMessageIsShownIfThereIsAny(String body, String message) {
		this.server.respond(400, body);
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> http().send(to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")).block(LONGEST))
			.withMessageEndingWith("returned 400: " + message);
	}

	@Test
	void idsAreNamedInShort() {
		this.server.respond(404, "{\"error\":\"gone\"}")
			.respond(404, "{\"error\":\"gone\"}")
			.respond(404, "{\"error\":\"gone\"}");
		String id = "sched_" + "x".repeat(74);
		assertNotFound(to(TriggerEndpoint.SCHEDULES_RETRIEVE, id), "gone (scheduleId '" + id + "')");
		assertNotFound(to(TriggerEndpoint.SCHEDULES_RETRIEVE, id + "y"), "gone (scheduleId '" + id + "\u2026')");
		assertNotFound(to(TriggerEndpoint.SCHEDULES_LIST), "returned 404: gone");
	}

	private void assertNotFound(TriggerRequest<Void> request, String message) {
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> http().send(request).block(LONGEST))
			.withMessageEndingWith(message);
	}

	@Test
	void rejectionSaysWhatWasSent() {
		this.server.respond(401, "{\"error\":\"no\"}").respond(401, "{\"error\":\"no\"}");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> http().send(to(TriggerEndpoint.SCHEDULES_TIMEZONES)).block(LONGEST))
			.withMessageEndingWith("no. No credential was sent");
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> http("tr_pat_0123456789abcdef0123456789abPAT1", UnaryOperator.identity())
				.send(to(TriggerEndpoint.PROJECTS_LIST))
				.block(LONGEST))
			.withMessageContaining("(from 'trigger.access-token')")
			.withMessageEndingWith(", or its user may not be a member of the project");
	}

	@ParameterizedTest
	@CsvSource({ "0, not one of 100 to 999", "103, the interim 103" })
	void statusThatEndsNoExchangeIsAFailureOfTheConnection(int status, String message) {
		this.server.respond(200, "{}");
		assertThatExceptionOfType(TriggerConnectionException.class)
			.isThrownBy(() -> http("tr_dev_0123456789abcdefDEV1", (response) -> new OtherStatus(response, status))
				.send(to(TriggerEndpoint.RUNS_RETRIEVE, "run_1"))
				.block(LONGEST))
			.withMessageEndingWith("ProtocolException (The status of the response is " + message + ")");
	}

	@Test
	void errorWhoseBodyBreaksOffIsAFailureOfTheConnection() {
		this.server.respond(400, "{}");
		assertThatExceptionOfType(TriggerConnectionException.class)
			.isThrownBy(() -> http("tr_dev_0123456789abcdefDEV1",
					(response) -> response.mutate().body((body) -> Flux.error(new IOException("cut"))).build())
				.send(to(TriggerEndpoint.RUNS_RETRIEVE, "run_1"))
				.block(LONGEST))
			.withMessageContaining("IOException (cut)");
	}

	@Test
	void failureOfTlsIsShortenedBeforeItIsLogged() throws Exception {
		NotSslRecordException quoting = new NotSslRecordException("not an SSL/TLS record: 485454502f");
		for (Throwable failure : new Throwable[] { quoting, new IOException(quoting) }) {
			assertThat(seen(failure)).isInstanceOf(NotTlsException.class);
			assertThat(handshake(failure).cause()).isInstanceOf(NotTlsException.class);
		}
		for (Throwable failure : new Throwable[] { new IOException("x"), new IOException(new IOException("y")) }) {
			assertThat(seen(failure)).isSameAs(failure);
			assertThat(handshake(failure).cause()).isSameAs(failure);
		}
		Throwable refused = new SSLHandshakeException("x").initCause(new CertificateException("y"));
		assertThat(handshake(refused).cause()).isSameAs(refused);
		DecoderException again = new DecoderException(refused);
		assertThat(seen(again)).isSameAs(again);
		assertThat(again.getStackTrace()).isEmpty();
		assertThat(refused.getStackTrace()).isEmpty();
		assertThat(refused.getCause().getStackTrace()).isEmpty();
		assertThat(event(SslHandshakeCompletionEvent.SUCCESS)).isSameAs(SslHandshakeCompletionEvent.SUCCESS);
		assertThat(event("other")).isEqualTo("other");
		EmbeddedChannel plain = new EmbeddedChannel();
		initialize(plain);
		assertThat(plain.pipeline().names()).doesNotContain("trigger.tls");
	}

	private static void initialize(EmbeddedChannel channel) {
		TlsFailures.shorten(HttpClient.create())
			.configuration()
			.doOnChannelInit()
			.onChannelInit(ConnectionObserver.emptyListener(), channel, null);
	}

	private static EmbeddedChannel secured(ChannelInboundHandlerAdapter last) {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline().addLast(NettyPipeline.SslHandler, new ChannelHandlerAdapter() {
		});
		initialize(channel);
		channel.pipeline().addLast(last);
		return channel;
	}

	private static Throwable seen(Throwable failure) {
		Throwable[] seen = new Throwable[1];
		secured(new ChannelInboundHandlerAdapter() {

			@Override
			public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
				seen[0] = cause;
			}

		}).pipeline().fireExceptionCaught(failure);
		return seen[0];
	}

	private static Object event(Object event) {
		Object[] seen = new Object[1];
		secured(new ChannelInboundHandlerAdapter() {

			@Override
			public void userEventTriggered(ChannelHandlerContext context, Object arrived) {
				seen[0] = arrived;
			}

		}).pipeline().fireUserEventTriggered(event);
		return seen[0];
	}

	private static SslHandshakeCompletionEvent handshake(Throwable failure) {
		return (SslHandshakeCompletionEvent) event(new SslHandshakeCompletionEvent(failure));
	}

	private static final class PoolAcquireFailed extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
