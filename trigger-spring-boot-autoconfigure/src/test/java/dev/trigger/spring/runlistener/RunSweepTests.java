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

package dev.trigger.spring.runlistener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.ScriptedServer;
import dev.trigger.spring.http.ScriptedServer.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunSweep}.
 */
class RunSweepTests {

	/**
	 * Whatever is wrong with it: the body of its response, or the server.
	 */
	@ParameterizedTest
	@CsvSource({ "200, '{\"id\":{}}'", "400, '{}'", "500, '{}'", "404, '{}'" })
	void oneBadRunDoesNotHoldUpTheOthers(int status, String body) {
		try (ScriptedServer server = new ScriptedServer((request) -> request.uri().contains("run_bad")
				? new Response(status, body)
				: new Response(200, "{\"id\":\"run_good\",\"status\":\"COMPLETED\",\"taskIdentifier\":\"task\"}"))) {
			InMemoryRunEventStore store = new InMemoryRunEventStore();
			store.triggeredRuns().add("default", List.of("run_bad"), Duration.ZERO);
			store.triggeredRuns().add("default", List.of("run_good"), Duration.ZERO);
			RunSweep sweep = new RunSweep("default",
					TriggerTemplate.builder(TriggerCredential.of("tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D"))
						.apiUrl(server.url())
						.build(),
					store, RunListenerSettings.defaults());
			List<String> found = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				sweep.find().forEach((run) -> found.add(run.runId()));
			}
			assertThat(found).containsExactly("run_good");
			assertThat(server.received()).filteredOn((request) -> request.uri().contains("run_bad")).hasSize(1);
			assertThat(store.triggeredRuns().overdue("default", 10)).isEmpty();
		}
	}

}
