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

package dev.trigger.spring.benchmark.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * What the processes with a client share: they read a command a line, and write a line
 * that begins with {@code =} for each.
 */
final class Commands {

	private Commands() {
	}

	/**
	 * Execute commands until the input ends, which ends the process.
	 * @param command executes one
	 * @throws IOException if the input fails
	 */
	static void serve(Command command) throws IOException {
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		System.out.println("= ready");
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			System.out.println("= " + execute(command, line.split(" ")));
		}
		System.exit(0);
	}

	private static String execute(Command command, String[] words) {
		try {
			return command.execute(words);
		}
		catch (Exception ex) {
			ex.printStackTrace();
			return "failed " + ex;
		}
	}

	/**
	 * A command.
	 */
	interface Command {

		/**
		 * Execute the command.
		 * @param words its name and arguments
		 * @return the result
		 * @throws Exception if it fails
		 */
		String execute(String[] words) throws Exception;

	}

}
