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

package dev.trigger.emulator.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.trigger.emulator.FailingClock;
import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TriggerCommand;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What becomes of responses that come later, or piece by piece, when an {@link Error} is
 * thrown on the way: they end, so that no client waits for ever.
 */
class HeldResponsesTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final FailingClock clock = new FailingClock();

	private final EmulatorState state = new EmulatorState(this.clock, 1);

	private final Environment environment = environment(this.state);

	@AfterEach
	void close() {
		this.clock.recover();
		this.state.close();
	}

	@Test
	void errorInALivePollIsAResponse() throws Exception {
		FailingShape shape = new FailingShape();
		EmulatorResponse held = new RunFeeds(LONG).respond(poll(), shape);
		Mono<EmulatorResponse> response = held.held();
		assertThat(response).isNotNull();
		CompletableFuture<EmulatorResponse> future = response.toFuture();
		shape.failing = true;
		synchronized (this.state) {
			this.state.engine().trigger(this.environment, TriggerCommand.of("task", null, Json.object()));
		}
		assertThat(future.get(20, TimeUnit.SECONDS).status()).isEqualTo(500);
	}

	@Test
	void errorAtTheEndOfALivePollIsAResponse() throws Exception {
		FailingShape shape = new FailingShape();
		EmulatorResponse held = new RunFeeds(Duration.ofMillis(50)).respond(poll(), shape);
		Mono<EmulatorResponse> response = held.held();
		assertThat(response).isNotNull();
		CompletableFuture<EmulatorResponse> future = response.toFuture();
		shape.failing = true;
		assertThat(future.get(20, TimeUnit.SECONDS).status()).isEqualTo(500);
	}

	@Test
	void errorInTheNextPieceOfAStreamEndsIt() throws Exception {
		StreamLog log = StreamStore.channel(this.state, this.environment, "session", "out");
		CompletableFuture<Long> read = StreamReader
			.read(this.state, log, new StreamReader.ReadSettings(true, 0, null, LONG, Duration.ofMillis(20), false))
			.count()
			.toFuture();
		this.clock.fail();
		assertThatIllegalStateException().isThrownBy(() -> Mono.fromFuture(read).block(Duration.ofSeconds(20)))
			.withMessage("A stream could not be read");
	}

	@Test
	void errorOfOneReaderLeavesOthersAlone() throws Exception {
		StreamLog log = StreamStore.channel(this.state, this.environment, "session", "out");
		log.listen(() -> {
			throw new StackOverflowError();
		});
		CompletableFuture<@Nullable byte[]> read = StreamReader
			.read(this.state, log, new StreamReader.ReadSettings(true, 0, null, LONG, LONG, false))
			.next()
			.toFuture();
		log.append(Json.tree("hello"), "part", List.of());
		assertThat(new String(read.get(20, TimeUnit.SECONDS), StandardCharsets.UTF_8)).contains("hello");
	}

	@Test
	void errorOfWhatIsDueLeavesTheRestOfTheTimelineAlone() {
		CompletableFuture<String> next = new CompletableFuture<>();
		Instant now = this.state.now();
		this.state.clock().schedule(now.plusSeconds(1), () -> {
			throw new StackOverflowError();
		});
		this.state.clock().schedule(now.plusSeconds(2), () -> next.complete("done"));
		this.state.advance(Duration.ofSeconds(3));
		assertThat(next).isCompletedWithValue("done");
	}

	private ApiCall poll() {
		String path = "/realtime/v1/runs?handle=h&live=true&offset=" + this.environment.changes().revision() + "_0";
		ServerRequest request = new ServerRequest("GET", path, Map.of(), new byte[0]);
		return new ApiCall(this.state, request, Map.of(), Identity.of(this.environment));
	}

	private static Environment environment(EmulatorState state) {
		User user = state.accounts().addUser("user", "tr_pat_x").join(state.accounts().addOrganization("Organization"));
		return state.accounts()
			.addProject(state.accounts().organizations().get(0), "proj_x", "name", user, Map.of())
			.environment(EnvironmentKind.PRODUCTION);
	}

	private static final class FailingShape implements RunFeeds.FeedShape {

		private volatile boolean failing;

		@Override
		public Collection<TaskRun> runs() {
			return List.of();
		}

		@Override
		public boolean contains(TaskRun run) {
			return true;
		}

		@Override
		public String handle(@Nullable String known) {
			return "h";
		}

		@Override
		public boolean isGone() {
			if (this.failing) {
				throw new StackOverflowError();
			}
			return false;
		}

	}

}
