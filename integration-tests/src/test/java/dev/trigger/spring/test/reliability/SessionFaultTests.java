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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.session.SessionChannelOperations;
import dev.trigger.spring.session.SessionChannels;
import dev.trigger.spring.session.SessionRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Channels of sessions that are read and written through what networks and servers do: no
 * record is lost, and none is there twice.
 */
class SessionFaultTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<String> WRITTEN = IntStream.rangeClosed(1, 20).mapToObj((i) -> "record " + i).toList();

	private static final String[] READS = { "sessions.read", "sessions.channel.read" };

	private static final String[] ALL = { "sessions.read", "sessions.channel.read", "sessions.records",
			"sessions.in.send", "sessions.out.append", "sessions.channel.in.send" };

	private static TriggerEmulator emulator;

	private static Cable cable;

	private static TrackedConnections connections;

	private static TriggerTemplate trigger;

	@BeforeAll
	static void start() {
		emulator = TriggerEmulator.builder()
			.rateLimit(100_000, 100_000, Duration.ofSeconds(10))
			.start()
			.task("talk", JsonNode.class, (payload, context) -> "done");
		cable = new Cable(emulator.port());
		connections = new TrackedConnections(100);
		trigger = TriggerTemplate.builder(TriggerCredential.of(emulator.secretKey("prod")))
			.apiUrl("http://127.0.0.1:" + cable.port())
			.retry((policy) -> policy.withMaxAttempts(10)
				.withBackoff(Duration.ofMillis(50), 1.6, Duration.ofMillis(500)))
			.webClientBuilder(WebClient.builder().clientConnector(connections.connector(Duration.ofSeconds(30))))
			.realtime((live) -> live.withSilenceTimeout(Duration.ofMillis(1_500)))
			.build();
	}

	@AfterAll
	static void stop() throws Exception {
		trigger.close();
		connections.close();
		cable.close();
		emulator.close();
	}

	static Stream<LiveFault> faults() {
		// a fault of the server meets those who read when they connect again
		return Stream.concat(LiveFault.ofNetwork().stream(),
				LiveFault.ofServer(ALL, READS).stream().map((fault) -> fault.followedBy((server, link) -> link.cut())));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void everyRecordIsThereOnce(LiveFault fault) throws Exception {
		emulator.faults().clear();
		String id = "chat-" + System.nanoTime();
		trigger.sessions()
			.start((session) -> session.type("chat").taskIdentifier("talk").basePayload(Map.of()).externalId(id))
			.block(PATIENCE);
		SessionChannels session = trigger.sessions().session(id);
		List<SessionChannelOperations> written = List.of(session.in(), session.out(), session.channel("notes").in());
		CountDownLatch begun = new CountDownLatch(written.size());
		CompletableFuture<List<List<String>>> read = Flux.fromIterable(written)
			.flatMapSequential((channel) -> read(channel, (value) -> begun.countDown()))
			.collectList()
			.toFuture();
		write(written, WRITTEN.subList(0, 1)).block(PATIENCE);
		assertThat(begun.await(30, TimeUnit.SECONDS)).as("all are read").isTrue();
		CompletableFuture<Void> rest = write(written, WRITTEN.subList(1, WRITTEN.size())).toFuture();
		fault.happening().happen(emulator, cable);
		rest.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasSize(written.size()).containsOnly(WRITTEN);
		for (SessionChannelOperations channel : written.subList(0, 2)) {
			List<SessionRecord<JsonNode>> records = channel.records().block(PATIENCE);
			assertThat(values(records)).isEqualTo(WRITTEN);
			assertThat(values(channel.records(records.get(9).id()).block(PATIENCE))).isEqualTo(WRITTEN.subList(10, 20));
		}
		assertThat(connections.await()).as("connections in use").isZero();
		assertThat(trigger.realtime().statistics().open()).isZero();
	}

	private static Mono<List<String>> read(SessionChannelOperations channel, Consumer<String> listener) {
		return channel.read(String.class)
			.map(SessionRecord::value)
			.doOnNext(listener)
			.take(WRITTEN.size())
			.collectList();
	}

	private static Mono<Void> write(List<SessionChannelOperations> channels, List<String> values) {
		return Flux.fromIterable(channels)
			.flatMap((channel) -> Flux.fromIterable(values)
				.concatMap((value) -> channel.append(value).then(Mono.delay(Duration.ofMillis(5)))))
			.then();
	}

	private static List<String> values(List<SessionRecord<JsonNode>> records) {
		return records.stream().map((record) -> record.value().stringValue()).toList();
	}

}
