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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The process of one client. It does what the lines of its input say, and prints a line
 * for each of them.
 * <ul>
 * <li>{@code run SCENARIO CONCURRENCY CALLS}: prints CPU time in ns, allocated bytes,
 * what was counted, the CPU time of the compilers in ms and the time in ns</li>
 * <li>{@code stream ITEMS}: streams once, prints the largest resident memory so far in
 * KB</li>
 * </ul>
 */
public final class Worker {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final Path THREADS_OF_PROCESS = Path.of("/proc/self/task");

	/**
	 * What Linux counts the time of threads in.
	 */
	private static final long TICK_MILLIS = 10;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final @Nullable Method TOTAL_ALLOCATED = totalAllocated();

	private Worker() {
	}

	/**
	 * Work until the input ends.
	 * @param args the client and the address of the server
	 * @throws IOException if input or output fail
	 */
	public static void main(String[] args) throws IOException {
		BenchmarkClient client = BenchmarkClients.create(args[0], args[1]);
		Commands.serve((command) -> execute(client, command));
	}

	private static String execute(BenchmarkClient client, String[] command) throws IOException {
		try {
			if (command[0].equals("stream")) {
				client.stream(Integer.parseInt(command[1])).block();
				return Long.toString(peakResidentKilobytes());
			}
			return run(client, Scenario.valueOf(command[1]), Integer.parseInt(command[2]),
					Integer.parseInt(command[3]));
		}
		catch (UnsupportedOperationException ex) {
			return "unsupported";
		}
	}

	private static String run(BenchmarkClient client, Scenario scenario, int concurrency, int calls)
			throws IOException {
		long cpu = SYSTEM.getProcessCpuTime();
		long bytes = allocated();
		long compilation = compilationMillis();
		long start = System.nanoTime();
		Long count = Flux.range(0, calls)
			.flatMap((call) -> client.call(scenario), concurrency)
			.reduce(0L, Long::sum)
			.block();
		return (SYSTEM.getProcessCpuTime() - cpu) + " " + (allocated() - bytes) + " " + orZero(count) + " "
				+ (compilationMillis() - compilation) + " " + (System.nanoTime() - start);
	}

	/**
	 * Return the CPU time of the compilers. The JVM's own figure counts a compilation
	 * when it has ended, which may be seconds later.
	 */
	private static long compilationMillis() throws IOException {
		try (Stream<Path> threads = Files.list(THREADS_OF_PROCESS)) {
			return TICK_MILLIS * threads.mapToLong(Worker::compilerTicks).sum();
		}
	}

	private static long compilerTicks(Path thread) {
		try {
			String stat = Files.readString(thread.resolve("stat"));
			int end = stat.lastIndexOf(')');
			if (!stat.substring(0, end).contains("CompilerThre")) {
				return 0;
			}
			String[] fields = stat.substring(end + 2).split(" ");
			return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
		}
		catch (IOException ex) {
			// it has ended
			return 0;
		}
	}

	private static long orZero(@Nullable Long count) {
		return (count != null) ? count : 0;
	}

	private static long allocated() {
		if (TOTAL_ALLOCATED != null) {
			try {
				return (long) TOTAL_ALLOCATED.invoke(THREADS);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
			.filter((bytes) -> bytes > 0)
			.sum();
	}

	/**
	 * From Java 21 on what ended threads have allocated can be told too.
	 */
	private static @Nullable Method totalAllocated() {
		try {
			return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

	private static long peakResidentKilobytes() throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
			if (line.startsWith("VmHWM:")) {
				return Long.parseLong(line.replaceAll("\\D", ""));
			}
		}
		return -1;
	}

}
