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

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Accounts;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Organization;
import dev.trigger.emulator.state.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SentRows}: what is kept for readers does not grow with the number of
 * their polls or of feeds, and a reset forgets it.
 */
class SentRowsTests {

	private final EmulatorState state = new EmulatorState(Clock.systemUTC(), 1);

	private final Environment environment = environment(this.state.accounts());

	@AfterEach
	void close() {
		this.state.close();
	}

	@Test
	void onlyTheLatestOffsetsOfAFeedAreKept() {
		for (int i = 1; i <= 10; i++) {
			rows("feed").put(new FeedOffset(i, i), Map.of("run", JsonBody.of("at", i)));
		}
		assertThat(rows("feed").at(new FeedOffset(7, 7))).isEmpty();
		assertThat(rows("feed").at(new FeedOffset(8, 8))).containsOnlyKeys("run");
		assertThat(rows("feed").at(new FeedOffset(10, 10)).get("run").get("at")).isEqualTo(10);
		assertThat(rows("other").at(new FeedOffset(10, 10))).isEmpty();
	}

	@Test
	void feedsThatAreReadLeastRecentlyAreForgotten() {
		FeedOffset offset = new FeedOffset(1, 1);
		for (int i = 0; i < 2_000; i++) {
			rows("feed" + i).put(offset, Map.of("run", new JsonBody()));
			rows("feed0").at(offset);
		}
		assertThat(rows("feed0").at(offset)).hasSize(1);
		assertThat(rows("feed1").at(offset)).isEmpty();
		assertThat(rows("feed1999").at(offset)).hasSize(1);
	}

	@Test
	void resetForgetsAll() {
		rows("feed").put(new FeedOffset(1, 1), Map.of("run", new JsonBody()));
		this.state.reset(Set.of());
		assertThat(rows("feed").at(new FeedOffset(1, 1))).isEmpty();
	}

	private static Environment environment(Accounts accounts) {
		Organization organization = accounts.addOrganization("Emulator");
		User user = accounts.addUser("User", "tr_pat_user");
		return accounts.addProject(organization, "proj_emulator", "emulator", user, Map.of())
			.environment(EnvironmentKind.PRODUCTION);
	}

	private SentRows rows(String handle) {
		return SentRows.of(this.environment, handle, List.of());
	}

}
