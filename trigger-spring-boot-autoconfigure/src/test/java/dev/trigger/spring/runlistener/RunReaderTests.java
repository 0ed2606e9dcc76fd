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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.ScriptedServer;
import dev.trigger.spring.http.ScriptedServer.Response;
import dev.trigger.spring.runlistener.TriggerRunListener.Scope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunReader}.
 */
class RunReaderTests {

	/**
	 * The next leader goes on with the rest, and the listener hears of runs that ended
	 * before this one would.
	 */
	@Test
	void listenerThatIsInterruptedWhileItCatchesUpHasNotCaughtUp() {
		String row = "{\"run_id\":\"run_%d\",\"status\":\"Completed\",\"task_identifier\":\"task\",\"tags\":[],"
				+ "\"completed_at\":\"2026-11-01 00:00:00.000\"}";
		String page = IntStream.range(0, FinishedRunQuery.PAGE_SIZE)
			.mapToObj(row::formatted)
			.collect(Collectors.joining(","));
		try (ScriptedServer server = new ScriptedServer(
				(request) -> new Response(200, "{\"format\":\"json\",\"results\":[" + (request.body().contains("DESC")
						? row.formatted(0) : request.body().contains("IS NULL") ? "" : page) + "]}"))) {
			RunEventStore store = new InMemoryRunEventStore();
			RunListener listener = new RunListener("a", "default",
					new RunFilter(Set.of(), Set.of(), Set.of(), Scope.ENVIRONMENT), String.class, (event, context) -> {
					});
			RunReader reader = new RunReader("reader", Map.of("a", listener),
					new FinishedRunQuery(
							TriggerTemplate.builder(TriggerCredential.of("tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D"))
								.apiUrl(server.url())
								.build(),
							Set.of()),
					interruptsWhenItSaves(store), Duration.ofDays(7));
			reader.start();
			reader.read();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(store.known(Set.of("a")).get("a").readUntil()).isNull();
		}
	}

	private static RunEventStore interruptsWhenItSaves(RunEventStore store) {
		return (RunEventStore) Proxy.newProxyInstance(RunEventStore.class.getClassLoader(),
				new Class<?>[] { RunEventStore.class }, (proxy, method, arguments) -> {
					try {
						return method.invoke(store, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
					finally {
						if (method.getName().equals("save")) {
							Thread.currentThread().interrupt();
						}
					}
				});
	}

}
