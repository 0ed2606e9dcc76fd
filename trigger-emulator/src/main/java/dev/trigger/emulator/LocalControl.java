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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.List;

import dev.trigger.emulator.admin.EmulatorControl;
import dev.trigger.emulator.admin.FaultSettings;
import dev.trigger.emulator.http.Exchange;
import dev.trigger.emulator.http.FaultInjector;
import dev.trigger.emulator.http.WebServer;

/**
 * {@link EmulatorControl} of an emulator.
 */
final class LocalControl implements EmulatorControl {

	private final TriggerEmulator emulator;

	private final WebServer server;

	private final List<String> operations;

	LocalControl(TriggerEmulator emulator, WebServer server, List<String> operations) {
		this.emulator = emulator;
		this.server = server;
		this.operations = operations;
	}

	@Override
	public String projectRef() {
		return this.emulator.projectRef();
	}

	@Override
	public void reset() {
		this.emulator.reset();
	}

	@Override
	public void advance(Duration duration) {
		this.emulator.advance(duration);
	}

	@Override
	public boolean awaitIdle(Duration timeout) {
		try {
			this.emulator.awaitIdle(timeout);
			return true;
		}
		catch (AssertionError ex) {
			return false;
		}
	}

	@Override
	public void fault(FaultSettings settings) {
		Faults faults = this.emulator.faults();
		Faults.On target = settings.operations().isEmpty() ? faults.onAnyOperation()
				: faults.onOperation(settings.operations().toArray(String[]::new));
		Faults.Rule rule = rule(target, settings);
		if (settings.times() != null) {
			rule.times(settings.times());
		}
		rule.after(settings.after());
		if (settings.percentage() < 100) {
			rule.randomly(settings.percentage(), settings.seed());
		}
	}

	private Faults.Rule rule(Faults.On target, FaultSettings settings) {
		return switch (settings.kind()) {
			case "html" -> target.html(settings.status());
			case "delay" -> target.delay(settings.duration());
			case "lose-response" -> target.loseResponse();
			case "reset" -> target.reset();
			case "truncate" -> target.truncate();
			case "hang" -> target.hang();
			case "rate-limit" -> target.rateLimitedUntil(this.emulator.now().plus(settings.duration()));
			case "must-refetch" -> target.mustRefetch();
			case "must-refetch-in-body" -> target.mustRefetchInBody();
			case "partial-rows" -> target.partialRows();
			default ->
				(settings.body() != null) ? target.status(settings.status(), settings.contentType(), settings.body())
						: target.status(settings.status());
		};
	}

	@Override
	public FaultInjector faults() {
		return this.server.faults();
	}

	@Override
	public List<String> operations() {
		return this.operations;
	}

	@Override
	public List<Exchange> exchanges() {
		return this.server.exchanges();
	}

	@Override
	public void forgetExchanges() {
		this.server.forgetExchanges();
	}

}
