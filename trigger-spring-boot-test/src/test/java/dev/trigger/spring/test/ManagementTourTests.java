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

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.deployment.Deployment;
import dev.trigger.spring.deployment.DeploymentOperations;
import dev.trigger.spring.deployment.DeploymentQuery;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.envvar.EnvVar;
import dev.trigger.spring.envvar.EnvVarOperations;
import dev.trigger.spring.errorgroup.ErrorGroup;
import dev.trigger.spring.errorgroup.IgnoreOptions;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.PermissionDeniedException;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.page.PageQuery;
import dev.trigger.spring.project.Branch;
import dev.trigger.spring.project.Project;
import dev.trigger.spring.project.ProjectEnvironment;
import dev.trigger.spring.project.ProjectOperations;
import dev.trigger.spring.prompt.PromptOperations;
import dev.trigger.spring.prompt.PromptSummary;
import dev.trigger.spring.prompt.PromptVersion;
import dev.trigger.spring.query.Dashboard;
import dev.trigger.spring.query.DashboardOperations;
import dev.trigger.spring.query.DashboardOptions;
import dev.trigger.spring.query.DashboardWidget;
import dev.trigger.spring.query.TriggerQuery;
import dev.trigger.spring.queue.ConcurrencyLimit;
import dev.trigger.spring.queue.ConcurrencyLimitOperations;
import dev.trigger.spring.queue.Queue;
import dev.trigger.spring.queue.QueueAddress;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.schedule.Schedule;
import dev.trigger.spring.schedule.ScheduleOptions;
import dev.trigger.spring.session.Session;
import dev.trigger.spring.session.StartedSession;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.token.PublicTokenOptions;
import dev.trigger.spring.token.TokenResource;
import dev.trigger.spring.waitpoint.Waitpoint;
import dev.trigger.spring.waitpoint.WaitpointHandle;
import dev.trigger.spring.waitpoint.WaitpointOptions;
import dev.trigger.spring.waitpoint.WaitpointStatus;
import dev.trigger.spring.webhook.WebhookDelivery;
import dev.trigger.spring.webhook.WebhookDeliveryQuery;
import dev.trigger.spring.webhook.WebhookEndpoint;
import dev.trigger.spring.webhook.WebhookOperations;
import dev.trigger.spring.webhook.WebhookWaiter;
import dev.trigger.spring.webhook.WebhookWaiterOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One story through every operation, told to the emulator or, with the {@code live}
 * profile, to any server. It asserts only what every server of the API does, changes only
 * what it made or what is called {@code tour}, and tidies up behind itself.
 */
class ManagementTourTests extends LiveTour {

	@Test
	void identity() {
		assertThat(await(this.trigger.identity().whoami())).isNotNull();
		assertThat(await(this.personal.identity().whoami())).isNotNull();
		assertThat(this.trigger.capabilities().supports(TriggerEndpoint.TASKS_TRIGGER)).isTrue();
		assertThat(this.personal.capabilities().supports(TriggerEndpoint.TASKS_TRIGGER)).isFalse();
	}

	@Test
	void schedules() {
		assertThat(await(this.trigger.schedules().timezones(false))).contains("UTC");
		String scheduled = (this.server.variable("SCHEDULED_TASK") != null) ? this.server.variable("SCHEDULED_TASK")
				: await(this.trigger.schedules().list().next().map(Schedule::task));
		Assumptions.assumeTrue(scheduled != null, "there is no scheduled task: set TRIGGER_LIVE_SCHEDULED_TASK");
		String key = this.server.name("schedule");
		ScheduleOptions options = ScheduleOptions
			.of((schedule) -> schedule.task(scheduled).cron("0 3 * * *").deduplicationKey(key));
		Schedule schedule = await(this.trigger.schedules().create(options));
		try {
			assertThat(await(this.trigger.schedules().create(options)).id()).isEqualTo(schedule.id());
			assertThat(await(this.trigger.schedules().list().map(Schedule::id).collectList())).contains(schedule.id());
			assertThat(await(this.trigger.schedules().deactivate(schedule.id())).active()).isFalse();
			assertThat(await(this.trigger.schedules().activate(schedule.id())).active()).isTrue();
			await(this.trigger.schedules().update(schedule.id(), options.with((changed) -> changed.cron("0 4 * * *"))));
			assertThat(await(this.trigger.schedules().retrieve(schedule.id())).generator().expression())
				.isEqualTo("0 4 * * *");
		}
		finally {
			await(this.trigger.schedules().delete(schedule.id()));
		}
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> await(this.trigger.schedules().retrieve(schedule.id())));
	}

	@Test
	void environmentVariables() {
		ProjectOperations project = this.personal.project();
		TriggerEnvironment environment = TriggerCredential.of(this.server.required("SECRET_KEY")).environment();
		Assumptions.assumeTrue(environment != null, "the secret key does not say of which environment it is");
		String name = this.server.name("VARIABLE").replace('-', '_').toUpperCase(Locale.ROOT);
		for (EnvVarOperations variables : List.of(project.envVars(environment), this.trigger.envVars(environment))) {
			await(variables.create(name, "one"));
			try {
				assertThat(await(variables.retrieve(name)).value()).isEqualTo("one");
				await(variables.update(name, "two"));
				await(variables.upload((variable) -> variable.variable(name, "three").override()));
				assertThat(await(variables.list().collectList())).filteredOn((variable) -> name.equals(variable.name()))
					.singleElement()
					.extracting(EnvVar::value)
					.isEqualTo("three");
			}
			finally {
				await(variables.delete(name));
			}
			assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> await(variables.retrieve(name)));
		}
	}

	@Test
	void projectsAndTheirEnvironments() {
		String ref = this.server.required("PROJECT_REF");
		ProjectOperations project = this.personal.project(ref);
		assertThat(await(this.personal.projects().list().collectList())).extracting(Project::externalRef).contains(ref);
		assertThat(await(project.retrieve()).externalRef()).isEqualTo(ref);
		assertThat(await(project.environments().collectList())).extracting(ProjectEnvironment::slug).contains("prod");
		optional("a worker in dev",
				() -> assertThat(await(project.worker(TriggerEnvironment.DEV)).tasks()).isNotEmpty());
		TriggerCredential key = await(project.access(TriggerEnvironment.PROD)).secretKey();
		assertThat(key.mode()).isEqualTo(AuthMode.SECRET_KEY);
		TriggerCredential token = await(project.token(TriggerEnvironment.PROD, List.of("read:runs")));
		assertThat(await(this.trigger.withCredential(token).runs().page(RunQuery.all()))).isNotNull();
	}

	@Test
	void branches() {
		ProjectOperations project = this.personal.project();
		String name = this.server.name("branch");
		optional("branches", () -> {
			await(project.branches().create(name));
			try {
				assertThat(await(project.branches().list().collectList())).extracting(Branch::name).contains(name);
				ProjectOperations branch = this.personal.withBranch(name).project();
				optional("pausing an environment", () -> {
					await(branch.pause(TriggerEnvironment.PREVIEW));
					await(branch.resume(TriggerEnvironment.PREVIEW));
				});
				await(branch.envVars(TriggerEnvironment.PREVIEW).create("TOUR", "branch"));
				assertThat(await(branch.envVars(TriggerEnvironment.PREVIEW).retrieve("TOUR")).value())
					.isEqualTo("branch");
				await(branch.envVars(TriggerEnvironment.PREVIEW).delete("TOUR"));
			}
			finally {
				await(project.branches().archive(name));
			}
		});
	}

	@Test
	void previewBranch() {
		TriggerOperations preview = this.server.client("PREVIEW_KEY");
		String branch = this.server.variable("PREVIEW_BRANCH");
		Assumptions.assumeTrue(preview != null && branch != null, "there is no preview key and branch");
		assertThatExceptionOfType(PreviewBranchRequiredException.class)
			.isThrownBy(() -> await(preview.queues().page(PageQuery.first())));
		assertThat(await(preview.withBranch(branch).queues().page(PageQuery.first()))).isNotNull();
	}

	@Test
	void queues() {
		Queue queue = await(this.trigger.queues().retrieve(QueueAddress.ofTask(this.task.id())));
		QueueAddress address = QueueAddress.id(queue.id());
		assertThat(await(this.trigger.queues().list().map(Queue::id).collectList())).contains(queue.id());
		assertThat(await(this.trigger.queues().metrics(QueueAddress.ofTask(this.task.id()))).queue())
			.isEqualTo("task/" + this.task.id());
		assertThat(await(this.trigger.queues().pause(address)).paused()).isTrue();
		assertThat(await(this.trigger.queues().resume(address)).paused()).isFalse();
		assertThat(await(this.trigger.queues().overrideConcurrencyLimit(address, 3)).concurrencyLimit()).isEqualTo(3);
		assertThat(await(this.trigger.queues().resetConcurrencyLimit(address)).id()).isEqualTo(queue.id());
	}

	@Test
	void concurrencyLimits() {
		optional("concurrency limits", () -> {
			ConcurrencyLimitOperations limits = this.trigger.concurrencyLimits();
			ConcurrencyLimit limit = await(
					limits.list().filter((candidate) -> TourServer.MARK.equals(candidate.name())).next());
			optional("a concurrency limit called tour", limit, () -> {
				await(limits.override(TourServer.MARK, (override) -> override.perKey(5)));
				assertThat(await(limits.retrieve(TourServer.MARK)).perKey().current()).isEqualTo(5);
				await(limits.reset(TourServer.MARK));
				assertThat(await(limits.pause(TourServer.MARK)).paused()).isTrue();
				assertThat(await(limits.resume(TourServer.MARK)).paused()).isFalse();
			});
		});
	}

	@Test
	void waitpointTokens() {
		String tag = this.server.name("token");
		WaitpointOptions options = WaitpointOptions
			.of((token) -> token.timeout(Duration.ofHours(1)).idempotencyKey(tag).tags(tag));
		WaitpointHandle token = await(this.trigger.waitpoints().create(options));
		assertThat(await(this.trigger.waitpoints().create(options)).id()).isEqualTo(token.id());
		await(this.trigger.waitpoints().complete(token.id(), Map.of("approved", true)));
		Waitpoint completed = await(this.trigger.waitpoints().retrieve(token.id()));
		assertThat(completed.status()).isEqualTo(WaitpointStatus.COMPLETED);
		assertThat(completed.output().path("approved").asBoolean()).isTrue();
		eventually(() -> assertThat(
				await(this.trigger.waitpoints().list((query) -> query.tags(tag)).map(Waitpoint::id).collectList()))
			.containsExactly(token.id()));
		WaitpointHandle called = await(this.trigger.waitpoints().create(WaitpointOptions.defaults()));
		String hash = called.url().substring(called.url().lastIndexOf('/') + 1);
		await(this.trigger.waitpoints().completeByCallback(called.id(), hash, Map.of("approved", false)));
		assertThat(await(this.trigger.waitpoints().awaitCompletion(called.id(), Polling.defaults())).output())
			.hasToString("{\"approved\":false}");
	}

	@Test
	void largeResultOfATokenIsDownloaded() {
		WaitpointHandle token = await(this.trigger.waitpoints().create(WaitpointOptions.defaults()));
		String text = "0123456789".repeat(70_000);
		await(this.trigger.waitpoints().complete(token.id(), Map.of("text", text)));
		assertThat(await(this.trigger.waitpoints().retrieve(token.id())).output().path("text").stringValue())
			.isEqualTo(text);
		assertThat(await(this.trigger.waitpoints().awaitCompletion(token.id())).output().path("text").stringValue())
			.isEqualTo(text);
	}

	@Test
	void deployments() {
		DeploymentOperations deployments = this.trigger.deployments();
		Deployment any = await(deployments.list(DeploymentQuery.all()).next());
		optional("a deployment", any, () -> {
			assertThat(await(deployments.retrieve(any.id())).id()).isEqualTo(any.id());
			// a server knows of no latest one unless it was built elsewhere
			refusable(deployments.latest());
			optional("the current deployment", () -> {
				Deployment current = await(deployments.current());
				// to promote the current one changes nothing
				assertThatExceptionOfType(BadRequestException.class)
					.isThrownBy(() -> await(deployments.promote(current.version())));
			});
		});
	}

	@Test
	void query() {
		optional("query", () -> {
			TriggerQuery query = TriggerQuery.of("SELECT run_id, status FROM runs LIMIT 2")
				.with((options) -> options.within(Duration.ofDays(1)));
			assertThat(await(this.trigger.query().execute(query))).hasSizeLessThanOrEqualTo(2);
			assertThat(await(this.trigger.query().executeCsv(query).defaultIfEmpty(""))).isNotNull();
			assertThat(await(this.trigger.query().schema())).isNotNull();
		});
		optional("dashboards", () -> {
			DashboardOperations dashboards = this.trigger.query().dashboards();
			DashboardWidget widget = DashboardWidget.table("Runs", "SELECT run_id FROM runs LIMIT 1");
			DashboardOptions options = DashboardOptions
				.of((values) -> values.title(this.server.name("dashboard")).widgets(widget));
			Dashboard dashboard = await(dashboards.create(options));
			try {
				assertThat(await(dashboards.list().collectList())).isNotEmpty();
				String created = dashboard.revision();
				dashboard = await(
						dashboards.replace(dashboard.id(), options.with((values) -> values.revision(created))));
				String replaced = dashboard.revision();
				dashboard = await(dashboards.update(dashboard.id(),
						(values) -> values.title(this.server.name("renamed")).revision(replaced)));
				var added = await(dashboards.addWidget(dashboard.id(), widget, dashboard.revision()));
				dashboard = await(dashboards.updateWidget(dashboard.id(), added.widgetId(), widget,
						added.dashboard().revision()));
				await(dashboards.deleteWidget(dashboard.id(), added.widgetId(), dashboard.revision()));
				assertThat(await(dashboards.retrieve(dashboard.id())).widgets()).hasSize(1);
			}
			finally {
				await(dashboards.delete(dashboard.id()));
			}
		});
		// a server may keep its reports from secret keys
		await(this.trigger.query().report("runs").onErrorResume(PermissionDeniedException.class, (ex) -> Mono.empty()));
	}

	@Test
	void errors() {
		optional("errors", () -> {
			String failing = TourServer.MARK + "-fails";
			if (!this.server.isLive()) {
				RunHandle<Void> run = await(
						this.trigger.tasks().trigger(TaskType.of(failing, Map.class, Void.class), Map.of()));
				assertThat(await(this.trigger.runs().awaitCompletion(run.id())).isFailed()).isTrue();
			}
			ErrorGroup error = await(this.trigger.errors().list((query) -> query.taskIdentifiers(failing)).next());
			optional("an error of a task called tour-fails", error, () -> {
				assertThat(await(this.trigger.errors().retrieve(error.id())).id()).isEqualTo(error.id());
				assertThat(await(this.trigger.errors().resolve(error.id())).status()).hasToString("resolved");
				assertThat(await(this.trigger.errors().ignore(error.id(), IgnoreOptions.forever())).status())
					.hasToString("ignored");
				assertThat(await(this.trigger.errors().unresolve(error.id())).status()).hasToString("unresolved");
			});
		});
	}

	@Test
	void sessions() {
		optional("sessions", () -> {
			String id = this.server.name("session");
			StartedSession started = await(this.trigger.sessions()
				.start((session) -> session.type("tour")
					.taskIdentifier(this.task.id())
					.basePayload(Map.of("hello", "session"))
					.externalId(id)));
			assertThat(await(this.trigger.sessions().retrieve(id)).id()).isEqualTo(started.session().id());
			assertThat(await(this.trigger.sessions().update(id, (session) -> session.tags(List.of("tour")))).tags())
				.containsExactly("tour");
			await(this.trigger.sessions().send(id, Map.of("text", "hi")));
			eventually(() -> assertThat(
					await(this.trigger.sessions().list((query) -> query.externalId(id)).map(Session::id).collectList()))
				.containsExactly(started.session().id()));
			assertThat(await(this.trigger.sessions().close(id, "done")).isClosed()).isTrue();
		});
	}

	@Test
	void prompts() {
		optional("prompts", () -> {
			PromptOperations prompts = this.trigger.prompts();
			PromptSummary prompt = await(prompts.list().collectList()).stream()
				.filter((candidate) -> TourServer.MARK.equals(candidate.slug()))
				.findFirst()
				.orElse(null);
			optional("a prompt called tour", prompt, () -> {
				assertThat(await(prompts.resolve(TourServer.MARK, Map.of("name", "Ada"))).text()).contains("Ada");
				int override = await(
						prompts.createOverride(TourServer.MARK, (values) -> values.textContent("Hey {{name}}")));
				await(prompts.updateOverride(TourServer.MARK, (values) -> values.textContent("Hi {{name}}")));
				assertThat(await(prompts.versions(TourServer.MARK).collectList())).extracting(PromptVersion::version)
					.contains(override);
				await(prompts.removeOverride(TourServer.MARK));
				await(prompts.reactivateOverride(TourServer.MARK, override));
				await(prompts.removeOverride(TourServer.MARK));
				refusable(prompts.promote(TourServer.MARK, prompt.currentVersion()));
			});
		});
	}

	@Test
	void publicTokens() {
		PublicTokenOptions options = PublicTokenOptions.of((token) -> token.readAll(TokenResource.RUNS));
		String token = await(this.trigger.publicTokens().createPublicToken(options));
		TriggerOperations reader = this.trigger.withCredential(TriggerCredential.of(token));
		assertThat(await(reader.runs().page(RunQuery.all()))).isNotNull();
		assertThatExceptionOfType(TriggerException.class)
			.isThrownBy(() -> await(reader.schedules().page(PageQuery.first())));
		String once = await(this.trigger.publicTokens().createTriggerToken(this.task.id()));
		assertThat(await(this.trigger.withCredential(TriggerCredential.of(once))
			.tasks()
			.trigger(this.task, Map.of("hello", "token"))).id()).startsWith("run_");
		TriggerOperations additional = this.server.client("ADDITIONAL_KEY");
		optional("an additional key: set TRIGGER_LIVE_ADDITIONAL_KEY", additional, () -> {
			String minted = await(additional.publicTokens().createPublicToken(options));
			assertThat(await(this.trigger.withCredential(TriggerCredential.of(minted)).runs().page(RunQuery.all())))
				.isNotNull();
		});
	}

	@Test
	void webhooks() {
		optional("webhooks", () -> {
			WebhookOperations webhooks = this.trigger.webhooks();
			WebhookEndpoint endpoint = await(webhooks.endpoints()
				.list()
				.filter((candidate) -> TourServer.MARK.equals(candidate.declaredId()))
				.next());
			optional("a webhook endpoint called tour", endpoint, () -> {
				assertThat(await(webhooks.endpoints().retrieve(endpoint.id())).id()).isEqualTo(endpoint.id());
				await(webhooks.endpoints().rotateSecret(endpoint.id()));
				await(webhooks.endpoints().setSecret(endpoint.id(), "whsec_" + this.server.name("secret")));
				WebhookWaiter waiter = await(webhooks.waiters().create(endpoint.id(), WebhookWaiterOptions.next()));
				await(webhooks.waiters().cancel(waiter.id()));
				WebhookDelivery delivery = await(webhooks.deliveries().list(WebhookDeliveryQuery.all()).next());
				optional("a webhook delivery", delivery, () -> {
					assertThat(await(webhooks.deliveries().retrieve(delivery.id())).id()).isEqualTo(delivery.id());
					await(webhooks.deliveries().replay(delivery.id()));
				});
			});
		});
	}

}
