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

package dev.trigger.spring.devservice;

import java.util.Collection;
import java.util.Set;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.emulator.TriggerEmulatorBuilder;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;
import tools.jackson.databind.JsonNode;

/**
 * The one emulator of this JVM. It stays when the devtools restart the application: as a
 * jar, this class is outside of what they load anew, and so its runs are kept.
 */
final class DevService implements TriggerConnectionDetails {

	private static @Nullable DevService instance;

	private final TriggerEmulator emulator;

	private DevService(TriggerEmulator emulator) {
		this.emulator = emulator;
	}

	/**
	 * Start the emulator, unless it is started already.
	 * @param port the port, if it is free
	 * @return the emulator
	 */
	static synchronized DevService start(int port) {
		DevService service = instance;
		if (service == null) {
			service = new DevService(emulator(port));
			instance = service;
		}
		return service;
	}

	static synchronized @Nullable DevService running() {
		return instance;
	}

	static synchronized void stop() {
		if (instance != null) {
			instance.emulator.close();
			instance = null;
		}
	}

	TriggerEmulator emulator() {
		return this.emulator;
	}

	@Override
	public String getApiUrl() {
		return this.emulator.apiUrl();
	}

	@Override
	public String getSecretKey() {
		return this.emulator.secretKey("dev");
	}

	@Override
	public String getAccessToken() {
		return this.emulator.personalAccessToken();
	}

	@Override
	public String getProjectRef() {
		return this.emulator.projectRef();
	}

	String page() {
		return "http://localhost:" + this.emulator.port() + "/";
	}

	/**
	 * Let tasks that are not known yet complete with their payload as output.
	 * @param tasks the identifiers
	 */
	void echo(Collection<String> tasks) {
		Set<String> known = this.emulator.taskIds();
		tasks.stream()
			.filter((task) -> !known.contains(task))
			.forEach((task) -> this.emulator.task(task, JsonNode.class, (payload) -> payload));
	}

	private static TriggerEmulator emulator(int port) {
		TriggerEmulatorBuilder builder = TriggerEmulator.builder()
			.secretKey("dev", "tr_dev_emulator")
			.secretKey("staging", "tr_stg_emulator")
			.secretKey("preview", "tr_preview_emulator")
			.secretKey("prod", "tr_prod_emulator")
			.personalAccessToken("tr_pat_emulator");
		try {
			return builder.port(port).start();
		}
		catch (ChannelBindException ex) {
			// another application in development has the port
			return builder.port(0).start();
		}
	}

}
