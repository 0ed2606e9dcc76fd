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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Candidacy}.
 */
class CandidacyTests {

	/**
	 * A driver does not hear of the interrupt, and the next instance would wait for the
	 * end of the lease.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leaseThatIsAcquiredDuringTheStopIsGivenBack(boolean soon) throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		CountDownLatch resigned = new CountDownLatch(1);
		RunEventStore store = (RunEventStore) Proxy.newProxyInstance(RunEventStore.class.getClassLoader(),
				new Class<?>[] { RunEventStore.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "tryLead" -> {
						asked.countDown();
						awaitUninterruptibly(answer, soon);
						yield true;
					}
					case "resign" -> {
						resigned.countDown();
						yield null;
					}
					default -> null;
				});
		Candidacy candidacy = new Candidacy(store, Set.of("listener"), Duration.ofSeconds(7), System.nanoTime(),
				new RunListenerStatistics.Recorder(List.of()), () -> {
					throw new AssertionError("It leads after the stop");
				}, () -> {
				});
		candidacy.start();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		candidacy.stop();
		answer.countDown();
		assertThat(resigned.await(30, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitUninterruptibly(CountDownLatch latch, boolean soon) {
		boolean interrupted = false;
		while (latch.getCount() > 0 && !(interrupted && soon)) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
