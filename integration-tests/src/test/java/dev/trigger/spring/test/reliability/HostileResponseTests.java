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

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ServerSocketFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses that are meant to use up memory or time meet a client that has 96 MiB. They
 * end in one typed error, with whatever connector.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileResponseTests {

	private final List<String> lines = call();

	private static List<String> call() {
		// a host of its own: whoever calls the one of the redirects has followed one
		try (ServerSocket nobody = new ServerSocket(0, 1024);
				FaultProxy proxy = new FaultProxy(nobody.getLocalPort(), ServerSocketFactory.getDefault())) {
			proxy.arm((exchange) -> {
				String path = exchange.path();
				exchange.write(HostileResponse.valueOf(path.substring(path.lastIndexOf("/run_") + 5)).response());
				return true;
			}, 0, Integer.MAX_VALUE);
			// newer JVMs have warnings of their own to print
			return ChildJvm
				.run(HostileResponseCaller.class, "96m", Duration.ofMinutes(3), "http://127.0.0.1:" + proxy.port())
				.stream()
				.filter((line) -> line.matches("[a-z-]+ [A-Z_]+ \\S+"))
				.toList();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource
	void callEndsWithOneTypedError(String connector, HostileResponse hostile, String outcome) {
		assertThat(outcome).matches(hostile.outcome());
	}

	Stream<Object[]> callEndsWithOneTypedError() {
		return this.lines.stream()
			.map((line) -> line.split(" "))
			.map((parts) -> new Object[] { parts[0], HostileResponse.valueOf(parts[1]), parts[2] });
	}

	@Test
	void everyConnectorMetEveryResponse() {
		assertThat(this.lines).hasSize(3 * HostileResponse.values().length);
	}

}
