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

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * All operations at once, while a fault strikes.
 *
 * @param fault the fault
 * @param stays whether it stays until all calls are over
 * @param calls the calls
 * @param attempts how many requests there were
 * @param connectionsInUse how many connections were not given back
 */
record ContainerRound(ContainerFault fault, boolean stays, List<ContainerCall> calls,
		Map<ContainerOperation, Integer> attempts, int connectionsInUse) {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration LENGTH = Duration.ofMillis(2000);

	private static final Duration BEFORE = Duration.ofMillis(500);

	private static final Duration STEP = Duration.ofMillis(20);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final int CONCURRENCY = 8;

	/**
	 * Much time where a call has to succeed in the end, little where it can only fail.
	 */
	static Duration timeout(ContainerFault fault, boolean stays) {
		if (stays) {
			return Duration.ofSeconds(4);
		}
		return fault.isForgetful() ? Duration.ofSeconds(10) : Duration.ofSeconds(30);
	}

	static ContainerRound play(ContainerRig rig, ContainerFault fault, boolean stays) throws InterruptedException {
		String round = fault.name().toLowerCase(Locale.ROOT) + (stays ? "-stays" : "-passes");
		List<ContainerCall> calls = prepare(rig, round);
		Map<ContainerOperation, AtomicInteger> attempts = new EnumMap<>(ContainerOperation.class);
		CountDownLatch ended = new CountDownLatch(calls.size());
		ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
		try (TrackedConnections connections = new TrackedConnections(200)) {
			for (ContainerOperation operation : ContainerOperation.values()) {
				AtomicInteger counter = attempts.computeIfAbsent(operation, (key) -> new AtomicInteger());
				TriggerOperations client = client(rig, fault, stays, connections, counter);
				for (ContainerCall call : calls) {
					if (call.operation() == operation) {
						long delay = LENGTH.toMillis() * call.index() / operation.calls();
						clock.schedule(() -> call.start(client, ended), delay, TimeUnit.MILLISECONDS);
					}
				}
			}
			Thread.sleep(BEFORE.toMillis());
			// a slow machine has not read a list by then
			while (calls.stream().noneMatch((call) -> call.operation() == ContainerOperation.LIST && call.succeeded())
					&& ended.getCount() > 0) {
				Thread.sleep(STEP.toMillis());
			}
			fault.strike(rig);
			if (!stays) {
				Thread.sleep(fault.length().toMillis());
				fault.lift(rig);
			}
			// one that is not over by then hangs, as is seen by its signals
			ended.await(timeout(fault, stays).plus(LENGTH).plusSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
			if (stays) {
				fault.lift(rig);
			}
			rig.awaitHealth();
			int inUse = connections.await();
			Flux.fromIterable(calls).flatMap((call) -> call.count(rig.direct()), CONCURRENCY).blockLast(PATIENCE);
			Map<ContainerOperation, Integer> counted = new EnumMap<>(ContainerOperation.class);
			attempts.forEach((operation, counter) -> counted.put(operation, counter.get()));
			return new ContainerRound(fault, stays, calls, counted, inUse);
		}
		finally {
			clock.shutdownNow();
		}
	}

	private static List<ContainerCall> prepare(ContainerRig rig, String round) {
		return Flux.fromArray(ContainerOperation.values())
			.flatMap((operation) -> Flux.range(0, operation.calls()).flatMap((i) -> {
				String name = (operation.name() + "-" + round + "-" + i).toLowerCase(Locale.ROOT).replace('_', '-');
				return operation.prepare(rig.direct(), name)
					.map((prepared) -> new ContainerCall(operation, i, name, prepared));
			}, CONCURRENCY))
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	private static TriggerOperations client(ContainerRig rig, ContainerFault fault, boolean stays,
			TrackedConnections connections, AtomicInteger attempts) {
		return TriggerTemplate.builder(rig.credential())
			.apiUrl(fault.url(rig))
			.allowInsecure(true)
			.projectRef(rig.projectRef())
			.timeout(timeout(fault, stays))
			.retry((policy) -> policy.withMaxAttempts(20)
				.withBackoff(Duration.ofMillis(200), 1.6, Duration.ofSeconds(2)))
			.webClientBuilder(
					WebClient.builder().clientConnector(connections.connector(READ_TIMEOUT)).filter((request, next) -> {
						attempts.incrementAndGet();
						return next.exchange(request);
					}))
			// more calls are under way than a budget for one outage allows to retry
			.retryBudget(0)
			.build();
	}

	Duration timeout() {
		return timeout(this.fault, this.stays);
	}

	int made() {
		return this.calls.stream().mapToInt(ContainerCall::made).sum();
	}

	@Override
	public String toString() {
		return "server " + this.fault.title() + (this.stays ? ", for good" : "");
	}

}
