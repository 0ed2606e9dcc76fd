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

import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.emulator.admin.FaultSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.from;

/**
 * Tests for what a {@link TriggerEmulatorContainer} can be asked to do, with an emulator
 * of this process in place of the container.
 */
class TriggerEmulatorContainerAdminTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final PretendedContainer container = new PretendedContainer();

	@AfterEach
	void stop() {
		this.container.emulator.close();
	}

	@Test
	void taskIsDescribedAndItsRunsAreRead() throws Exception {
		this.container.task("greet", "{\"output\": {\"text\": \"Hello {{payload.name}}\"}}");
		send("/api/v1/tasks/greet/trigger", Map.of("payload", Map.of("name", "you"), "options", Map.of("tags", "t")));
		send("/api/v1/tasks/other/trigger", Map.of());
		this.container.awaitIdle(PATIENCE);
		assertThat(this.container.runs()).extracting(ContainerRun::task).containsExactly("greet", "other");
		ContainerRun run = this.container.runs("greet").get(0);
		assertThat(run).returns("COMPLETED", from(ContainerRun::status))
			.returns("dev", from(ContainerRun::environment))
			.isEqualTo(this.container.run(run.id()));
		assertThat(run.statuses()).startsWith("QUEUED").endsWith("COMPLETED");
		assertThat(run.tags()).containsExactly("t");
		assertThat(run.output()).hasToString("{\"text\":\"Hello you\"}");
		assertThat(this.container.requests("tasks.trigger")).hasSize(2)
			.first()
			.returns("secret-dev", from(ContainerRequest::credential))
			.returns(200, from(ContainerRequest::status));
		assertThat(this.container.requests()).hasSize(2).noneSatisfy((request) -> {
			assertThat(request.toString()).contains(this.container.emulator.secretKey("dev"));
		});
	}

	@Test
	void faultHappensAsOftenAsDeclared() throws Exception {
		this.container.fault(ContainerFault.status(503).onOperation("tasks.trigger").once());
		assertThat(send("/api/v1/tasks/a/trigger", Map.of())).isEqualTo(503);
		assertThat(send("/api/v1/tasks/a/trigger", Map.of())).isEqualTo(200);
		this.container.fault(ContainerFault.html(502));
		assertThat(send("/api/v1/tasks/a/trigger", Map.of())).isEqualTo(502);
		this.container.clearFaults();
		assertThat(send("/api/v1/tasks/a/trigger", Map.of())).isEqualTo(200);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.container.fault(ContainerFault.loseResponse().onOperation("tasks.tigger")))
			.withMessageContaining("'tasks.tigger'");
	}

	@Test
	void everyKindOfFaultHasAMethod() {
		assertThat(Stream.of(ContainerFault.class.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
			.map((method) -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)))
			.containsExactlyInAnyOrderElementsOf(FaultSettings.KINDS);
	}

	@Test
	void timeMovesAndAllIsForgotten() throws Exception {
		this.container.task("echo", "{}");
		send("/api/v1/tasks/echo/trigger", Map.of("options", Map.of("delay", "1h")));
		assertThat(this.container.runs("echo").get(0).status()).isEqualTo("DELAYED");
		this.container.advance(Duration.ofHours(2));
		this.container.awaitIdle(PATIENCE);
		assertThat(this.container.runs("echo").get(0).status()).isEqualTo("COMPLETED");
		this.container.reset();
		assertThat(this.container.runs()).isEmpty();
		assertThat(this.container.requests()).isEmpty();
	}

	@Test
	void waitForRunsEnds() throws Exception {
		this.container.task("slow", "{\"steps\": [{\"progress\": {\"every\": \"1h\"}}]}");
		send("/api/v1/tasks/slow/trigger", Map.of());
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.container.awaitIdle(Duration.ofMillis(50)))
			.withMessageContaining("0.05 seconds");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.container.run("run_none"))
			.withMessage("There is no run run_none");
	}

	private int send(String path, Object body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.container.getApiUrl() + path))
			.header("authorization", "Bearer " + this.container.emulator.secretKey("dev"))
			.header("content-type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
			.build();
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.build()
			.send(request, HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private static final class PretendedContainer extends TriggerEmulatorContainer {

		private final TriggerEmulator emulator = TriggerEmulator.builder()
			.adminToken(getEnvMap().getOrDefault("TRIGGER_EMULATOR_ADMIN_TOKEN", ""))
			.start();

		PretendedContainer() {
			super("trigger-emulator");
		}

		@Override
		public String getHost() {
			return "127.0.0.1";
		}

		@Override
		public Integer getMappedPort(int originalPort) {
			return this.emulator.port();
		}

	}

}
