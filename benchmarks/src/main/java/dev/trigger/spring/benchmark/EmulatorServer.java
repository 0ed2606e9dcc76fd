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

package dev.trigger.spring.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server for what nginx can't do, to hold a poll until something changes: the
 * emulator, in a process of its own.
 */
final class EmulatorServer implements AutoCloseable {

	static final String KEY = "tr_dev_0123456789abcdef01234567";

	private static final Pattern PORT = Pattern.compile("emulator on port (\\d+)");

	private final Process process;

	private final String port;

	private EmulatorServer(Process process, String port) {
		this.process = process;
		this.port = port;
	}

	static EmulatorServer start(Setup setup) throws IOException {
		Process process = new ProcessBuilder(List.of(Setup.java(), "-Xmx512m", "-jar", setup.emulator(), "--port=0",
				"--dev-key=" + KEY, "--tasks=benchmark", "--rate-limit=1000000"))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			Matcher port = PORT.matcher(line);
			if (port.find()) {
				return new EmulatorServer(process, port.group(1));
			}
		}
		throw new IllegalStateException("The emulator did not start");
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
