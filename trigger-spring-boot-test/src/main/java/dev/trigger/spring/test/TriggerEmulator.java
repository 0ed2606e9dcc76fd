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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.trigger.spring.test.api.EmulatedApi;
import dev.trigger.spring.test.api.RateLimit;
import dev.trigger.spring.test.http.Json;
import dev.trigger.spring.test.http.WebServer;
import dev.trigger.spring.test.state.Environment;
import dev.trigger.spring.test.state.EnvironmentKind;
import dev.trigger.spring.test.state.Project;
import dev.trigger.spring.test.state.Run;
import dev.trigger.spring.test.state.TaskDefinition;
import dev.trigger.spring.test.state.User;
import dev.trigger.spring.test.state.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Trigger.dev for tests and first runs: an HTTP server on loopback with its state in
 * memory, which answers as the real one does. It is a test double and no place for
 * production work.
 *
 * @since 1.0.0
 */
public final class TriggerEmulator implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final World world;

	private final WebServer server;

	private final EmulatedApi api;

	private final Project project;

	private final User user;

	private final Set<String> branches;

	private final Faults faults;

	private TriggerEmulator(Builder builder) {
		this.world = new World(builder.clock);
		this.user = this.world
			.addUser("dev",
					(builder.personalAccessToken != null) ? builder.personalAccessToken
							: "tr_pat_" + this.world.ids().random(40))
			.join(this.world.addOrganization("Emulator"));
		this.project = this.world.addProject(this.world.organizations().get(0), builder.projectRef, "emulator",
				this.user, builder.secretKeys);
		this.branches = Set.copyOf(builder.branches);
		this.branches
			.forEach((branch) -> this.world.addBranch(this.project.environment(EnvironmentKind.PREVIEW), branch));
		this.api = new EmulatedApi(this.world, builder.rateLimit);
		this.server = new WebServer(builder.host, builder.port);
		this.server.serve(this.api);
		Set<String> operations = new LinkedHashSet<>(this.api.operations());
		operations.add("objectStore.put");
		operations.add("objectStore.get");
		this.faults = new Faults(this.server.faults(), operations, this.world::now);
	}

	/**
	 * Starts an emulator on a free port.
	 * @return the emulator, to be closed
	 */
	public static TriggerEmulator start() {
		return builder().start();
	}

	/**
	 * Prepares an emulator.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The address of the server.
	 * @return the URL, without a slash at the end
	 */
	public String apiUrl() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/**
	 * The port of the server.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * The secret key of an environment.
	 * @param environment {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 * @return the key
	 */
	public String secretKey(String environment) {
		return environment(environment).apiKey();
	}

	/**
	 * Makes an additional secret key, which can do everything but sign public access
	 * tokens.
	 * @param environment {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 * @return the key
	 */
	public String additionalKey(String environment) {
		synchronized (this.world) {
			return this.world.addKey(environment(environment));
		}
	}

	/**
	 * The personal access token of the one user.
	 * @return the token
	 */
	public String personalAccessToken() {
		return this.user.accessToken();
	}

	/**
	 * The reference of the project.
	 * @return {@code proj_} and 20 letters
	 */
	public String projectRef() {
		return this.project.ref();
	}

	/**
	 * Makes a preview branch.
	 * @param name its name
	 * @return this emulator
	 */
	public TriggerEmulator previewBranch(String name) {
		synchronized (this.world) {
			this.world.addBranch(environment("preview"), name);
		}
		return this;
	}

	/**
	 * Gives a task something to do. Runs of a task without a function stay in the queue,
	 * as on a server without a worker.
	 * @param <P> the type of the payload
	 * @param id the task
	 * @param payloadType the type of the payload
	 * @param function what the task does
	 * @return this emulator
	 */
	public <P> TriggerEmulator task(String id, Class<P> payloadType, PayloadFunction<P> function) {
		return task(id, payloadType, (payload, context) -> function.apply(payload));
	}

	/**
	 * Gives a task something to do with its payload and its run.
	 * @param <P> the type of the payload
	 * @param id the task
	 * @param payloadType the type of the payload
	 * @param function what the task does
	 * @return this emulator
	 */
	public <P> TriggerEmulator task(String id, Class<P> payloadType, TaskFunction<P> function) {
		return task(id, payloadType, function, (settings) -> {
		});
	}

	/**
	 * Gives a task something to do, and tells how it is executed.
	 * @param <P> the type of the payload
	 * @param id the task
	 * @param payloadType the type of the payload
	 * @param function what the task does
	 * @param settings how it is executed
	 * @return this emulator
	 */
	public <P> TriggerEmulator task(String id, Class<P> payloadType, TaskFunction<P> function,
			Consumer<TaskSettings> settings) {
		return register(id, body(payloadType, function), false, settings);
	}

	/**
	 * Makes a scheduled task known, so that it can have schedules.
	 * @param id the task
	 * @return this emulator
	 */
	public TriggerEmulator scheduledTask(String id) {
		return register(id, null, true, (settings) -> {
		});
	}

	/**
	 * Gives a scheduled task something to do.
	 * @param <P> the type of the payload
	 * @param id the task
	 * @param payloadType the type of the payload; the payload has {@code timestamp},
	 * {@code scheduleId} and more
	 * @param function what the task does
	 * @return this emulator
	 */
	public <P> TriggerEmulator scheduledTask(String id, Class<P> payloadType, TaskFunction<P> function) {
		return register(id, body(payloadType, function), true, (settings) -> {
		});
	}

	/**
	 * Makes a queue in every environment.
	 * @param name its name
	 * @param concurrencyLimit how many of its runs execute at once
	 * @return this emulator
	 */
	public TriggerEmulator queue(String name, int concurrencyLimit) {
		synchronized (this.world) {
			this.project.all().forEach((environment) -> this.world.addQueue(environment, name, true, concurrencyLimit));
		}
		return this;
	}

	/**
	 * Faults on demand.
	 * @return the faults
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * The requests so far, without those to unknown addresses being left out.
	 * @return the requests, oldest first
	 */
	public List<RecordedRequest> requests() {
		return this.server.exchanges().stream().map(RecordedRequest::of).toList();
	}

	/**
	 * The requests of an operation so far.
	 * @param operation such as {@code tasks.trigger}
	 * @return the requests, oldest first
	 */
	public List<RecordedRequest> requests(String operation) {
		return requests().stream().filter((request) -> operation.equals(request.operation())).toList();
	}

	/**
	 * The runs of all environments.
	 * @return the runs, oldest first
	 */
	public List<EmulatedRun> runs() {
		synchronized (this.world) {
			List<Run> runs = new ArrayList<>();
			this.world.environments().forEach((environment) -> runs.addAll(environment.runs()));
			runs.sort(Comparator.comparing(Run::createdAt).thenComparing(Run::id));
			return runs.stream().map((run) -> EmulatedRun.of(this.world, run)).toList();
		}
	}

	/**
	 * A run.
	 * @param runId its identifier
	 * @return the run
	 * @throws IllegalArgumentException when there is no such run
	 */
	public EmulatedRun run(String runId) {
		return EmulatedRun.of(this.world, find(runId));
	}

	/**
	 * Waits until a run is over.
	 * @param runId its identifier
	 * @return the run
	 * @throws AssertionError when the run is not over after 10 seconds
	 */
	public EmulatedRun awaitRun(String runId) {
		Run run = find(runId);
		await(() -> run.status().isFinished(), "the end of " + run);
		return run(runId);
	}

	/**
	 * Waits until no run executes, or is about to.
	 * @throws AssertionError when that is not so after 10 seconds
	 */
	public void awaitIdle() {
		await(() -> this.world.environments()
			.stream()
			.flatMap((environment) -> environment.runs().stream())
			.noneMatch(this::isBusy), "the end of all runs");
	}

	/**
	 * Asserts that a task was triggered.
	 * @param taskId the task
	 * @return assertions about its runs
	 */
	public TriggeredAssert assertTriggered(String taskId) {
		List<EmulatedRun> all = runs();
		return new TriggeredAssert(all, all.stream().filter((run) -> run.taskId().equals(taskId)).toList(),
				"task " + taskId + " to be triggered");
	}

	/**
	 * Asserts that a task was not triggered.
	 * @param taskId the task
	 */
	public void assertNotTriggered(String taskId) {
		List<EmulatedRun> runs = runs().stream().filter((run) -> run.taskId().equals(taskId)).toList();
		if (!runs.isEmpty()) {
			throw new AssertionError("Expected task " + taskId + " not to be triggered but was: " + runs);
		}
	}

	/**
	 * Asserts that no task was triggered.
	 */
	public void assertNothingTriggered() {
		List<EmulatedRun> runs = runs();
		if (!runs.isEmpty()) {
			throw new AssertionError("Expected nothing to be triggered but was: " + runs);
		}
	}

	/**
	 * The time of the emulator.
	 * @return the time, in whole milliseconds
	 */
	public Instant now() {
		return this.world.now();
	}

	/**
	 * Moves the time of the emulator forward: what was due until then happens at once.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		this.world.timeline().advance(duration);
	}

	/**
	 * Forgets runs, schedules, variables, faults and all else that happened. Tasks, keys
	 * and the branches that the emulator was built with stay.
	 */
	public void reset() {
		this.faults.clear();
		this.server.forgetExchanges();
		this.api.resetRateLimit();
		this.world.reset(this.branches);
	}

	/**
	 * Waits until the emulator is closed, for a program that does nothing else.
	 */
	public void await() {
		this.server.await();
	}

	@Override
	public void close() {
		this.server.close();
		this.world.close();
	}

	List<String> operations() {
		return this.api.operations();
	}

	World world() {
		return this.world;
	}

	Project project() {
		return this.project;
	}

	private Environment environment(String name) {
		EnvironmentKind kind = EnvironmentKind.find(name);
		if (kind == null) {
			throw new IllegalArgumentException("'environment' must be dev, staging, preview or prod, not " + name);
		}
		return this.project.environment(kind);
	}

	private <P> TaskDefinition.Body body(Class<P> payloadType, TaskFunction<P> function) {
		return (run, payload, attempt) -> {
			P value = (payload != null) ? Json.mapper().treeToValue(payload, payloadType) : null;
			Object output = apply(function, value, new RunTaskContext(this.world, run, attempt));
			return (output != null) ? Json.tree(output) : null;
		};
	}

	@SuppressWarnings("NullAway") // a payload may be missing, but asking every function
									// to declare it would be a burden
	private static <P> @Nullable Object apply(TaskFunction<P> function, @Nullable P payload, TaskContext context)
			throws Exception {
		return function.apply(payload, context);
	}

	private TriggerEmulator register(String id, TaskDefinition.@Nullable Body body, boolean scheduled,
			Consumer<TaskSettings> customizer) {
		TaskSettings settings = new TaskSettings();
		customizer.accept(settings);
		this.world.register(new TaskDefinition(id, body, scheduled, settings.maxAttempts(), settings.retryDelay(),
				settings.concurrencyLimit()));
		return this;
	}

	private Run find(String runId) {
		synchronized (this.world) {
			for (Environment environment : this.world.environments()) {
				Run run = environment.run(runId);
				if (run != null) {
					return run;
				}
			}
		}
		throw new IllegalArgumentException("'runId' must be the identifier of a run, not " + runId);
	}

	private boolean isBusy(Run run) {
		TaskDefinition task = this.world.task(run.taskId());
		return switch (run.status()) {
			case DEQUEUED, EXECUTING -> true;
			case QUEUED -> task != null && task.body() != null;
			default -> false;
		};
	}

	private void await(java.util.function.BooleanSupplier condition, String what) {
		try {
			if (!this.world.await(condition, PATIENCE)) {
				throw new AssertionError("Waited " + PATIENCE.toSeconds() + " seconds in vain for " + what);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for " + what, ex);
		}
	}

	/**
	 * Prepares an emulator.
	 */
	public static final class Builder {

		private String host = "127.0.0.1";

		private int port;

		private Clock clock = Clock.systemUTC();

		private RateLimit rateLimit = RateLimit.DEFAULT;

		private String projectRef = "proj_emulatoremulatoremul";

		private final Map<EnvironmentKind, String> secretKeys = new EnumMap<>(EnvironmentKind.class);

		private @Nullable String personalAccessToken;

		private final List<String> branches = new ArrayList<>();

		private Builder() {
		}

		/**
		 * Sets the address to listen on.
		 * @param host the address; loopback is the default
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = host;
			return this;
		}

		/**
		 * Sets the port.
		 * @param port the port, 0 for a free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Sets where the time comes from.
		 * @param clock the clock; the system's is the default
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Sets the rate limit of each environment.
		 * @param requests how many requests may come at once
		 * @param refill how many more after each interval
		 * @param interval the interval
		 * @return this builder
		 */
		public Builder rateLimit(int requests, int refill, Duration interval) {
			this.rateLimit = new RateLimit(requests, refill, interval);
			return this;
		}

		/**
		 * Sets the reference of the project.
		 * @param projectRef {@code proj_} and 20 letters
		 * @return this builder
		 */
		public Builder projectRef(String projectRef) {
			this.projectRef = projectRef;
			return this;
		}

		/**
		 * Sets the secret key of an environment.
		 * @param environment {@code dev}, {@code staging}, {@code preview} or
		 * {@code prod}
		 * @param key the key; a random one is the default
		 * @return this builder
		 */
		public Builder secretKey(String environment, String key) {
			EnvironmentKind kind = EnvironmentKind.find(environment);
			if (kind == null) {
				throw new IllegalArgumentException(
						"'environment' must be dev, staging, preview or prod, not " + environment);
			}
			this.secretKeys.put(kind, key);
			return this;
		}

		/**
		 * Sets the personal access token.
		 * @param token the token; a random one is the default
		 * @return this builder
		 */
		public Builder personalAccessToken(String token) {
			this.personalAccessToken = token;
			return this;
		}

		/**
		 * Adds preview branches.
		 * @param branches their names
		 * @return this builder
		 */
		public Builder previewBranches(String... branches) {
			this.branches.addAll(Arrays.asList(branches));
			return this;
		}

		/**
		 * Starts the emulator.
		 * @return the emulator, to be closed
		 */
		public TriggerEmulator start() {
			return new TriggerEmulator(this);
		}

	}

}
