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

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.trigger.emulator.admin.AdminApi;
import dev.trigger.emulator.admin.TaskScripts;
import dev.trigger.emulator.api.EmulatedApi;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.http.WebServer;
import dev.trigger.emulator.state.ConcurrencyLimit;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.Project;
import dev.trigger.emulator.state.Prompt;
import dev.trigger.emulator.state.TaskDefinition;
import dev.trigger.emulator.state.User;
import dev.trigger.emulator.state.WebhookDelivery;
import dev.trigger.emulator.state.WebhookEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A Trigger.dev server for tests and first runs: an HTTP server on loopback that keeps
 * its state in memory and responds as the real one does. It is a test double and no place
 * for production work.
 *
 * @since 1.0.0
 */
public final class TriggerEmulator implements AutoCloseable {

	private final EmulatorState state;

	private final WebServer server;

	private final EmulatedApi api;

	private final Project project;

	private final User user;

	private final Set<String> branches;

	private final Faults faults;

	private final EmulatedTasks tasks;

	private final EmulatedRuns runs;

	private final TaskScripts scripts;

	private final Declarations declarations;

	TriggerEmulator(TriggerEmulatorBuilder builder) {
		this.state = new EmulatorState(builder.clock(), builder.seed());
		this.user = this.state.accounts()
			.addUser("dev",
					(builder.personalAccessToken() != null) ? builder.personalAccessToken()
							: "tr_pat_" + this.state.ids().random(40))
			.join(this.state.accounts().addOrganization("Emulator"));
		this.project = this.state.accounts()
			.addProject(this.state.accounts().organizations().get(0), builder.projectRef(), "emulator", this.user,
					builder.secretKeys());
		this.branches = new HashSet<>(builder.branches());
		this.branches.forEach(
				(branch) -> this.state.accounts().addBranch(this.project.environment(EnvironmentKind.PREVIEW), branch));
		this.tasks = new EmulatedTasks(this.state);
		this.runs = new EmulatedRuns(this.state, builder.patience());
		this.declarations = new Declarations(this.state, this.project);
		this.state.setQueryLag(builder.queryLag());
		this.state.setTypes(builder.types());
		this.state.engine().setPatience(builder.patience().dividedBy(5));
		this.api = new EmulatedApi(this.state, builder.rateLimit(), builder.realtimeHold());
		this.server = new WebServer(builder.host(), builder.port());
		this.server.serve(this.api);
		Set<String> operations = new LinkedHashSet<>(this.api.operations());
		operations.add("objectStore.put");
		operations.add("objectStore.get");
		this.faults = new Faults(this.server.faults(), operations, this.state::now);
		this.scripts = new TaskScripts(this.state);
		this.server.administer(new AdminApi(this.state, this.api,
				new LocalControl(this, this.server, List.copyOf(operations)), this.scripts, builder.adminToken()));
	}

	/**
	 * Start an emulator on a free port.
	 * @return the emulator, to be closed
	 */
	public static TriggerEmulator start() {
		return builder().start();
	}

	/**
	 * Prepare an emulator.
	 * @return a builder
	 */
	public static TriggerEmulatorBuilder builder() {
		return new TriggerEmulatorBuilder();
	}

	/**
	 * Return the address of the server.
	 * @return the URL, without a slash at the end
	 */
	public String apiUrl() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/**
	 * Return the port of the server.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Return the secret key of an environment.
	 * @param environment {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 * @return the key
	 */
	public String secretKey(String environment) {
		return environment(environment).apiKey();
	}

	/**
	 * Create an additional secret key, which can do everything but sign public access
	 * tokens.
	 * @param environment {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 * @return the key
	 */
	public String additionalKey(String environment) {
		synchronized (this.state) {
			return this.state.accounts().keys().create(environment(environment));
		}
	}

	/**
	 * Return the personal access token of the one user.
	 * @return the token
	 */
	public String personalAccessToken() {
		return this.user.accessToken();
	}

	/**
	 * Return the ref of the project.
	 * @return {@code proj_} and 20 letters
	 */
	public String projectRef() {
		return this.project.ref();
	}

	/**
	 * Create a preview branch.
	 * @param name its name
	 * @return this emulator
	 */
	public TriggerEmulator previewBranch(String name) {
		synchronized (this.state) {
			this.state.accounts().addBranch(environment("preview"), name);
			this.branches.add(name);
		}
		return this;
	}

	/**
	 * Define what a task does. Runs of a task without a function stay in the queue, as on
	 * a server without a worker.
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
	 * Define what a task does with its payload and its run.
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
	 * Define what a task does, and how it is executed.
	 * @param <P> the type of the payload
	 * @param id the task
	 * @param payloadType the type of the payload
	 * @param function what the task does
	 * @param settings how it is executed
	 * @return this emulator
	 */
	public <P> TriggerEmulator task(String id, Class<P> payloadType, TaskFunction<P> function,
			Consumer<TaskSettings> settings) {
		this.tasks.register(id, payloadType, function, false, settings);
		return this;
	}

	/**
	 * Specify with JSON what tasks do, as the file of the program does: an object with
	 * one member {@code tasks}, whose members are tasks by identifier.
	 * @param json the text
	 * @return this emulator
	 * @throws IllegalArgumentException naming what is wrong with it; no task is
	 * registered then
	 */
	public TriggerEmulator tasks(String json) {
		this.scripts.register(json);
		return this;
	}

	/**
	 * Return the tasks that are declared.
	 * @return a copy of their identifiers
	 */
	public Set<String> taskIds() {
		synchronized (this.state) {
			return new LinkedHashSet<>(this.state.tasks().keySet());
		}
	}

	/**
	 * Declare a task that may have schedules. Its runs stay in the queue.
	 * @param id the task
	 * @return this emulator
	 */
	public TriggerEmulator scheduledTask(String id) {
		this.tasks.registerScheduled(id);
		return this;
	}

	/**
	 * Define what a task that may have schedules does.
	 * @param <P> the type of the payload
	 * @param id the task
	 * @param payloadType the type of the payload; the payload has {@code timestamp},
	 * {@code scheduleId} and more
	 * @param function what the task does
	 * @return this emulator
	 */
	public <P> TriggerEmulator scheduledTask(String id, Class<P> payloadType, TaskFunction<P> function) {
		this.tasks.register(id, payloadType, function, true, (settings) -> {
		});
		return this;
	}

	/**
	 * Declare a task that the deployed version lacks: its runs have the status
	 * {@code PENDING_VERSION} until it is defined what the task does.
	 * @param id the task
	 * @return this emulator
	 */
	public TriggerEmulator undeployedTask(String id) {
		this.state.register(TaskDefinition.undeployed(id));
		return this;
	}

	/**
	 * Create a queue in every environment.
	 * @param name its name
	 * @param concurrencyLimit how many of its runs execute at once
	 * @return this emulator
	 */
	public TriggerEmulator queue(String name, int concurrencyLimit) {
		this.declarations.add((environment) -> this.state.addQueue(environment, name, true, concurrencyLimit));
		return this;
	}

	/**
	 * Limit how many runs execute at once in each environment, whatever their queues.
	 * @param limit the limit; 300 unless it is specified
	 * @return this emulator
	 */
	public TriggerEmulator environmentConcurrency(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("'limit' must be at least 1, not " + limit);
		}
		this.declarations.add((environment) -> environment.setConcurrencyLimit(limit));
		return this;
	}

	/**
	 * Create a named concurrency limit in every environment. It is reported but holds
	 * back no runs.
	 * @param name its name
	 * @param perKey how many runs of one concurrency key
	 * @return this emulator
	 */
	public TriggerEmulator concurrencyLimit(String name, int perKey) {
		this.declarations.add(ConcurrencyLimit.class, name,
				() -> new ConcurrencyLimit("climit_" + this.state.ids().random(21), name, perKey, null));
		return this;
	}

	/**
	 * Create a prompt in every environment.
	 * @param slug its name
	 * @param template its text, with variables such as <code>{{name}}</code>
	 * @return this emulator
	 */
	public TriggerEmulator prompt(String slug, String template) {
		this.declarations.add(Prompt.class, slug,
				() -> new Prompt("prompt_" + this.state.ids().random(21), slug, template, this.state.now()));
		return this;
	}

	/**
	 * Create an endpoint for webhooks in every environment.
	 * @param declaredId its name in the code of the tasks
	 * @param source who sends to it, such as {@code stripe}
	 * @return this emulator
	 */
	public TriggerEmulator webhookEndpoint(String declaredId, String source) {
		this.declarations.add((environment) -> WebhookEndpoint.add(this.state, environment, declaredId, source));
		return this;
	}

	/**
	 * Simulate an incoming webhook.
	 * @param environment the slug of the environment, such as {@code prod}
	 * @param declaredId the name of the endpoint
	 * @param event what is sent, as JSON
	 * @return the identifier of the delivery
	 * @throws IllegalArgumentException when there is no such endpoint
	 */
	public String webhookDelivery(String environment, String declaredId, Object event) {
		synchronized (this.state) {
			Environment target = environment(environment);
			WebhookEndpoint endpoint = WebhookEndpoint.find(target, declaredId);
			if (endpoint == null) {
				throw new IllegalArgumentException("There is no webhook endpoint '" + declaredId
						+ "': make it with webhookEndpoint(\"" + declaredId + "\", \"stripe\")");
			}
			return WebhookDelivery
				.add(this.state, target, endpoint, this.state.ids().random(12), Json.tree(event), null)
				.id();
		}
	}

	/**
	 * Return the faults on demand.
	 * @return the faults
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * Return the requests so far, including those to unknown addresses.
	 * @return the requests, oldest first
	 */
	public List<RecordedRequest> requests() {
		return this.server.exchanges().stream().map(RecordedRequest::of).toList();
	}

	/**
	 * Return the requests of an operation so far.
	 * @param operation the operation, such as {@code tasks.trigger}
	 * @return the requests, oldest first
	 */
	public List<RecordedRequest> requests(String operation) {
		return requests().stream().filter((request) -> operation.equals(request.operation())).toList();
	}

	/**
	 * Return the runs of all environments.
	 * @return the runs, oldest first
	 */
	public List<EmulatedRun> runs() {
		return this.runs.list((run) -> true);
	}

	/**
	 * Return the runs of a task in all environments.
	 * @param taskId the identifier of the task
	 * @return the runs, oldest first
	 */
	public List<EmulatedRun> runs(String taskId) {
		return this.runs.list((run) -> run.taskId().equals(taskId));
	}

	/**
	 * Return a run.
	 * @param runId its identifier
	 * @return the run
	 * @throws IllegalArgumentException when there is no such run
	 */
	public EmulatedRun run(String runId) {
		return this.runs.get(runId);
	}

	/**
	 * Wait until a run is over.
	 * @param runId its identifier
	 * @return the run
	 * @throws AssertionError when the run is not over after 10 seconds, or the time that
	 * {@link TriggerEmulatorBuilder#patience(Duration)} sets
	 */
	public EmulatedRun awaitRun(String runId) {
		return awaitRun(runId, this.runs.patience());
	}

	/**
	 * Wait until a run is over.
	 * @param runId its identifier
	 * @param timeout how long to wait
	 * @return the run
	 * @throws AssertionError when the run is not over then
	 */
	public EmulatedRun awaitRun(String runId, Duration timeout) {
		return this.runs.await(runId, timeout);
	}

	/**
	 * Wait until no run executes, or is about to.
	 * @throws AssertionError when that is not so after 10 seconds, or the time that
	 * {@link TriggerEmulatorBuilder#patience(Duration)} sets
	 */
	public void awaitIdle() {
		awaitIdle(this.runs.patience());
	}

	/**
	 * Wait until no run executes, or is about to. Runs in paused queues and environments
	 * are not waited for.
	 * @param timeout how long to wait
	 * @throws AssertionError if runs still execute then
	 */
	public void awaitIdle(Duration timeout) {
		this.runs.awaitIdle(timeout);
	}

	/**
	 * Return whether no run executes, or is about to. Runs in paused queues and
	 * environments do not count.
	 * @return {@code true} if nothing happens until time goes on, or somebody acts
	 */
	public boolean isIdle() {
		synchronized (this.state) {
			return this.state.engine().isIdle();
		}
	}

	/**
	 * Return the time of the emulator.
	 * @return the time, in whole milliseconds
	 */
	public Instant now() {
		return this.state.now();
	}

	/**
	 * Move the time of the emulator forward: what was due until then happens at once.
	 * @param duration the time to move forward by
	 */
	public void advance(Duration duration) {
		this.state.advance(duration);
	}

	/**
	 * Forget runs, schedules, variables, faults and all else that happened or was to
	 * happen, and go back to the time of the clock. What was declared with the methods of
	 * this class stays: tasks, keys, preview branches, queues, limits, prompts and
	 * webhook endpoints.
	 */
	public void reset() {
		this.faults.clear();
		this.server.forgetExchanges();
		// a request comes before all of it or after it
		synchronized (this.state) {
			this.state.reset(this.branches);
			this.api.resetRateLimit();
			this.declarations.repeat();
		}
	}

	void log(Consumer<RecordedRequest> log) {
		this.server.log((exchange) -> log.accept(RecordedRequest.of(exchange)));
	}

	/**
	 * Wait until the emulator is closed, for a program that does nothing else.
	 */
	public void await() {
		this.server.await();
	}

	@Override
	public void close() {
		this.server.close();
		this.state.close();
	}

	EmulatorState state() {
		return this.state;
	}

	@Nullable String operation(String method, String path) {
		return this.api.operation(new ServerRequest(method, path, Map.of(), new byte[0]));
	}

	Project project() {
		return this.project;
	}

	private Environment environment(String name) {
		return this.project.environment(EnvironmentKind.of(name));
	}

}
