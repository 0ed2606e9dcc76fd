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

package com.example.recipes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;

import com.example.recipes.Approvals.Article;
import com.example.recipes.CatalogImport.Product;
import com.example.recipes.OrderListener.OrderPlaced;
import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.RecordedRequest;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.bulkaction.BulkAction;
import dev.trigger.spring.envvar.EnvVar;
import dev.trigger.spring.exception.PermissionDeniedException;
import dev.trigger.spring.realtime.RealtimeOperations;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.schedule.Schedule;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Runs the recipes of {@code docs/RECIPES.md}.
 */
@SpringBootTest
@AutoConfigureTriggerEmulator
class RecipesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TaskType<String, String> ANY = TaskType.of("report", String.class, String.class);

	@Autowired
	private TriggerEmulator emulator;

	@Autowired
	private TriggerOperations trigger;

	@BeforeEach
	void tasks() {
		this.emulator.task("report", String.class, (day) -> "report of " + day);
		this.emulator.task("confirm-order", OrderPlaced.class, (order) -> null);
		this.emulator.task("import-product", Product.class, (product) -> null);
		this.emulator.scheduledTask("daily-digest");
	}

	@Test
	void failedRunsAreReplayed(@Autowired FailedRuns failedRuns) {
		this.emulator.task("fails", String.class, (payload) -> {
			throw new IllegalStateException("no luck");
		});
		trigger("fails");
		this.emulator.awaitIdle();
		LocalDate day = LocalDate.ofInstant(this.emulator.now(), ZoneOffset.UTC);
		BulkAction action = failedRuns.replayFailedRunsOf(day, ZoneOffset.UTC).block(PATIENCE);
		assertThat(action.counts().success()).isOne();
		assertThat(this.emulator).hasTriggered("fails").times(2);
		assertThat(failedRuns.replayFailedRunsOf(day.minusDays(1), ZoneOffset.UTC).block(PATIENCE).counts().total())
			.isZero();
	}

	@Test
	void queuedRunsWithATagAreCanceled(@Autowired QueuedRuns queuedRuns) {
		TaskType<String, String> undeployed = TaskType.of("undeployed", String.class, String.class);
		this.trigger.tasks().trigger(undeployed, "a", (options) -> options.tags("tenant:1")).block(PATIENCE);
		this.trigger.tasks().trigger(undeployed, "b", (options) -> options.tags("tenant:2")).block(PATIENCE);
		queuedRuns.cancelQueuedRunsWith("tenant:1").block(PATIENCE);
		assertThat(this.emulator.runs()).extracting(EmulatedRun::status)
			.containsExactlyInAnyOrder("CANCELED", "QUEUED");
	}

	@Test
	void variablesAreUploadedToAPreviewBranch(@Autowired PreviewVariables variables, @TempDir Path folder)
			throws Exception {
		this.emulator.previewBranch("feature-x");
		Path file = Files.writeString(folder.resolve(".env"),
				"# local\nexport GREETING=\"hello\nworld\" # two lines\n");
		TriggerOperations preview = this.trigger.withBranch("feature-x");
		variables.upload(file, "feature-x").block(PATIENCE);
		List<EnvVar> uploaded = preview.project(this.emulator.projectRef())
			.envVars(TriggerEnvironment.PREVIEW)
			.list()
			.collectList()
			.block(PATIENCE);
		assertThat(uploaded).extracting(EnvVar::name, EnvVar::value).containsExactly(tuple("GREETING", "hello\nworld"));
	}

	@Test
	void eachUserHasOneScheduleInTheirZone(@Autowired DigestSchedules schedules) {
		schedules.everyMorning("ada", ZoneId.of("Europe/London")).block(PATIENCE);
		Schedule moved = schedules.everyMorning("ada", ZoneId.of("Asia/Tokyo")).block(PATIENCE);
		assertThat(moved.timezone()).isEqualTo("Asia/Tokyo");
		assertThat(this.trigger.schedules().list().collectList().block(PATIENCE)).hasSize(1);
		schedules.stop("ada").block(PATIENCE);
		assertThat(this.trigger.schedules().list().collectList().block(PATIENCE)).isEmpty();
	}

	@Test
	void aBrowserFollowsOneRunByItself(@Autowired BrowserTokens tokens) {
		this.emulator.task("import-file", String.class, (file, context) -> {
			context.metadata().set("rows", 100);
			return "done";
		});
		String runId = trigger("import-file");
		String other = trigger("report");
		String token = tokens.token(runId).block(PATIENCE).publicAccessToken();
		RealtimeOperations browser = this.trigger.withCredential(TriggerCredential.of(token)).realtime();
		RealtimeRun last = browser.run(runId).blockLast(PATIENCE);
		assertThat(last.metadata()).hasToString("{\"rows\":100}");
		assertThat(last.columns()).doesNotContainKeys("payload", "output");
		assertThatExceptionOfType(PermissionDeniedException.class)
			.isThrownBy(() -> browser.run(other).blockLast(PATIENCE));
	}

	@Test
	void aTokenIsCompletedByAPerson(@Autowired Approvals approvals) {
		String tokenId = approvals.publish("42").block(PATIENCE);
		assertThat(this.emulator).hasTriggered("publish-article").withPayload(new Article("42", tokenId)).once();
		approvals.decide(tokenId, true).block(PATIENCE);
		assertThat(this.trigger.waitpoints().retrieve(tokenId).block(PATIENCE).output())
			.hasToString("{\"approved\":true}");
	}

	@Test
	void tenThousandItemsReportTheirProgress(@Autowired CatalogImport catalogImport) {
		Flux<Product> products = Flux.range(1, 10_000).map((i) -> new Product("sku-" + i, "Product " + i));
		List<Integer> progress = catalogImport.importAll(products).collectList().block(Duration.ofMinutes(2));
		assertThat(progress).hasSize(10).endsWith(10_000);
		assertThat(this.emulator).hasTriggered("import-product").times(10_000);
	}

	@Test
	void blockingCallersGetTheOutput(@Autowired Reports reports) {
		assertThat(reports.report("2026-01-01")).isEqualTo("report of 2026-01-01");
		reports.nightly();
		reports.nightly();
		String yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
		assertThat(this.emulator).hasTriggered("report").withPayload(yesterday).once();
	}

	@Test
	void outputsOfABatchAreAwaited() {
		BatchHandle<String> batch = this.trigger.tasks().batchTrigger(ANY, List.of("a", "b")).blockLast(PATIENCE);
		assertThat(BatchOutputs.of(batch, this.trigger).collectList().block(PATIENCE))
			.containsExactlyInAnyOrder("report of a", "report of b");
	}

	@Test
	void valuesAreBoundToQueries() {
		trigger("report");
		assertThat(this.trigger.query().execute(RunsOfTask.of("report")).block(PATIENCE)).hasSize(1);
		assertThat(this.trigger.query().execute(RunsOfTask.of("' OR 1 = 1 OR '")).block(PATIENCE)).isEmpty();
	}

	@Test
	void listenersAreCalledWhenRunsAreOver(@Autowired RunListenerContainer listeners, @Autowired Archive archive)
			throws InterruptedException {
		await(() -> listeners.getStatistics().lastRead() != null);
		RunHandle<String> run = this.trigger.tasks().trigger(ANY, "today").block(PATIENCE);
		await(() -> archive.reports().contains(run.id() + ": report of today"));
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < end) {
			Thread.sleep(20);
		}
		assertThat(condition.getAsBoolean()).isTrue();
	}

	@Test
	void eventsTriggerTasks(@Autowired ApplicationEventPublisher events) {
		events.publishEvent(new OrderPlaced("7"));
		assertThat(this.emulator).hasTriggered("confirm-order").withPayload(new OrderPlaced("7")).once();
	}

	@Test
	void theTraceGoesOnInTheTask(@Autowired Tracer tracer) {
		Span span = tracer.nextSpan().name("checkout").start();
		Tracer.SpanInScope scope = tracer.withSpan(span);
		try {
			trigger("report");
		}
		finally {
			scope.close();
			span.end();
		}
		RecordedRequest request = this.emulator.requests("tasks.trigger").get(0);
		assertThat(request.header("traceparent")).startsWith("00-" + span.context().traceId());
	}

	private String trigger(String task) {
		return this.trigger.tasks().trigger(TaskType.of(task, String.class, String.class), "x").block(PATIENCE).id();
	}

}
