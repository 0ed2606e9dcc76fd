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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.Faults;
import dev.trigger.emulator.TriggerEmulator;

/**
 * What goes wrong while runs and streams are followed.
 *
 * @param name its name
 * @param feedsOnly whether streams know no such thing
 * @param happening makes it happen
 */
record LiveFault(String name, boolean feedsOnly, Happening happening) {

	private static final String[] FEEDS = { "realtime.run", "realtime.runs", "realtime.batch" };

	private static final String[] ALL = { "realtime.run", "realtime.runs", "realtime.batch", "streams.read" };

	static List<LiveFault> all() {
		List<LiveFault> all = new ArrayList<>(ofNetwork());
		all.addAll(ofServer(ALL, ALL));
		all.add(feed("409 in a row", Faults.On::mustRefetch));
		all.add(feed("must-refetch in the body", Faults.On::mustRefetchInBody));
		all.add(new LiveFault("rows with only what has changed", true,
				(emulator, cable) -> emulator.faults().onOperation(FEEDS).partialRows()));
		return all;
	}

	static List<LiveFault> ofNetwork() {
		return List.of(new LiveFault("none", false, (emulator, cable) -> {
		}), new LiveFault("connections cut, three times", false, (emulator, cable) -> {
			for (int i = 0; i < 3; i++) {
				cable.cut();
				FaultProxy.sleep(Duration.ofMillis(100));
			}
		}), new LiveFault("server gone for half a second", false, (emulator, cable) -> {
			cable.pull();
			FaultProxy.sleep(Duration.ofMillis(500));
			cable.plug();
		}));
	}

	/**
	 * Return the faults of a server.
	 * @param operations the operations that they affect
	 * @param reading those of them that may fall silent
	 * @return the faults
	 */
	static List<LiveFault> ofServer(String[] operations, String[] reading) {
		return List.of(server("silent connection", Faults.On::hang, reading),
				server("response lost", Faults.On::loseResponse, operations),
				server("cut in the middle of a body or an event", Faults.On::truncate, operations),
				server("reset", Faults.On::reset, operations), server("429", (on) -> on.status(429), operations),
				server("503, no JSON", (on) -> on.status(503, "text/plain", "Network error occurred"), operations),
				server("502, HTML", (on) -> on.html(502), operations));
	}

	private static LiveFault server(String name, Kind kind, String... operations) {
		return new LiveFault(name, false, (emulator, cable) -> happen(emulator, kind, operations));
	}

	LiveFault followedBy(Happening next) {
		return new LiveFault(this.name, this.feedsOnly, (emulator, cable) -> {
			this.happening.happen(emulator, cable);
			next.happen(emulator, cable);
		});
	}

	private static LiveFault feed(String name, Kind kind) {
		return new LiveFault(name, true, (emulator, cable) -> happen(emulator, kind, FEEDS));
	}

	/**
	 * More than once to each of those who follow: the feed of a run has three.
	 */
	private static void happen(TriggerEmulator emulator, Kind kind, String... operations) {
		for (String operation : operations) {
			kind.of(emulator.faults().onOperation(operation)).times(operation.equals("realtime.run") ? 6 : 2);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

	interface Happening {

		void happen(TriggerEmulator emulator, Cable cable) throws IOException;

	}

	private interface Kind {

		Faults.Rule of(Faults.On on);

	}

}
