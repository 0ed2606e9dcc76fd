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

package dev.trigger.spring.test.testcontainers;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;

import dev.trigger.spring.testcontainers.TriggerContainer;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container in which the Trigger.dev emulator runs. As a {@code @ServiceConnection} it
 * is what the client of the application connects to, with the secret key and the personal
 * access token given here.
 *
 * <!-- snippet: com/example/containers/OnboardingWithContainer.java#container -->
 * <pre class="code">
 * &#64;SpringBootTest
 * &#64;Testcontainers
 * class OnboardingWithContainer {
 *
 *     &#64;Container
 *     &#64;ServiceConnection
 *     static TriggerEmulatorContainer trigger = new TriggerEmulatorContainer("trigger-emulator")
 *         .withTasks("send-welcome");
 *
 * }
 * </pre>
 *
 * @since 1.0.0
 */
public class TriggerEmulatorContainer extends GenericContainer<TriggerEmulatorContainer> implements TriggerContainer {

	/**
	 * The port in the container.
	 */
	public static final int PORT = 8030;

	private static final String PREFIX = "TRIGGER_EMULATOR_";

	private static final String TASKS_FILE = "/tmp/trigger-emulator-tasks.json";

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * Create a container of an image that the Dockerfile of the emulator made.
	 * @param image the name of the image
	 */
	public TriggerEmulatorContainer(String image) {
		this(DockerImageName.parse(image));
	}

	/**
	 * Create a container of an image that the Dockerfile of the emulator made.
	 * @param image the name of the image
	 */
	@SuppressWarnings("this-escape")
	public TriggerEmulatorContainer(DockerImageName image) {
		super(image);
		configureEmulator();
	}

	/**
	 * Create a container of an image that is yet to be built.
	 * @param image the image, such as an
	 * {@link org.testcontainers.images.builder.ImageFromDockerfile}
	 */
	@SuppressWarnings("this-escape")
	public TriggerEmulatorContainer(Future<String> image) {
		super(image);
		configureEmulator();
	}

	private void configureEmulator() {
		addExposedPort(PORT);
		addEnv("PORT", String.valueOf(PORT));
		withSecretKey("tr_dev_emulator");
		withAccessToken("tr_pat_emulator");
		withProjectRef("proj_emulatoremulatoremul");
		addEnv(PREFIX + "ADMIN_TOKEN", UUID.randomUUID().toString());
		waitingFor(Wait.forHttp("/healthcheck").forPort(PORT));
	}

	/**
	 * Set the secret key that clients use, {@code tr_dev_emulator} by default.
	 * @param secretKey the key of the environment that its prefix names: {@code tr_dev_},
	 * {@code tr_stg_}, {@code tr_preview_} or {@code tr_prod_}
	 * @return this container
	 */
	public TriggerEmulatorContainer withSecretKey(String secretKey) {
		return withEnv(PREFIX + "SECRET_KEY", secretKey);
	}

	/**
	 * Set the personal access token that clients use, {@code tr_pat_emulator} by default.
	 * @param accessToken the token
	 * @return this container
	 */
	public TriggerEmulatorContainer withAccessToken(String accessToken) {
		return withEnv(PREFIX + "ACCESS_TOKEN", accessToken);
	}

	/**
	 * Set the ref of the project.
	 * @param projectRef {@code proj_} and 20 letters
	 * @return this container
	 */
	public TriggerEmulatorContainer withProjectRef(String projectRef) {
		return withEnv(PREFIX + "PROJECT_REF", projectRef);
	}

	/**
	 * Set the preview branches. With a secret key of the preview environment, clients use
	 * the first one.
	 * @param branches their names
	 * @return this container
	 */
	public TriggerEmulatorContainer withPreviewBranches(String... branches) {
		return withEnv(PREFIX + "PREVIEW_BRANCHES", String.join(",", branches));
	}

	/**
	 * Set the tasks that complete with their payload as output. Runs of others stay in
	 * the queue.
	 * @param tasks their identifiers
	 * @return this container
	 */
	public TriggerEmulatorContainer withTasks(String... tasks) {
		return withEnv(PREFIX + "TASKS", String.join(",", tasks));
	}

	/**
	 * Set the tasks that may have schedules.
	 * @param tasks their identifiers
	 * @return this container
	 */
	public TriggerEmulatorContainer withScheduledTasks(String... tasks) {
		return withEnv(PREFIX + "SCHEDULED_TASKS", String.join(",", tasks));
	}

	/**
	 * Set the rate limit of each environment, that of the real server by default.
	 * @param requests how many requests may come in 10 seconds
	 * @return this container
	 */
	public TriggerEmulatorContainer withRateLimit(int requests) {
		return withEnv(PREFIX + "RATE_LIMIT", String.valueOf(requests));
	}

	/**
	 * Set what tasks do, with the JSON of a file of tasks: an object with one member
	 * {@code tasks}, whose members are tasks by identifier.
	 * @param json the text
	 * @return this container
	 */
	public TriggerEmulatorContainer withTasksFile(String json) {
		withCopyToContainer(Transferable.of(json), TASKS_FILE);
		return withEnv(PREFIX + "TASKS_FILE", TASKS_FILE);
	}

	/**
	 * Change what a task does.
	 * @param id the identifier of the task
	 * @param json the task, such as <code>{"output": {"to": "{{payload.email}}"}}</code>
	 * @throws IllegalArgumentException naming what is wrong with it
	 */
	public void task(String id, String json) {
		admin().send("PUT", "tasks/" + EmulatorAdminClient.segment(id), JSON.readTree(json));
	}

	/**
	 * Declare a fault.
	 * @param fault the fault
	 * @throws IllegalArgumentException for an operation that the emulator does not serve
	 */
	public void fault(ContainerFault fault) {
		admin().send("POST", "faults", fault.settings());
	}

	/**
	 * End all faults.
	 */
	public void clearFaults() {
		admin().send("DELETE", "faults", null);
	}

	/**
	 * Move the time of the emulator forward: what was due until then happens at once.
	 * @param duration the time to move forward by
	 */
	public void advance(Duration duration) {
		admin().send("POST", "advance", Map.of("duration", duration.toString()));
	}

	/**
	 * Forget runs, schedules, variables, faults, requests and all else that happened or
	 * was to happen. Tasks stay.
	 */
	public void reset() {
		admin().send("POST", "reset", null);
	}

	/**
	 * Wait until no run executes, or is about to.
	 * @param timeout how long to wait, at most 5 minutes
	 * @throws AssertionError if runs still execute then
	 */
	public void awaitIdle(Duration timeout) {
		JsonNode response = admin().send("POST", "idle", Map.of("timeout", timeout.toString()),
				timeout.plus(Duration.ofSeconds(10)));
		if (!response.path("idle").asBoolean(false)) {
			throw new AssertionError(
					"Waited " + timeout.toMillis() / 1000.0 + " seconds in vain for the end of all runs");
		}
	}

	/**
	 * Complete a waitpoint token.
	 * @param id the identifier of the token
	 * @param output what becomes its output, as JSON
	 */
	public void completeToken(String id, @Nullable Object output) {
		admin().send("POST", "tokens/" + EmulatorAdminClient.segment(id) + "/complete",
				Collections.singletonMap("output", output));
	}

	/**
	 * Trigger a schedule as if it were time.
	 * @param id the identifier of the schedule
	 * @return the identifier of the run
	 */
	public String fireSchedule(String id) {
		return admin().send("POST", "schedules/" + EmulatorAdminClient.segment(id) + "/fire", null)
			.path("id")
			.asString();
	}

	/**
	 * Return the runs of all environments.
	 * @return the runs, oldest first
	 */
	public List<ContainerRun> runs() {
		return admin().runs("");
	}

	/**
	 * Return the runs of a task in all environments.
	 * @param taskId the identifier of the task
	 * @return the runs, oldest first
	 */
	public List<ContainerRun> runs(String taskId) {
		return admin().runs("&task=" + EmulatorAdminClient.segment(taskId));
	}

	/**
	 * Return a run.
	 * @param runId its identifier
	 * @return the run
	 * @throws IllegalStateException when there is no such run
	 */
	public ContainerRun run(String runId) {
		return admin().run(runId);
	}

	/**
	 * Return the requests that clients have sent so far.
	 * @return the latest 10,000 requests, oldest first
	 */
	public List<ContainerRequest> requests() {
		return admin().requests("");
	}

	/**
	 * Return the requests of an operation so far.
	 * @param operation the operation, such as {@code tasks.trigger}
	 * @return the latest 10,000 requests, oldest first
	 */
	public List<ContainerRequest> requests(String operation) {
		return admin().requests("&operation=" + EmulatorAdminClient.segment(operation));
	}

	private EmulatorAdminClient admin() {
		return new EmulatorAdminClient(getApiUrl(), get("ADMIN_TOKEN"));
	}

	/**
	 * Return the address of the API, once the container is started.
	 * @return the URL, without a slash at the end
	 */
	public String getApiUrl() {
		return "http://" + getHost() + ":" + getMappedPort(PORT);
	}

	/**
	 * Return the secret key that clients use.
	 * @return the key
	 */
	public String getSecretKey() {
		return get("SECRET_KEY");
	}

	/**
	 * Return the personal access token that clients use.
	 * @return the token
	 */
	public String getAccessToken() {
		return get("ACCESS_TOKEN");
	}

	/**
	 * Return the ref of the project.
	 * @return {@code proj_} and 20 letters
	 */
	public String getProjectRef() {
		return get("PROJECT_REF");
	}

	private String get(String name) {
		Map<String, String> variables = getEnvMap();
		return variables.getOrDefault(PREFIX + name, "");
	}

}
