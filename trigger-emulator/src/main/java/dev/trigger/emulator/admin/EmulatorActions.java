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

package dev.trigger.emulator.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Exchange;
import dev.trigger.emulator.http.Fault;
import dev.trigger.emulator.http.FaultInjector;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;

/**
 * What the admin API does with the emulator as a whole: tasks, faults, time, requests.
 */
final class EmulatorActions {

	private static final int LIMIT = 100;

	private static final int LONGEST_BODY = 4096;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);

	private final EmulatorState state;

	private final EmulatorControl control;

	private final TaskScripts scripts;

	EmulatorActions(EmulatorState state, EmulatorControl control, TaskScripts scripts) {
		this.state = state;
		this.control = control;
		this.scripts = scripts;
	}

	void addTo(AdminRoutes routes) {
		routes.add("GET", "status", (request, variable) -> status());
		routes.add("GET", "tasks",
				(request, variable) -> EmulatorResponse.ok(JsonBody.of("tasks", this.scripts.list())));
		routes.add("PUT", "tasks", this::registerAll);
		routes.add("PUT", "tasks/*", this::register);
		routes.add("GET", "faults", (request, variable) -> faults());
		routes.add("POST", "faults", this::addFault);
		routes.add("DELETE", "faults", (request, variable) -> clearFaults());
		routes.add("DELETE", "faults/*", this::removeFault);
		routes.add("POST", "advance", this::advance);
		routes.add("POST", "idle", this::awaitIdle);
		routes.add("POST", "reset", (request, variable) -> reset());
		routes.add("GET", "requests", this::requests);
		routes.add("DELETE", "requests", (request, variable) -> forgetRequests());
	}

	private EmulatorResponse status() {
		synchronized (this.state) {
			List<JsonBody> environments = new ArrayList<>();
			for (Environment environment : this.state.accounts().environments()) {
				if (!environment.isArchived()) {
					environments.add(JsonBody.of("environment", environment.kind().slug())
						.with("branch", environment.branchName())
						.with("project", environment.project().ref())
						.with("paused", environment.isPaused())
						.with("runs", environment.runs().size())
						.with("unfinished",
								environment.runs().stream().filter((run) -> !run.status().isFinished()).count()));
				}
			}
			return EmulatorResponse.ok(JsonBody.of("now", this.state.now())
				.with("projectRef", this.control.projectRef())
				.with("environments", environments)
				.with("tasks", this.scripts.list())
				.with("operations", this.control.operations()));
		}
	}

	private EmulatorResponse registerAll(ServerRequest request, String variable) {
		this.scripts.registerAll(AdminApi.body(request));
		return EmulatorResponse.ok(JsonBody.of("tasks", this.scripts.list()));
	}

	private EmulatorResponse register(ServerRequest request, String id) {
		this.scripts.register(id, AdminApi.body(request));
		return AdminApi.done();
	}

	private EmulatorResponse faults() {
		List<JsonBody> faults = new ArrayList<>();
		for (FaultInjector.FaultRule rule : this.control.faults().rules()) {
			Fault fault = rule.fault();
			faults.add(JsonBody.of("id", id(rule))
				.with("operations", rule.operations())
				.with("kind", fault.kind().name())
				.with("status", (fault.response() != null) ? fault.response().get().status() : null)
				.with("durationMs", (fault.delay() != null) ? fault.delay().toMillis() : null)
				.with("remaining", (rule.remaining() != Integer.MAX_VALUE) ? rule.remaining() : null)
				.with("applied", rule.applied()));
		}
		return EmulatorResponse.ok(JsonBody.of("faults", faults).with("kinds", FaultSettings.KINDS));
	}

	private EmulatorResponse addFault(ServerRequest request, String variable) {
		this.control.fault(FaultSettings.read(AdminApi.body(request)));
		return faults();
	}

	private EmulatorResponse removeFault(ServerRequest request, String id) {
		FaultInjector faults = this.control.faults();
		boolean removed = false;
		for (FaultInjector.FaultRule rule : faults.rules()) {
			removed |= id(rule).equals(id) && faults.remove(rule);
		}
		if (!removed) {
			throw new ResponseException(404, "There is no fault " + id);
		}
		return faults();
	}

	private EmulatorResponse clearFaults() {
		this.control.faults().clear();
		return faults();
	}

	private static String id(FaultInjector.FaultRule rule) {
		return String.valueOf(rule.number());
	}

	private EmulatorResponse advance(ServerRequest request, String variable) {
		JsonInput input = new JsonInput("body", AdminApi.body(request), Set.of("duration"));
		Duration duration = input.duration("duration", Duration.ZERO);
		if (duration.isZero()) {
			throw new IllegalArgumentException("'duration' must be set, for example to 1h");
		}
		this.control.advance(duration);
		return EmulatorResponse.ok(JsonBody.of("now", this.state.now()));
	}

	private EmulatorResponse awaitIdle(ServerRequest request, String variable) {
		JsonInput input = new JsonInput("body", AdminApi.body(request), Set.of("timeout"));
		Duration timeout = input.duration("timeout", PATIENCE);
		if (timeout.compareTo(MOST_PATIENCE) > 0) {
			throw new IllegalArgumentException("'timeout' must not be longer than 5m");
		}
		return EmulatorResponse.ok(JsonBody.of("idle", this.control.awaitIdle(timeout)));
	}

	private EmulatorResponse reset() {
		this.control.reset();
		return AdminApi.done();
	}

	private EmulatorResponse requests(ServerRequest request, String variable) {
		int limit = RunViews.limit(request, LIMIT);
		String operation = request.query("operation");
		List<Exchange> exchanges = this.control.exchanges();
		List<JsonBody> shown = new ArrayList<>();
		for (int i = exchanges.size() - 1; i >= 0 && shown.size() < limit; i--) {
			Exchange exchange = exchanges.get(i);
			if (operation == null || operation.isEmpty() || operation.equals(exchange.operation())) {
				shown.add(json(exchange));
			}
		}
		return EmulatorResponse.ok(JsonBody.of("requests", shown).with("total", exchanges.size()));
	}

	private EmulatorResponse forgetRequests() {
		this.control.forgetExchanges();
		return AdminApi.done();
	}

	private static JsonBody json(Exchange exchange) {
		ServerRequest request = exchange.request();
		String body = request.bodyText();
		return JsonBody.of("receivedAt", exchange.receivedAt())
			.with("method", request.method())
			.with("uri", Masking.text(request.uri()))
			.with("operation", exchange.operation())
			.with("credential", exchange.credentialKind())
			.with("status", exchange.status())
			.with("fault", (exchange.fault() != null) ? exchange.fault().name() : null)
			.with("headers", Masking.headers(request.headers()))
			.with("body", Masking.text((body.length() > LONGEST_BODY) ? body.substring(0, LONGEST_BODY) + "…" : body));
	}

}
