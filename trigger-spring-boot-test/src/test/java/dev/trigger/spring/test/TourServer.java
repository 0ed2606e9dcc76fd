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

package dev.trigger.spring.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The server that the tour visits: the emulator or, with the {@code live} profile, the
 * one that the {@code TRIGGER_LIVE_*} variables describe.
 */
final class TourServer implements AutoCloseable {

	/**
	 * What the tour makes has this in its name, and nothing else is changed.
	 */
	static final String MARK = "tour";

	private final @Nullable TriggerEmulator emulator;

	private final Map<String, String> variables;

	private final String stay = MARK + "-" + UUID.randomUUID().toString().substring(0, 8);

	private final List<String> skipped = new ArrayList<>();

	private TourServer(@Nullable TriggerEmulator emulator, Map<String, String> variables) {
		this.emulator = emulator;
		this.variables = variables;
	}

	static TourServer start() {
		if (Boolean.getBoolean("trigger.live")) {
			return new TourServer(null, System.getenv());
		}
		TriggerEmulator emulator = TriggerEmulator.start()
			.task(MARK, JsonNode.class, (payload) -> payload)
			.task(MARK + "-fails", JsonNode.class, (payload) -> {
				throw new IllegalStateException("on purpose");
			})
			.scheduledTask(MARK + "-nightly")
			.concurrencyLimit(MARK, 2)
			.prompt(MARK, "Hello {{name}}")
			.webhookEndpoint(MARK, "stripe")
			.previewBranch("feature/" + MARK);
		emulator.webhookDelivery("prod", MARK, Map.of("type", "invoice.paid"));
		return new TourServer(emulator,
				Map.of("TRIGGER_LIVE_API_URL", emulator.apiUrl(), "TRIGGER_LIVE_SECRET_KEY", emulator.secretKey("prod"),
						"TRIGGER_LIVE_ADDITIONAL_KEY", emulator.additionalKey("prod"), "TRIGGER_LIVE_ACCESS_TOKEN",
						emulator.personalAccessToken(), "TRIGGER_LIVE_PROJECT_REF", emulator.projectRef(),
						"TRIGGER_LIVE_PREVIEW_KEY", emulator.secretKey("preview"), "TRIGGER_LIVE_PREVIEW_BRANCH",
						"feature/" + MARK, "TRIGGER_LIVE_TASK", MARK, "TRIGGER_LIVE_SCHEDULED_TASK",
						MARK + "-nightly"));
	}

	boolean isLive() {
		return this.emulator == null;
	}

	/**
	 * Return a client.
	 * @param key the name of its credential, as in {@code SECRET_KEY}
	 * @return the client, {@code null} if there is no such credential
	 */
	@Nullable TriggerOperations client(String key) {
		String credential = variable(key);
		return (credential != null) ? TriggerTemplate.builder(TriggerCredential.of(credential))
			.apiUrl(required("API_URL"))
			.projectRef(required("PROJECT_REF"))
			.allowInsecure(true)
			.build() : null;
	}

	@Nullable String variable(String name) {
		String value = this.variables.get("TRIGGER_LIVE_" + name);
		return (value != null && !value.isBlank()) ? value : null;
	}

	String required(String name) {
		String value = variable(name);
		if (value == null) {
			throw new IllegalStateException("Set TRIGGER_LIVE_" + name + " for the tour of a live server");
		}
		return value;
	}

	/**
	 * Return a name that no other stay at this server uses.
	 * @param what what it is for
	 * @return the name
	 */
	String name(String what) {
		return this.stay + "-" + what;
	}

	void skip(String step, String reason) {
		this.skipped.add(step + ": " + reason);
	}

	List<String> skipped() {
		return Collections.unmodifiableList(this.skipped);
	}

	/**
	 * Return the operations that the emulator was never asked for.
	 * @return the operations
	 */
	Set<TriggerEndpoint> unvisited() {
		Set<TriggerEndpoint> unvisited = EnumSet.allOf(TriggerEndpoint.class);
		if (this.emulator != null) {
			unvisited.removeIf((endpoint) -> !this.emulator.requests(endpoint.operation()).isEmpty());
		}
		return unvisited;
	}

	@Override
	public void close() {
		if (this.emulator != null) {
			this.emulator.close();
		}
	}

}
