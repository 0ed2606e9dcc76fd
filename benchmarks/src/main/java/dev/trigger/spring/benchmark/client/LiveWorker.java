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
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.sun.management.OperatingSystemMXBean;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.realtime.StreamPart;
import dev.trigger.spring.task.TaskType;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * Feeds and streams of this project's client, in a process of their own. It does what the
 * lines of its input say, and prints a line for each of them.
 * <ul>
 * <li>{@code idle FEEDS SECONDS}: has feeds open in which nothing happens; prints the
 * used heap in KB without and with them, and the CPU time in ms of the first and of the
 * second half of the time</li>
 * <li>{@code bare FEEDS SECONDS}: the same with a {@code WebClient} that polls by
 * hand</li>
 * <li>{@code warm WRITES}, {@code warm-bare WRITES}: has feeds open in which something
 * happens, which warms up; prints how many feeds</li>
 * <li>{@code changes COUNT}, {@code parts COUNT}: writes one after the other; prints the
 * median, the 99th percentile and the longest time in us from before the write until the
 * subscriber has it</li>
 * </ul>
 */
public final class LiveWorker {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final TaskType<String, Object> TASK = TaskType.of("benchmark", String.class, Object.class);

	private static final String KEY = "benchmark";

	private static final long LONGEST_SECONDS = 60;

	private static final int WARM_FEEDS = 50;

	private final TriggerOperations trigger;

	private final LiveWebClient bare;

	private LiveWorker(TriggerOperations trigger, LiveWebClient bare) {
		this.trigger = trigger;
		this.bare = bare;
	}

	/**
	 * Work until the input ends.
	 * @param args the address of the server and the secret key
	 * @throws IOException if the input fails
	 */
	public static void main(String[] args) throws IOException {
		LiveWorker worker = new LiveWorker(BenchmarkClients.starter(args[0], args[1]),
				BenchmarkClients.polling(args[0], args[1]));
		Commands.serve(worker::execute);
	}

	private String execute(String[] command) throws InterruptedException {
		int count = Integer.parseInt(command[1]);
		return switch (command[0]) {
			case "idle" -> idle(count, Integer.parseInt(command[2]), (run) -> this.trigger.realtime().run(run));
			case "bare" -> idle(count, Integer.parseInt(command[2]), this.bare::changes);
			case "warm" -> warm(count, (run) -> this.trigger.realtime().run(run));
			case "warm-bare" -> warm(count, this.bare::changes);
			case "changes" -> changes(count);
			case "parts" -> parts(count);
			default -> throw new IllegalArgumentException(command[0]);
		};
	}

	/**
	 * Trigger a run in which nothing happens but what is written here.
	 */
	private String trigger() {
		return Objects
			.requireNonNull(this.trigger.tasks()
				.trigger(TASK, "", (options) -> options.delay(Duration.ofHours(1)))
				.block(Duration.ofMinutes(1)))
			.id();
	}

	private String idle(int feeds, int seconds, Function<String, Flux<?>> source) throws InterruptedException {
		String run = trigger();
		long without = usedHeap();
		Disposable.Composite open = Disposables.composite();
		CountDownLatch ready = new CountDownLatch(feeds);
		for (int feed = 0; feed < feeds; feed++) {
			open.add(source.apply(run).subscribe((state) -> ready.countDown()));
		}
		if (!ready.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException(ready.getCount() + " feeds have not begun");
		}
		long first = cpu(seconds * 500L);
		long second = cpu(seconds * 500L);
		long with = usedHeap();
		open.dispose();
		return without + " " + with + " " + first + " " + second;
	}

	private String warm(int writes, Function<String, Flux<?>> source) {
		String run = trigger();
		Disposable.Composite open = Disposables.composite();
		for (int feed = 0; feed < WARM_FEEDS; feed++) {
			open.add(source.apply(run).subscribe());
		}
		for (int number = 1; number <= writes; number++) {
			write(run, number);
		}
		open.dispose();
		return Integer.toString(WARM_FEEDS);
	}

	private void write(String run, int number) {
		this.trigger.runs()
			.details(run)
			.updateMetadata((options) -> options.set(KEY, number))
			.block(Duration.ofSeconds(LONGEST_SECONDS));
	}

	private static long cpu(long millis) throws InterruptedException {
		long before = SYSTEM.getProcessCpuTime();
		Thread.sleep(millis);
		return TimeUnit.NANOSECONDS.toMillis(SYSTEM.getProcessCpuTime() - before);
	}

	private static long usedHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
	}

	private String changes(int count) throws InterruptedException {
		String run = trigger();
		Flux<Integer> numbers = this.trigger.realtime()
			.run(run)
			.mapNotNull(RealtimeRun::metadata)
			.map((metadata) -> metadata.path(KEY).asInt(0));
		return delays(count, numbers, (number) -> write(run, number));
	}

	private String parts(int count) throws InterruptedException {
		String run = trigger();
		Flux<Integer> numbers = this.trigger.realtime()
			.stream(run, KEY, Welcome.class)
			.mapNotNull(StreamPart::value)
			.map(Welcome::number);
		return delays(count, numbers,
				(number) -> this.trigger.realtime()
					.stream(run, KEY)
					.append(Welcome.of(number))
					.block(Duration.ofSeconds(LONGEST_SECONDS)));
	}

	private static String delays(int count, Flux<Integer> numbers, Write write) throws InterruptedException {
		BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
		Disposable subscription = numbers.subscribe((number) -> arrivals.add(new Arrival(number, System.nanoTime())));
		long[] delays = new long[count];
		// the first ones load classes
		for (int number = 1; number <= 2 * count; number++) {
			// let the next poll reach the server
			Thread.sleep(10);
			long start = System.nanoTime();
			write.write(number);
			delays[(number - 1) % count] = (await(arrivals, number) - start) / 1_000;
		}
		subscription.dispose();
		Arrays.sort(delays);
		return delays[count / 2] + " " + delays[count * 99 / 100] + " " + delays[count - 1];
	}

	private static long await(BlockingQueue<Arrival> arrivals, int number) throws InterruptedException {
		Arrival arrival;
		do {
			arrival = arrivals.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
			if (arrival == null) {
				throw new IllegalStateException(number + " did not arrive");
			}
		}
		while (arrival.number() != number);
		return arrival.nanos();
	}

	/**
	 * Writes a number.
	 */
	private interface Write {

		void write(int number);

	}

	/**
	 * What arrived.
	 *
	 * @param number the number
	 * @param nanos when
	 */
	private record Arrival(int number, long nanos) {

	}

}
