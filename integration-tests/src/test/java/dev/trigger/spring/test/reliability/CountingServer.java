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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Fault;
import dev.trigger.emulator.http.FaultInjector;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.http.WebApplication;
import dev.trigger.emulator.http.WebServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A server for many runs, of which it keeps no more than that they were made. It knows a
 * trigger by its idempotency key and an item of a batch by its index, as the real one
 * does. Payloads are numbers, so that a run which is made twice is found.
 */
final class CountingServer implements WebApplication, AutoCloseable {

	private static final int PAGE_SIZE = 10;

	private static final int PARTIAL_EVERY = 20;

	private final WebServer server = new WebServer("127.0.0.1", 0);

	private final Map<String, String> runsByKey = new ConcurrentHashMap<>();

	private final Map<String, Batch> batches = new ConcurrentHashMap<>();

	private final AtomicInteger ids = new AtomicInteger();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger streams = new AtomicInteger();

	private final AtomicLong deduplicated = new AtomicLong();

	private final BitSet made = new BitSet();

	private final List<FaultInjector.FaultRule> faults = new ArrayList<>();

	private int madeTwice;

	CountingServer() {
		this.server.serve(this);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/**
	 * Let a part of all requests meet a fault.
	 */
	void fault(double percentage, Fault fault) {
		FaultInjector.FaultRule rule = this.server.faults().add((operation, request) -> true, fault);
		rule.randomly(percentage / 100, this.faults.size());
		this.faults.add(rule);
	}

	void status(double percentage, int status) {
		fault(percentage, new Fault(Fault.Kind.RESPOND, null, () -> EmulatorResponse.error(status, "Fault on demand")));
	}

	int requests() {
		return this.requests.get() + faults();
	}

	/**
	 * How many requests met a fault.
	 */
	int faults() {
		return this.faults.stream().mapToInt(FaultInjector.FaultRule::applied).sum();
	}

	/**
	 * How many runs of different payloads were made.
	 */
	int made() {
		synchronized (this.made) {
			return this.made.cardinality();
		}
	}

	/**
	 * How many runs were made for a payload that had one.
	 */
	int madeTwice() {
		synchronized (this.made) {
			return this.madeTwice;
		}
	}

	/**
	 * How many arrivals were known already, by their key or index.
	 */
	long deduplicated() {
		return this.deduplicated.get();
	}

	@Override
	public @Nullable String operation(ServerRequest request) {
		return null;
	}

	@Override
	public String credentialKind(ServerRequest request) {
		return "secret";
	}

	@Override
	public Instant now() {
		return Instant.now();
	}

	@Override
	public EmulatorResponse handle(ServerRequest request) {
		this.requests.incrementAndGet();
		String path = request.path();
		if (path.endsWith("/trigger")) {
			return trigger(Json.mapper().readTree(request.body()));
		}
		if (path.endsWith("/batches")) {
			return create(Json.mapper().readTree(request.body()));
		}
		if (path.endsWith("/items")) {
			return items(path.split("/")[4], request.body());
		}
		return path.endsWith("/runs") ? list(request.query("page[after]"))
				: EmulatorResponse.ok(run(path.split("/")[4]));
	}

	private EmulatorResponse trigger(JsonNode body) {
		String key = body.path("options").path("idempotencyKey").asString("");
		String id = nextId("run_");
		String known = key.isEmpty() ? null : this.runsByKey.putIfAbsent(key, id);
		if (known != null) {
			this.deduplicated.incrementAndGet();
			return EmulatorResponse.ok(Map.of("id", known, "isCached", true));
		}
		make(body.path("payload").asInt());
		return EmulatorResponse.ok(Map.of("id", id, "isCached", false));
	}

	private EmulatorResponse create(JsonNode body) {
		Batch batch = new Batch(body.path("runCount").asInt());
		String id = nextId("batch_");
		this.batches.put(id, batch);
		return EmulatorResponse.json(202, Map.of("id", id, "runCount", batch.size, "isCached", false));
	}

	private EmulatorResponse items(String id, byte[] body) {
		Batch batch = this.batches.get(id);
		if (batch == null) {
			return EmulatorResponse.error(422, "Batch " + id + " not found");
		}
		String[] lines = new String(body, StandardCharsets.UTF_8).split("\n");
		boolean partial = this.streams.incrementAndGet() % PARTIAL_EVERY == 0;
		return batch.add(lines, partial ? lines.length / 2 : lines.length);
	}

	private EmulatorResponse list(@Nullable String cursor) {
		int page = (cursor != null) ? Integer.parseInt(cursor) : 0;
		List<Map<String, Object>> data = new ArrayList<>();
		for (int i = 0; i < PAGE_SIZE; i++) {
			data.add(run("run_" + (page * PAGE_SIZE + i)));
		}
		return EmulatorResponse
			.ok(Map.of("data", data, "pagination", (page < 2) ? Map.of("next", String.valueOf(page + 1)) : Map.of()));
	}

	private static Map<String, Object> run(String id) {
		return Map.of("id", id, "status", "QUEUED", "taskIdentifier", "hello", "createdAt", "2026-01-01T00:00:00.000Z",
				"updatedAt", "2026-01-01T00:00:00.000Z", "tags", List.of());
	}

	private String nextId(String prefix) {
		return prefix + this.ids.incrementAndGet();
	}

	private void make(int payload) {
		synchronized (this.made) {
			if (this.made.get(payload)) {
				this.madeTwice++;
			}
			this.made.set(payload);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * A batch, which makes its runs once it has all of its items.
	 */
	private final class Batch {

		private final int size;

		private final Map<Integer, Integer> payloads = new ConcurrentHashMap<>();

		private boolean sealed;

		Batch(int size) {
			this.size = size;
		}

		synchronized EmulatorResponse add(String[] lines, int taken) {
			int accepted = 0;
			for (int i = 0; i < taken; i++) {
				JsonNode item = Json.mapper().readTree(lines[i]);
				if (!this.sealed && this.payloads.putIfAbsent(item.path("index").asInt(),
						item.path("payload").asInt()) == null) {
					accepted++;
				}
			}
			CountingServer.this.deduplicated.addAndGet(taken - accepted);
			if (!this.sealed && this.payloads.size() == this.size) {
				this.sealed = true;
				this.payloads.values().forEach(CountingServer.this::make);
				this.payloads.clear();
			}
			return EmulatorResponse
				.ok(Map.of("itemsAccepted", accepted, "itemsDeduplicated", taken - accepted, "sealed", this.sealed));
		}

	}

}
