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

package dev.trigger.spring.sample.orders;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.trigger.emulator.TriggerEmulator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Starts the service in a process of its own, and starts it again when it is killed, as
 * what runs services in production does. As long as there is no secret key it also has an
 * emulator, which goes on when the service dies.
 */
public final class Supervisor implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Supervisor.class);

	private static final String SECRET_KEY = "TRIGGER_SECRET_KEY";

	private static final String API_URL = "TRIGGER_API_URL";

	private final Map<String, String> environment;

	private final List<String> arguments;

	private volatile boolean closed;

	private volatile int starts;

	private volatile @Nullable Process process;

	Supervisor(Map<String, String> environment, List<String> arguments) {
		this.environment = Map.copyOf(environment);
		this.arguments = List.copyOf(arguments);
	}

	public static void main(String[] args) throws Exception {
		if (StringUtils.hasText(System.getenv(SECRET_KEY))) {
			supervise(Map.of(), args);
			return;
		}
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			EmulatedTasks.register(emulator, Duration.ofSeconds(2));
			supervise(environment(emulator), args);
		}
	}

	/**
	 * Returns what leads the service to an emulator. No argument: those are seen by
	 * everybody on the machine.
	 */
	static Map<String, String> environment(TriggerEmulator emulator) {
		return Map.of(API_URL, emulator.apiUrl(), SECRET_KEY, emulator.secretKey("dev"));
	}

	private static void supervise(Map<String, String> environment, String[] args) throws Exception {
		try (Supervisor supervisor = new Supervisor(environment, List.of(args))) {
			Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close));
			supervisor.run();
		}
	}

	/**
	 * Keeps the service running until this is closed, or the service ends by itself.
	 */
	void run() throws IOException, InterruptedException {
		int status = 137;
		while (!this.closed && status == 137) {
			Process started = start();
			status = started.waitFor();
			if (status == 137 && !this.closed) {
				logger.warn("The service was killed. It is started again");
			}
		}
	}

	private synchronized Process start() throws IOException {
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1", OrdersApplication.class.getName()));
		command.addAll(this.arguments);
		ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
		builder.environment().putAll(this.environment);
		Process started = builder.start();
		this.process = started;
		this.starts++;
		return started;
	}

	/**
	 * Returns how often the service was started.
	 */
	int starts() {
		return this.starts;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		Process running = this.process;
		if (running == null || !running.isAlive()) {
			return;
		}
		running.destroy();
		try {
			if (!running.waitFor(20, TimeUnit.SECONDS)) {
				running.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			running.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
