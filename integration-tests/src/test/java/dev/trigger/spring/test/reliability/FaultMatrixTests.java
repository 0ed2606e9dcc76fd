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
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.trigger.spring.exception.TriggerException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
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
 * Every fault meets every operation, once and for good. A call either succeeds and has
 * acted exactly once, or fails with one typed error within its timeout; nothing acts
 * twice and nothing is left behind.
 */
class FaultMatrixTests {

	private static final int CONCURRENCY = 12;

	/**
	 * What a busy machine may add to a timeout.
	 */
	private static final Duration SLACK = Duration.ofSeconds(3);

	private static final String REACTOR_NETTY = "reactor.netty";

	private static final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();

	private static final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	private static final LoggingSystem logging = LoggingSystem.get(FaultMatrixTests.class.getClassLoader());

	private static ResourceLeakDetector.Level leakDetection;

	private static List<MatrixCell> cells;

	@BeforeAll
	static void strike() throws InterruptedException, ExecutionException, IOException {
		leakDetection = ResourceLeakDetector.getLevel();
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		ByteBufUtil.setLeakListener((type, records) -> leaks.add(records));
		Hooks.onErrorDropped(dropped::add);
		// it tells of every connection that breaks
		logging.setLogLevel(REACTOR_NETTY, LogLevel.ERROR);
		for (MatrixOperation operation : MatrixOperation.values()) {
			// what is done for the first time takes longer than the read timeout
			MatrixCell.strike(MatrixFault.HALF_CLOSED, operation, false);
		}
		ExecutorService rows = Executors.newFixedThreadPool(CONCURRENCY);
		try {
			List<Future<MatrixCell>> all = new ArrayList<>();
			for (MatrixFault fault : MatrixFault.values()) {
				for (MatrixOperation operation : MatrixOperation.values()) {
					if (!fault.isPermanent()) {
						all.add(rows.submit(() -> MatrixCell.strike(fault, operation, false)));
					}
					all.add(rows.submit(() -> MatrixCell.strike(fault, operation, true)));
				}
			}
			cells = new ArrayList<>();
			for (Future<MatrixCell> cell : all) {
				cells.add(cell.get());
			}
		}
		finally {
			rows.shutdownNow();
		}
		String table = MatrixTable.of(cells);
		System.out.println(table);
		Files.writeString(Path.of("target", "fault-matrix.md"), table);
	}

	@AfterAll
	static void restore() {
		ResourceLeakDetector.setLevel(leakDetection);
		ByteBufUtil.setLeakListener(null);
		Hooks.resetOnErrorDropped();
		logging.setLogLevel(REACTOR_NETTY, null);
	}

	static Stream<MatrixCell> cells() {
		return cells.stream();
	}

	static Stream<MatrixCell> cellsThatMetTheFaultOnce() {
		return cells().filter((cell) -> !cell.always());
	}

	static Stream<MatrixCell> cellsThatMeetTheFaultForGood() {
		return cells().filter(MatrixCell::always).filter((cell) -> !cell.fault().isHarmless());
	}

	@ParameterizedTest
	@MethodSource("cells")
	void callSucceedsExactlyOnceOrFailsWithOneTypedErrorInTime(MatrixCell cell) {
		assertThat(cell.signals()).as("terminal signals").isOne();
		assertThat(cell.duration()).as("time").isLessThan(FaultRig.TIMEOUT.plus(SLACK));
		if (cell.succeeded()) {
			assertThat(cell.made()).as("made").isEqualTo(cell.operation().expected());
		}
		else {
			assertThat(cell.failure()).isInstanceOf(TriggerException.class);
			assertThat(cell.made()).as("made").isLessThanOrEqualTo(cell.operation().expected());
		}
	}

	@ParameterizedTest
	@MethodSource("cells")
	void connectionsAreBackInTheirPool(MatrixCell cell) {
		assertThat(cell.connectionsInUse()).isZero();
	}

	@ParameterizedTest
	@MethodSource("cellsThatMetTheFaultOnce")
	void faultThatPassesIsOvercomeWhereThatIsSafe(MatrixCell cell) {
		switch (cell.fault().outcome()) {
			case CERTAIN -> assertThat(cell.failure()).isNull();
			case REPEATED -> assertThat(cell.succeeded()).isEqualTo(cell.operation().isRepeatable());
			case UNREADABLE -> assertThat(cell.succeeded()).isNotEqualTo(cell.operation().isResponseRead());
			case FAILED -> assertThat(cell.failure()).isNotNull();
			default -> {
			}
		}
	}

	@ParameterizedTest
	@MethodSource("cellsThatMeetTheFaultForGood")
	void faultThatStaysIsReported(MatrixCell cell) {
		boolean unread = cell.fault().outcome() == MatrixFault.Outcome.UNREADABLE && !cell.operation().isResponseRead();
		assertThat(cell.succeeded()).isEqualTo(unread);
	}

	@Test
	void nobodyFollowsTheRedirect() {
		assertThat(FaultRig.ELSEWHERE.connections()).isZero();
	}

	@Test
	void noErrorIsDropped() {
		assertThat(dropped).isEmpty();
	}

	@Test
	void noBufferLeaks() {
		collectGarbage();
		assertThat(leaks).isEmpty();
		// a leak would have been found
		ByteBufAllocator.DEFAULT.buffer(16);
		collectGarbage();
		assertThat(leaks).hasSize(1);
	}

	private static void collectGarbage() {
		for (int i = 0; i < 20; i++) {
			System.gc();
			// a leak is reported when another buffer is tracked
			ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
			buffer.release();
			FaultProxy.sleep(Duration.ofMillis(20));
		}
	}

	@Test
	void everyFaultMeetsEveryOperation() {
		assertThat(cells.stream().map((cell) -> List.of(cell.fault(), cell.operation())).distinct())
			.hasSize(MatrixFault.values().length * MatrixOperation.values().length);
		assertThat(Arrays.stream(MatrixFault.values())).hasSizeGreaterThan(20);
	}

}
