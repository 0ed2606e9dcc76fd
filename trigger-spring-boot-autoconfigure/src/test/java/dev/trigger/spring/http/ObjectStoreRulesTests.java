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

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.mock.http.client.reactive.MockClientHttpResponse;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the rules of {@link ObjectStore}: which addresses it uses, what it sends
 * there, and how it follows redirects; and for {@link AddressHidingConnector}.
 */
class ObjectStoreRulesTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final String SIGNED = "?X-Amz-Signature=c0ffee0123456789abcdef";

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private ObjectStore store(WebClient.Builder builder, boolean insecure) {
		CallSettings settings = new CallSettings(TriggerCredentials.none(), PreviewBranch.none(), null,
				RetryPolicy.defaults(), null);
		return TriggerHttp.builder(this.server.url(), settings)
			.webClientBuilder(builder)
			.allowInsecure(insecure)
			.build()
			.objectStore();
	}

	private ObjectStore store() {
		return store(WebClient.builder(), false);
	}

	private String url(String path) {
		return this.server.url() + path + SIGNED;
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void transferCarriesNothingOfTheApplication(String connector) {
		List<String> filtered = new ArrayList<>();
		WebClient.Builder builder = WebClient.builder()
			.defaultHeader("authorization", "Bearer mine")
			.defaultCookie("session", "mine")
			.defaultRequest((request) -> request.header("x-mine", "1")
				.headers((headers) -> headers.setBasicAuth("mine", "mine"))
				.header("content-type", "application/xml")
				.cookie("another", "mine"))
			.filter((request, next) -> {
				filtered.add("filter");
				return next.exchange(request);
			});
		if (connector.equals("jdk")) {
			builder.clientConnector(new JdkClientHttpConnector(
					java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1).build()));
		}
		ObjectStore store = store(builder, false);
		this.server.respond(200, "").respond(200, "content", "content-type", "text/plain").respond(200, "");
		store.upload(url("/1"), MediaType.TEXT_PLAIN, "content".getBytes(StandardCharsets.UTF_8)).block(LONGEST);
		ObjectStore.Content content = store.download(url("/2")).block(LONGEST);
		assertThat(new String(content.bytes(), StandardCharsets.UTF_8)).isEqualTo("content");
		assertThat(content.contentType()).isEqualTo("text/plain");
		assertThat(store.download(this.server.url() + "/unsigned").block(LONGEST).contentType()).isEmpty();
		assertThat(this.server.received()).extracting(LoopbackServer.Received::uri)
			.containsExactly("/1" + SIGNED, "/2" + SIGNED, "/unsigned");
		assertThat(this.server.received()).extracting(LoopbackServer.Received::method)
			.containsExactly("PUT", "GET", "GET");
		assertThat(this.server.received()).allSatisfy((received) -> assertThat(received.headers())
			.doesNotContainKeys("authorization", "cookie", "x-mine", "x-trigger-api-version"));
		assertThat(this.server.received().get(0).headers()).containsEntry("content-length", "7")
			.containsEntry("content-type", "text/plain");
		assertThat(filtered).isEmpty();
	}

	@Test
	void redirectIsFollowedThreeTimes() {
		this.server.respond(307, "", "location", "/2" + SIGNED)
			.respond(308, "", "location", this.server.url() + "/3" + SIGNED)
			.respond(302, "", "location", "/4" + SIGNED)
			.respond(200, "content");
		assertThat(store().download(url("/1")).block(LONGEST).bytes()).hasSize(7);
		assertThat(this.server.received()).extracting(LoopbackServer.Received::uri)
			.containsExactly("/1" + SIGNED, "/2" + SIGNED, "/3" + SIGNED, "/4" + SIGNED);
		for (int i = 0; i < 4; i++) {
			this.server.respond(307, "moved", "location", "/2" + SIGNED);
		}
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> store().download(url("/1")).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(307))
			.satisfies((ex) -> assertThat(ex.getResponseBody()).isEqualTo("moved"));
		assertThat(this.server.received()).hasSize(8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://store.invalid/1", "ftp://127.0.0.1/1", "https://user:secret@127.0.0.1/1", "::",
			"http:opaque", "" })
	void redirectToAnAddressThatMayNotBeUsedIsNotFollowed(String location) {
		if (location.isEmpty()) {
			this.server.respond(307, "");
		}
		else {
			this.server.respond(307, "", "location", location);
		}
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> store().download(url("/1")).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(307));
		assertThat(this.server.received()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "no url", "ftp://127.0.0.1/1", "https://user:secret@127.0.0.1/1", "file:/etc/passwd", "" })
	void addressThatIsNoneOfTheWebIsRefused(String url) {
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> store().download(url).block(LONGEST))
			.withMessage("The presigned URL that the server sent is not a web address");
	}

	@Test
	void nameThatNoHostHasIsNamed() {
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> store().download("https://user:secret@object_store:9000/1?X-Signature=s").block(LONGEST))
			.withMessageContaining("'object_store:9000' is not a valid host name")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret", "Signature"));
	}

	@Test
	void addressWithoutTlsIsRefusedUnlessTheNetworkIsTrusted() {
		WebClient.Builder builder = WebClient.builder().clientConnector(status(200));
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> store(builder, false).download("http://store.example/1" + SIGNED).block(LONGEST))
			.withMessageContaining("http on the host 'store.example'")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("c0ffee"));
		assertThat(store(builder, true).download("http://store.example/1" + SIGNED).block(LONGEST)).isNotNull();
	}

	@Test
	void addressMayHaveLettersOfAnyLanguage() {
		this.server.respond(200, "");
		store().download(this.server.url() + "/caf\u00e9").block(LONGEST);
		assertThat(this.server.received().get(0).uri()).isEqualTo("/caf%C3%A9");
	}

	@Test
	void responseThatEndsNoExchangeIsAFailureOfTheConnection() {
		CallSettings settings = new CallSettings(TriggerCredentials.none(), PreviewBranch.none(), null,
				RetryPolicy.defaults().withJitter(false), null);
		reactor.test.scheduler.VirtualTimeScheduler time = reactor.test.scheduler.VirtualTimeScheduler.create();
		ObjectStore store = TriggerHttp.builder(this.server.url(), settings)
			.webClientBuilder(WebClient.builder().clientConnector(status(103)))
			.scheduler(time)
			.build()
			.objectStore();
		List<Throwable> failures = new ArrayList<>();
		store.download(url("/1")).subscribe((content) -> {
		}, failures::add);
		time.advanceTimeBy(Duration.ofMinutes(1));
		time.dispose();
		assertThat(failures).singleElement()
			.isInstanceOf(TriggerConnectionException.class)
			.asString()
			.contains("the interim 103");
	}

	@Test
	void refusalWhoseBodyCannotBeReadStaysThatRefusal() {
		this.server.respond(403, "not br", "content-encoding", "br");
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> store().download(url("/1")).block(LONGEST))
			.withMessageContaining("403");
	}

	private static ClientHttpConnector status(int status) {
		return (method, uri, callback) -> Mono.just(new MockClientHttpResponse(status));
	}

	@Test
	void connectorOutsideOfATransferConnectsToTheAddressItIsGiven() {
		List<URI> connected = new ArrayList<>();
		AddressHidingConnector connector = new AddressHidingConnector((method, uri, callback) -> {
			connected.add(uri);
			return Mono.just(new MockClientHttpResponse(200));
		});
		URI address = URI.create("http://host/1?sig=c0ffee");
		URI hidden = URI.create("http://host/1");
		connector.connect(org.springframework.http.HttpMethod.GET, hidden, (request) -> Mono.empty()).block(LONGEST);
		List<URI> exchanged = new ArrayList<>();
		AddressHidingConnector.exchange(address, hidden, (uri) -> {
			exchanged.add(uri);
			connector.connect(org.springframework.http.HttpMethod.GET, uri, (request) -> Mono.empty()).block(LONGEST);
			return Mono.empty();
		}).block(LONGEST);
		connector.connect(org.springframework.http.HttpMethod.GET, hidden, (request) -> Mono.empty()).block(LONGEST);
		assertThat(exchanged).containsExactly(hidden);
		assertThat(connected).containsExactly(hidden, address, hidden);
		// a connector of the application's does not know the address
		exchanged.clear();
		AddressHidingConnector.exchange(address, hidden, (uri) -> {
			exchanged.add(uri);
			return Mono.empty();
		}).block(LONGEST);
		assertThat(exchanged).containsExactly(hidden, address);
	}

	@Test
	void connectorOfReactorNettyLearnsTheAddressLast() {
		this.server.respond(200, "");
		List<URI> known = new ArrayList<>();
		AddressHidingConnector connector = new AddressHidingConnector(new ReactorClientHttpConnector());
		AddressHidingConnector.exchange(URI.create(url("/1")), URI.create(this.server.url() + "/1"),
				(uri) -> connector.connect(org.springframework.http.HttpMethod.GET, uri, (request) -> {
					known.add(request.getURI());
					return request.setComplete();
				}).flatMap((response) -> response.getBody().then(Mono.<ClientResponse>empty())))
			.block(LONGEST);
		assertThat(known).containsExactly(URI.create(this.server.url() + "/1"));
		assertThat(this.server.received().get(0).uri()).isEqualTo("/1" + SIGNED);
	}

}
