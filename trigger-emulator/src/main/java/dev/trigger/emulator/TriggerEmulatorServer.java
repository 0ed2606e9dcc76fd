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

import java.net.BindException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import reactor.util.Loggers;

/**
 * Runs a {@link TriggerEmulator} as a program, configured by arguments and environment
 * variables: {@code --help} lists them.
 *
 * <p>
 * {@code GET /healthcheck} responds with 200 as soon as the emulator serves, and a
 * browser finds its page at {@code /}. The program ends with the signal TERM.
 *
 * @since 1.0.0
 */
public final class TriggerEmulatorServer {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
		.withZone(ZoneId.systemDefault());

	private static final String DEFAULT_KEY = "tr_dev_emulator";

	private TriggerEmulatorServer() {
	}

	/**
	 * Start the emulator and wait until the program is ended.
	 * @param args the settings that {@code --help} lists
	 */
	public static void main(String[] args) {
		useJdkLogging();
		TriggerEmulator emulator;
		ServerSettings settings;
		try {
			settings = ServerSettings.read(System.getenv(), args);
			switch (settings.mode()) {
				case HELP -> {
					System.out.println(ServerSettings.help());
					return;
				}
				case SELF_TEST -> {
					SelfTest.run();
					System.out.println("The Trigger.dev emulator works");
					return;
				}
				case UNPACK -> {
					ExecutableJar.unpack(settings.directory());
					System.out
						.println(ExecutableJar.archive(settings.directory()) ? "Unpacked, with an archive of classes"
								: "Unpacked. This Java creates no archive of classes");
					return;
				}
				default -> {
				}
			}
			emulator = start(settings);
		}
		catch (RuntimeException ex) {
			System.err.println("The Trigger.dev emulator can't start: " + ex.getMessage());
			System.exit(1);
			return;
		}
		Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "trigger-emulator-shutdown"));
		if (!settings.isLoopback()) {
			System.err.println("Warning: the Trigger.dev emulator listens on " + settings.host()
					+ ". Its default keys are known to everyone: whoever reaches the port can use it.");
		}
		System.out.println(greeting(emulator));
		emulator.await();
	}

	/**
	 * Return how to reach the emulator. The default key is known to everyone, and no
	 * other one is shown.
	 */
	static String greeting(TriggerEmulator emulator) {
		String url = "http://localhost:" + emulator.port();
		String key = emulator.secretKey("dev");
		return "Trigger.dev emulator on port " + emulator.port() + ", project " + emulator.projectRef() + ", page at "
				+ url + "/, for applications with TRIGGER_API_URL=" + url + " and "
				+ (key.equals(DEFAULT_KEY) ? "TRIGGER_SECRET_KEY=" + key : "one of the secret keys that were set");
	}

	/**
	 * Log with the JDK. The program has SLF4J, which a dependency needs, but no provider
	 * for it.
	 */
	private static void useJdkLogging() {
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		Loggers.useJdkLoggers();
		InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
	}

	static TriggerEmulator start(Map<String, String> variables, String... args) {
		return start(ServerSettings.read(variables, args));
	}

	private static TriggerEmulator start(ServerSettings settings) {
		TriggerEmulator emulator;
		try {
			emulator = settings.start();
		}
		catch (RuntimeException ex) {
			if (ex.getCause() instanceof BindException) {
				throw new IllegalArgumentException(
						"the port is in use or not permitted. Set another one with PORT or --port", ex);
			}
			throw ex;
		}
		if (settings.isRequestLog()) {
			emulator.log((request) -> System.out.println(line(request)));
		}
		return emulator;
	}

	private static String line(RecordedRequest request) {
		StringBuilder line = new StringBuilder(TIME.format(request.receivedAt())).append(' ')
			.append(request.method())
			.append(' ')
			.append(request.path())
			.append(' ')
			.append(Objects.requireNonNullElse(request.operation(), "-"))
			.append(' ')
			.append(request.credentialKind())
			.append(' ')
			.append((request.status() != null) ? String.valueOf(request.status()) : "no response");
		if (request.fault() != null) {
			line.append(" fault ").append(request.fault());
		}
		return line.toString();
	}

}
