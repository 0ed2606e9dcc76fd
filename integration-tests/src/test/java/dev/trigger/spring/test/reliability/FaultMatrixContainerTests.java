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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.test.testcontainers.ContainerTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Hooks;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link FaultMatrixTests} do with a proxy happens here to a server in a container,
 * by the means of Docker, while calls of all kinds are under way.
 */
@ContainerTest
class FaultMatrixContainerTests {

	/**
	 * What a busy machine may add to a timeout.
	 */
	private static final Duration SLACK = Duration.ofSeconds(3);

	private static final String REACTOR_NETTY = "reactor.netty";

	private static final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();

	private static final LoggingSystem logging = LoggingSystem.get(FaultMatrixContainerTests.class.getClassLoader());

	private static final List<ContainerRound> rounds = new ArrayList<>();

	@BeforeAll
	static void play() throws InterruptedException, IOException {
		Hooks.onErrorDropped(dropped::add);
		// it tells of every connection that breaks
		logging.setLogLevel(REACTOR_NETTY, LogLevel.ERROR);
		try (ContainerRig rig = new ContainerRig()) {
			for (ContainerFault fault : ContainerFault.values()) {
				rounds.add(ContainerRound.play(rig, fault, false));
				if (!fault.isForgetful()) {
					// what was lost makes no difference to one who never hears of it
					// again
					rounds.add(ContainerRound.play(rig, fault, true));
				}
			}
		}
		String table = ContainerTable.of(rounds);
		System.out.println(table);
		Files.writeString(Path.of("target", "fault-matrix-containers.md"), table);
	}

	@AfterAll
	static void restore() {
		Hooks.resetOnErrorDropped();
		logging.setLogLevel(REACTOR_NETTY, null);
	}

	static Stream<ContainerRound> rounds() {
		return rounds.stream();
	}

	static Stream<ContainerRound> roundsInWhichTheFaultPasses() {
		return rounds().filter((round) -> !round.stays() && !round.fault().isForgetful());
	}

	static Stream<ContainerRound> roundsInWhichTheFaultStays() {
		return rounds().filter(ContainerRound::stays);
	}

	@ParameterizedTest
	@MethodSource("rounds")
	void callEndsOnceInTimeAndWithATypedError(ContainerRound round) {
		assertThat(round.calls()).allSatisfy((call) -> {
			assertThat(call.signals()).as("terminal signals").isOne();
			assertThat(call.duration()).as("time").isLessThan(round.timeout().plus(SLACK));
			assertThat(call.succeeded() || call.failure() instanceof TriggerException).as("%s", call.failure())
				.isTrue();
		});
	}

	@ParameterizedTest
	@MethodSource("rounds")
	void nothingActsTwice(ContainerRound round) {
		assertThat(round.calls()).allSatisfy((call) -> {
			if (call.succeeded() && !round.fault().isForgetful()) {
				assertThat(call.made()).isEqualTo(call.operation().expected());
			}
			else {
				assertThat(call.made()).isLessThanOrEqualTo(call.operation().expected());
			}
		});
	}

	@ParameterizedTest
	@MethodSource("rounds")
	void listIsComplete(ContainerRound round) {
		if (!round.fault().isForgetful()) {
			assertThat(round.calls())
				.filteredOn((call) -> call.operation() == ContainerOperation.LIST && call.succeeded())
				.isNotEmpty()
				.allSatisfy((call) -> assertThat(call.response()).isEqualTo(ContainerOperation.LISTED));
		}
	}

	@ParameterizedTest
	@MethodSource("rounds")
	void connectionsAreBackInTheirPool(ContainerRound round) {
		assertThat(round.connectionsInUse()).isZero();
	}

	@ParameterizedTest
	@MethodSource("roundsInWhichTheFaultPasses")
	void faultThatPassesIsOvercome(ContainerRound round) {
		assertThat(round.calls()).allMatch(ContainerCall::succeeded);
		assertThat(round.attempts().values().stream().mapToInt(Integer::intValue).sum()).as("attempts")
			.isGreaterThan(round.calls().size());
	}

	@ParameterizedTest
	@MethodSource("roundsInWhichTheFaultStays")
	void faultThatStaysIsReported(ContainerRound round) {
		for (ContainerOperation operation : ContainerOperation.values()) {
			assertThat(round.calls()).filteredOn((call) -> call.operation() == operation)
				.anyMatch((call) -> !call.succeeded());
		}
	}

	@Test
	void noErrorIsDropped() {
		assertThat(dropped).isEmpty();
	}

}
