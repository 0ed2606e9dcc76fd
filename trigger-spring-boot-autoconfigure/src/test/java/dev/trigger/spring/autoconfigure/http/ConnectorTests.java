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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.task.TaskType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the connectors that {@link ConnectorFactory} makes, with a server behind
 * them.
 */
class ConnectorTests {

	private static final String DEV_KEY = "tr_dev_0123456789abcdefDEV1";

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				TriggerAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=" + DEV_KEY);

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void redirectIsNotFollowedAndTheKeyStaysAtHome(String connector) {
		try (RecordingServer other = new RecordingServer((path) -> new Response(200, RUN));
				RecordingServer server = new RecordingServer(
						(path) -> new Response(302, "", Map.of("location", other.url() + path)))) {
			this.contextRunner
				.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.api-url=" + server.url(),
						"spring.http.clients.reactive.connector=" + connector, "spring.http.clients.redirects=follow")
				.run((context) -> assertThatExceptionOfType(TriggerApiException.class)
					.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block())
					.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(302)));
			assertThat(server.requests()).hasSize(1);
			assertThat(other.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void cookiesAreNotKeptWhateverTheOtherClientsOfTheApplicationDo(String connector) {
		try (RecordingServer server = new RecordingServer(
				(path) -> new Response(200, RUN, Map.of("set-cookie", "session=1; Path=/")))) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + server.url(),
						"spring.http.clients.reactive.connector=" + connector,
						"spring.http.clients.cookie-handling=enable-when-possible")
				.run((context) -> retrieveMany(context, 2));
			assertThat(server.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).doesNotContainKey("cookie"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void jsonBodiesCarryTheirLengthOnEveryConnector(String connector) {
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, "{\"id\":\"run_1\"}"))) {
			this.contextRunner
				.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.api-url=" + server.url(),
						"spring.http.clients.reactive.connector=" + connector)
				.run((context) -> {
					TriggerOperations client = context.getBean(TriggerOperations.class);
					client.tasks().trigger(TaskType.of("t", Object.class, Void.class), Map.of("a", 1)).block();
					client.runs().cancel("run_1").block();
				});
			assertThat(server.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).containsKey("content-length")
					.doesNotContainKey("transfer-encoding"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void connectorRepeatsNothingByItself(String connector) {
		try (RecordingServer server = new RecordingServer(
				(path) -> new Response(503, "{}", Map.of("retry-after", "0")))) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + server.url(), "trigger.retry.max-attempts=1",
						"spring.http.clients.reactive.connector=" + connector)
				.run((context) -> {
					TriggerOperations client = context.getBean(TriggerOperations.class);
					for (Mono<?> call : List.of(client.runs().cancel("run_1"), client.runs().retrieve("run_1"))) {
						assertThatExceptionOfType(ServerException.class).isThrownBy(call::block);
					}
				});
			assertThat(server.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).doesNotContainKey("upgrade"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components" })
	void poolHasMostConnections(String connector) {
		withServer(connector, (runner, server) -> {
			runner.withPropertyValues("trigger.http.pool.max-connections=2")
				.run((context) -> retrieveMany(context, 20));
			assertThat(peers(server)).hasSizeLessThanOrEqualTo(2);
		});
		withServer(connector, (runner, server) -> {
			runner.run((context) -> retrieveMany(context, 20));
			assertThat(peers(server)).hasSizeGreaterThan(2);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components" })
	void idleConnectionIsClosed(String connector) {
		withServer(connector, (runner, server) -> runner.withPropertyValues("trigger.http.pool.max-idle-time=200ms")
			.run((context) -> untilConnectionChanges(context.getBean(TriggerOperations.class), server)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components" })
	void oldConnectionIsNotUsedAgain(String connector) {
		withServer(connector, (runner, server) -> runner.withPropertyValues("trigger.http.pool.max-life-time=200ms")
			.run((context) -> untilConnectionChanges(context.getBean(TriggerOperations.class), server)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components" })
	void connectionIsKeptByDefault(String connector) {
		withServer(connector, (runner, server) -> runner.run((context) -> {
			TriggerOperations client = context.getBean(TriggerOperations.class);
			Flux.range(0, 5)
				.concatMap((i) -> client.runs().retrieve("run_1").delayElement(Duration.ofMillis(300)))
				.blockLast(Duration.ofSeconds(10));
			assertThat(peers(server)).hasSize(1);
		}));
	}

	@Test
	void poolOfTheJdkCanNotBeSet() {
		this.contextRunner
			.withPropertyValues("spring.http.clients.reactive.connector=jdk", "trigger.http.pool.max-connections=2")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'trigger.http.pool.max-connections' can't be set for a connector of the JDK"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "trigger.http.pool.max-connections", "trigger.clients.billing.http.pool.max-connections" })
	void settingOfANamedClientIsRefusedByTheNameItIsSetUnder(String property) {
		named("spring.http.clients.reactive.connector=jdk", property + "=2")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'" + property + "' can't be set for a connector of the JDK"));
	}

	@Test
	void http2OfANamedClientWithoutTlsIsRefusedByTheNamesOfTheClient() {
		named("trigger.clients.billing.http.http2=true", "trigger.clients.billing.api-url=http://localhost:1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'trigger.clients.billing.http.http2' is true")
				.hasMessageContaining("use https in 'trigger.clients.billing.api-url'"));
	}

	private ApplicationContextRunner named(String... properties) {
		return this.contextRunner
			.withPropertyValues("trigger.secret-key=", "trigger.clients.billing.secret-key=" + DEV_KEY)
			.withPropertyValues(properties);
	}

	@Test
	void settingThatConnectorOfTheApplicationHasNotIsRefused() {
		ClientHttpConnectorBuilder<?> own = (settings) -> ClientHttpConnectorBuilder.jdk().build(settings);
		this.contextRunner.withBean(ClientHttpConnectorBuilder.class, () -> own)
			.withPropertyValues("trigger.http.proxy.host=localhost")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'trigger.http.proxy.host' can't be set"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void proxyIsUsed(String connector) throws IOException {
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, RUN));
				ForwardProxy proxy = new ForwardProxy()) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + server.url(),
						"spring.http.clients.reactive.connector=" + connector, "trigger.http.proxy.host=127.0.0.1",
						"trigger.http.proxy.port=" + proxy.port())
				.run((context) -> retrieveMany(context, 1));
			assertThat(server.requests()).hasSize(1);
			assertThat(proxy.connections()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void proxyThatAsksForCredentialsDoesNotGetTheKey(String connector) throws IOException {
		try (ForwardProxy proxy = new ForwardProxy(true)) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=https://trigger.example",
						"spring.http.clients.reactive.connector=" + connector, "trigger.http.proxy.host=127.0.0.1",
						"trigger.http.proxy.port=" + proxy.port(), "trigger.retry.max-attempts=1")
				.run((context) -> assertThatExceptionOfType(TriggerException.class)
					.isThrownBy(() -> retrieveMany(context, 1)));
			assertThat(proxy.heads()).isNotEmpty()
				.allSatisfy((head) -> assertThat(head).startsWith("CONNECT trigger.example:443")
					.doesNotContainIgnoringCase("authorization")
					.doesNotContain(DEV_KEY));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void http2IsSpokenOverTheSslBundle(String connector) throws Exception {
		TestCertificate certificate = TestCertificate.of("localhost");
		try (RecordingServer server = RecordingServer.overTls((path) -> new Response(200, RUN),
				certificate.serverBundle())) {
			ApplicationContextRunner runner = this.contextRunner.withPropertyValues("trigger.api-url=" + server.url(),
					"spring.http.clients.reactive.connector=" + connector, "trigger.retry.max-attempts=1");
			runner.withPropertyValues("trigger.http.http2=true", "trigger.http.ssl.bundle=mine")
				.withPropertyValues(certificate.clientProperties("mine"))
				.run((context) -> retrieveMany(context, 1));
			assertThat(server.requests()).singleElement()
				.satisfies((request) -> assertThat(request).containsEntry(":protocol", "HTTP/2.0"));
			runner.withPropertyValues("trigger.http.http2=false", "trigger.http.ssl.bundle=mine")
				.withPropertyValues(certificate.clientProperties("mine"))
				.run((context) -> retrieveMany(context, 1));
			assertThat(server.requests().get(1)).containsEntry(":protocol", "HTTP/1.1");
			runner.run((context) -> assertThatExceptionOfType(TriggerConnectionException.class)
				.isThrownBy(() -> retrieveMany(context, 1)));
			assertThat(server.requests()).hasSize(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void sslBundleIsUsedAsItsFilesAre(String connector, @TempDir Path directory) throws Exception {
		useAsItsFilesAre("trigger.http.ssl.bundle", connector, directory);
	}

	@Test
	void sslBundleOfAllClientsIsUsedAsItsFilesAre(@TempDir Path directory) throws Exception {
		useAsItsFilesAre("spring.http.clients.ssl.bundle", "reactor", directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void certificateThatIsNotTrustedIsOneSentenceAndNotTriedAgain(String connector) {
		try (RecordingServer server = RecordingServer.overTls((path) -> new Response(200, RUN),
				TestCertificate.of("unknown").serverBundle())) {
			ClientRunner
				.run(connector, server.url(), (client) -> assertThatExceptionOfType(TriggerConnectionException.class)
					.isThrownBy(() -> client.runs().retrieve("run_1").block(Duration.ofSeconds(20)))
					.withMessageContaining(server.url() + " ('trigger.api-url') could not be reached in 1 attempt(s)")
					.withMessageContaining("its certificate is not trusted: unable to find valid certification path")
					.withMessageContaining("'trigger.http.ssl.bundle'")
					.matches(TriggerConnectionException::isRequestUnsent));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void certificateOfAnotherHostIsOneSentenceAndNotTriedAgain(String connector) {
		TestCertificate certificate = TestCertificate.of("localhost");
		try (RecordingServer server = RecordingServer.overTls((path) -> new Response(200, RUN),
				certificate.serverBundle())) {
			String url = server.url().replace("localhost", "127.0.0.1");
			ClientRunner.of(connector, url, "trigger.http.ssl.bundle=mine")
				.withPropertyValues(certificate.clientProperties("mine"))
				.run((context) -> assertThatExceptionOfType(TriggerConnectionException.class)
					.isThrownBy(() -> retrieveMany(context, 1))
					.withMessageContaining(url + " ('trigger.api-url') could not be reached in 1 attempt(s)")
					.withMessageContaining("its certificate is that of another host: ")
					.withMessageContaining("subject alternative names")
					.withMessageEndingWith("Use a host in the URL that the certificate names"));
		}
	}

	private void useAsItsFilesAre(String property, String connector, Path directory) throws Exception {
		TestCertificate former = TestCertificate.of("former");
		TestCertificate current = TestCertificate.of("current");
		Path trusted = Files.copy(former.keyStore(), directory.resolve("trusted.p12"));
		try (RecordingServer server = RecordingServer.overTls((path) -> new Response(200, RUN),
				current.serverBundle())) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + server.url(), property + "=mine",
						"spring.http.clients.reactive.connector=" + connector, "trigger.retry.max-attempts=1",
						"spring.ssl.bundle.watch.file.quiet-period=50ms",
						"spring.ssl.bundle.jks.mine.reload-on-update=true")
				.withPropertyValues(former.clientProperties("mine"))
				.withPropertyValues("spring.ssl.bundle.jks.mine.truststore.location=file:" + trusted)
				.run((context) -> {
					assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> retrieveMany(context, 1));
					Files.copy(current.keyStore(), trusted, StandardCopyOption.REPLACE_EXISTING);
					Awaitility.await()
						.atMost(Duration.ofSeconds(30))
						.ignoreExceptions()
						.untilAsserted(() -> retrieveMany(context, 1));
				});
		}
	}

	private void withServer(String connector, BiConsumer<ApplicationContextRunner, RecordingServer> test) {
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, RUN))) {
			test.accept(this.contextRunner.withPropertyValues("trigger.api-url=" + server.url(),
					"spring.http.clients.reactive.connector=" + connector), server);
		}
	}

	private static void retrieveMany(ApplicationContext context, int calls) {
		TriggerOperations client = context.getBean(TriggerOperations.class);
		Flux.range(0, calls).flatMap((i) -> client.runs().retrieve("run_1"), calls).blockLast(Duration.ofSeconds(10));
	}

	private static void untilConnectionChanges(TriggerOperations client, RecordingServer server) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(500)).until(() -> {
			client.runs().retrieve("run_1").block(Duration.ofSeconds(30));
			return peers(server).size() > 1;
		});
	}

	private static Set<String> peers(RecordingServer server) {
		return server.requests().stream().map((request) -> request.get(":peer")).collect(Collectors.toSet());
	}

}
