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

package dev.trigger.spring.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LinePieces}.
 */
class LinePiecesTests {

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	@AfterEach
	void stop() {
		this.scheduler.dispose();
	}

	@Test
	void linesOfFastSourceAreGathered() {
		List<byte[]> pieces = pieces(lines(10_000)).collectList().block();
		assertThat(pieces).hasSizeLessThan(60)
			.allSatisfy((piece) -> assertThat(piece).hasSizeLessThan(20_000))
			.last()
			.satisfies((piece) -> assertThat(new String(piece, StandardCharsets.UTF_8)).endsWith("9999\n"));
		assertThat(text(pieces)).isEqualTo(text(lines(10_000).collectList().block()));
	}

	@Test
	void emptySourceGivesNoPiece() {
		StepVerifier.create(pieces(Flux.empty())).verifyComplete();
	}

	@Test
	void lineOfSlowSourceIsHeldBackForAMomentOnly() {
		TestPublisher<byte[]> source = TestPublisher.create();
		List<String> pieces = new ArrayList<>();
		pieces(source.flux()).subscribe((piece) -> pieces.add(new String(piece, StandardCharsets.UTF_8)));
		source.next(line(1), line(2));
		this.scheduler.advanceTimeBy(Duration.ofMillis(LinePieces.LINGER_MILLIS - 1));
		assertThat(pieces).isEmpty();
		this.scheduler.advanceTimeBy(Duration.ofMillis(1));
		assertThat(pieces).containsExactly("line 1\nline 2\n");
		source.next(line(3));
		this.scheduler.advanceTimeBy(Duration.ofMillis(LinePieces.LINGER_MILLIS));
		assertThat(pieces).containsExactly("line 1\nline 2\n", "line 3\n");
		source.next(line(4));
		source.complete();
		assertThat(pieces).last().isEqualTo("line 4\n");
	}

	@Test
	void sourceIsAskedForLittleMoreThanIsWanted() {
		AtomicLong produced = new AtomicLong();
		Flux<byte[]> endless = Flux.generate((sink) -> sink.next(line((int) produced.incrementAndGet())));
		StepVerifier.create(pieces(endless), 0).thenAwait(Duration.ofMillis(1)).thenCancel().verify();
		assertThat(produced).hasValueLessThan(64);
		StepVerifier.create(pieces(endless), 1).expectNextCount(1).thenCancel().verify();
		assertThat(produced).hasValueLessThan(16 * 1024 / 7 + 64);
	}

	@Test
	void errorOfSourceIsPassedOn() {
		StepVerifier.create(pieces(lines(3).concatWith(Flux.error(new IllegalArgumentException("no")))))
			.verifyErrorMessage("no");
	}

	@Test
	void cancellationStopsSourceAndTimer() {
		TestPublisher<byte[]> source = TestPublisher.create();
		List<byte[]> pieces = new ArrayList<>();
		Disposable subscription = pieces(source.flux()).subscribe(pieces::add);
		source.next(line(1));
		subscription.dispose();
		source.assertCancelled();
		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(pieces).isEmpty();
		assertThat(this.scheduler.getScheduledTaskCount()).isEqualTo(1);
	}

	@RepeatedTest(20)
	void noLineIsLostOrChangesItsPlaceAcrossThreads() {
		Flux<byte[]> source = lines(5_000).publishOn(Schedulers.parallel());
		List<byte[]> pieces = new LinePieces(source, Schedulers.parallel()).publishOn(Schedulers.boundedElastic(), 1)
			.collectList()
			.block(Duration.ofSeconds(20));
		assertThat(text(pieces)).isEqualTo(text(lines(5_000).collectList().block()));
	}

	private Flux<byte[]> pieces(Flux<byte[]> lines) {
		return new LinePieces(lines, this.scheduler);
	}

	private static Flux<byte[]> lines(int count) {
		return Flux.fromStream(() -> IntStream.range(0, count).mapToObj((number) -> line(1_000_000 + number)))
			.map((line) -> ("{\"payload\":\"" + "x".repeat(60) + "\"} " + new String(line, StandardCharsets.UTF_8))
				.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] line(int number) {
		return ("line " + number + "\n").getBytes(StandardCharsets.UTF_8);
	}

	private static String text(List<byte[]> pieces) {
		return pieces.stream().map((piece) -> new String(piece, StandardCharsets.UTF_8)).collect(Collectors.joining());
	}

}
