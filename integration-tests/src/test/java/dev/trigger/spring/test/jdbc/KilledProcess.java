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

package dev.trigger.spring.test.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A program that runs in a process of its own, to be killed. It gets ready, waits for the
 * word to begin, and ends at the latest when this process does.
 */
public final class KilledProcess implements AutoCloseable {

	private static final int HALTED = 99;

	private static final int KILLED = 137;

	private static final String GO = "go";

	private static final String READY = "ready to be killed";

	private static final long PATIENCE_SECONDS = 90;

	private final Process process;

	private final List<String> arguments;

	private final List<String> output = new ArrayList<>();

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private KilledProcess(Process process, List<String> arguments) {
		this.process = process;
		this.arguments = arguments;
	}

	/**
	 * Start a program, which does not begin yet.
	 * @param program its main class
	 * @param options options of the virtual machine
	 * @param arguments its arguments
	 * @return the process
	 */
	public static KilledProcess start(Class<?> program, List<String> options, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(options);
		command.addAll(
				List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						program.getName()));
		command.addAll(List.of(arguments));
		try {
			KilledProcess started = new KilledProcess(new ProcessBuilder(command).redirectErrorStream(true).start(),
					List.of(arguments));
			Thread reader = new Thread(started::read, "output of " + program.getSimpleName());
			reader.setDaemon(true);
			reader.start();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				synchronized (this.output) {
					this.output.add(line);
				}
				if (line.contains(READY)) {
					kill();
				}
			}
		}
		catch (IOException ex) {
			// the process is gone
		}
		finally {
			this.end.complete(null);
		}
	}

	/**
	 * Let the program begin.
	 */
	public void begin() {
		try {
			Writer input = new OutputStreamWriter(this.process.getOutputStream(), StandardCharsets.UTF_8);
			input.write(GO + "\n");
			input.flush();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The program ended too early: " + output(), ex);
		}
	}

	/**
	 * Let the operating system kill the process.
	 */
	public void kill() {
		// which does not close the output
		this.process.toHandle().destroyForcibly();
	}

	/**
	 * Let the operating system pause the process, as a machine that is suspended or has
	 * too little memory does.
	 */
	public void pause() {
		signal("STOP");
	}

	/**
	 * Let the process go on, which has not noticed that it was paused.
	 */
	public void resume() {
		signal("CONT");
	}

	private void signal(String signal) {
		try {
			int exit = new ProcessBuilder("kill", "-" + signal, String.valueOf(this.process.pid())).start().waitFor();
			assertThat(exit).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Wait until the process and its output are over.
	 */
	public void awaitEnd() {
		try {
			assertThat(this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s: %s", this.arguments, output())
				.isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		this.end.join();
	}

	/**
	 * Wait until the program was killed, as it wanted to be.
	 * @param end how: {@code halt} or {@code kill}
	 */
	public void awaitKilled(String end) {
		awaitEnd();
		assertThat(this.process.exitValue()).as("%s: %s", this.arguments, output())
			.isEqualTo(end.equals("halt") ? HALTED : KILLED);
	}

	/**
	 * Wait for something that the program writes.
	 * @param text a part of a line
	 */
	public void awaitOutput(String text) {
		await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
			.until(() -> output().stream().anyMatch((line) -> line.contains(text)) || !this.process.isAlive());
		assertThat(output()).anyMatch((line) -> line.contains(text));
	}

	/**
	 * Return what the program wrote so far.
	 * @return the lines
	 */
	public List<String> output() {
		synchronized (this.output) {
			return List.copyOf(this.output);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	@Override
	public String toString() {
		return this.arguments + ": " + output();
	}

	/**
	 * Wait for the word to begin, in the program.
	 */
	public static void awaitBeginning() {
		try {
			String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
			if (!GO.equals(line)) {
				// the other process is gone
				Runtime.getRuntime().halt(1);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return how the program gets killed.
	 * @param end how: {@code halt} or {@code kill}
	 * @return kills the process, and does not return
	 */
	public static Runnable killer(String end) {
		return end.equals("halt") ? () -> Runtime.getRuntime().halt(HALTED) : () -> {
			System.out.println(READY);
			sleep();
		};
	}

	/**
	 * Wait to be killed, in the program, or until the process that started it is gone.
	 */
	public static void sleep() {
		try {
			while (System.in.read() >= 0) {
				// there is nothing to read
			}
		}
		catch (IOException ex) {
			// as if that were the end
		}
		Runtime.getRuntime().halt(1);
	}

	/**
	 * Programs that run one after the other. While one runs, the next one gets ready.
	 */
	public static final class Line implements AutoCloseable {

		private final Deque<Supplier<KilledProcess>> waiting;

		private final List<KilledProcess> started = new ArrayList<>();

		/**
		 * Start the first program.
		 * @param programs each starts one
		 */
		public Line(List<Supplier<KilledProcess>> programs) {
			this.waiting = new ArrayDeque<>(programs);
			startNext();
		}

		private void startNext() {
			Supplier<KilledProcess> next = this.waiting.poll();
			if (next != null) {
				this.started.add(next.get());
			}
		}

		/**
		 * Let the next program begin.
		 * @return the program
		 */
		public KilledProcess next() {
			KilledProcess next = this.started.get(this.started.size() - 1);
			startNext();
			next.begin();
			return next;
		}

		@Override
		public void close() {
			this.started.forEach(KilledProcess::close);
		}

	}

}
