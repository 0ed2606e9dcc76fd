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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.mock.http.client.reactive.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests {@link EventReader}.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventReaderTests {

	private static final String EVENTS = """
			: a comment
			id: 1
			event: batch
			retry: soon
			data: first
			data:
			data:  third, with a space
			unknown: field

			data:ä€😀

			: ping

			id:3

			""";

	private static List<ServerSentEvent<String>> read(String body, int maxBytes, int chunk) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		MockClientHttpResponse response = new MockClientHttpResponse(HttpStatus.OK);
		response.setBody(Flux.range(0, (bytes.length + chunk - 1) / chunk).map((i) -> buffer(bytes, i * chunk, chunk)));
		return new EventReader(maxBytes).read(response, UnaryOperator.identity()).collectList().block();
	}

	private static DataBuffer buffer(byte[] bytes, int start, int length) {
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.allocateBuffer(length);
		return buffer.write(bytes, start, Math.min(length, bytes.length - start));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 7, 1000 })
	void readsTheFieldsHoweverTheBytesArrive(int chunk) {
		for (String body : List.of(EVENTS, EVENTS.replace("\n", "\r\n"))) {
			List<ServerSentEvent<String>> events = read(body, 1000, chunk);
			assertThat(events).extracting(ServerSentEvent::data)
				.containsExactly("first\n\n third, with a space", "ä€😀", null, null);
			assertThat(events).extracting(ServerSentEvent::id).containsExactly("1", null, null, "3");
			assertThat(events).extracting(ServerSentEvent::event).containsExactly("batch", null, null, null);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: second", "data: second\n", "id: 2\nda" })
	void leavesOutAnEventThatHasNoEnd(String beginning) {
		assertThat(read("data: first\n\n" + beginning, 1000, 5)).extracting(ServerSentEvent::data)
			.containsExactly("first");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\0b", "\u20ac", "a\u0007b" })
	void idThatCanNotBeSentBackIsNone(String id) {
		assertThat(read("id: " + id + "\ndata: first\n\n", 1000, 5)).singleElement()
			.satisfies((event) -> assertThat(event.id()).isNull())
			.satisfies((event) -> assertThat(event.data()).isEqualTo("first"));
	}

	@Test
	void boundsTheSizeOfAnEventButNotOfAllTogether() {
		assertThat(read("data: 1234\n\n".repeat(100), 20, 50)).hasSize(100);
		assertThatExceptionOfType(DataBufferLimitException.class)
			.isThrownBy(() -> read("data: 1234\ndata: 5678\ndata: 90\n\n", 20, 50));
		assertThatExceptionOfType(DataBufferLimitException.class)
			.isThrownBy(() -> read("data: " + "x".repeat(100), 20, 5));
	}

	@Test
	void eventMayBeAsLargeAsTheBound() {
		assertThat(read("data: 1234\ndata: 5678\n\n", 20, 50)).hasSize(1);
		assertThatExceptionOfType(DataBufferLimitException.class)
			.isThrownBy(() -> read("data: 1234\ndata: 56789\n\n", 20, 50));
	}

	@Test
	void commentsDoNotCountTowardsTheBound() {
		assertThat(read("data: 1234\n" + ": still here\n".repeat(100) + "retry: 1000\ndata\nid\n\n", 20, 50))
			.extracting(ServerSentEvent::data)
			.containsExactly("1234\n");
	}

	@Test
	void byteOrderMarkIsNoneButInTheBeginning() {
		assertThat(read("\ufeffdata: first\n\n\ufeffdata: no field\n\n", 1000, 1000)).extracting(ServerSentEvent::data)
			.containsExactly("first", null);
	}

	@Test
	void logsNothingOfTheEvents(CapturedOutput output) {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel("org.springframework", LogLevel.TRACE);
		try {
			read("data: tr_dev_0123456789abcdefLOG1\n\n", 1000, 1000);
			byte[] other = "something else".getBytes(StandardCharsets.UTF_8);
			StringDecoder.allMimeTypes()
				.decode(Flux.just(buffer(other, 0, other.length)), ResolvableType.forClass(String.class), null, null)
				.blockLast();
		}
		finally {
			logging.setLogLevel("org.springframework", null);
		}
		assertThat(output).contains("something else").doesNotContain("0123456789abcdef");
	}

}
