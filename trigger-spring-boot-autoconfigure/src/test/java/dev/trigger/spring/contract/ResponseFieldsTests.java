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

package dev.trigger.spring.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.trigger.spring.batch.Batch;
import dev.trigger.spring.batch.StreamedItems;
import dev.trigger.spring.bulkaction.BulkAction;
import dev.trigger.spring.deployment.Deployment;
import dev.trigger.spring.envvar.EnvVar;
import dev.trigger.spring.prompt.PromptSummary;
import dev.trigger.spring.prompt.PromptVersion;
import dev.trigger.spring.prompt.ResolvedPrompt;
import dev.trigger.spring.query.Dashboard;
import dev.trigger.spring.queue.ConcurrencyLimit;
import dev.trigger.spring.queue.Queue;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunResult;
import dev.trigger.spring.run.RunSpan;
import dev.trigger.spring.run.RunSummary;
import dev.trigger.spring.run.TracePage;
import dev.trigger.spring.schedule.Schedule;
import dev.trigger.spring.session.Session;
import dev.trigger.spring.session.StartedSession;
import dev.trigger.spring.waitpoint.Waitpoint;
import dev.trigger.spring.webhook.WebhookDelivery;
import dev.trigger.spring.webhook.WebhookEndpoint;
import dev.trigger.spring.webhook.WebhookReplay;
import dev.trigger.spring.webhook.WebhookWaiter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the official client knows of a response is a component of the type that
 * it is read as: a field that was forgotten would be lost silently.
 */
class ResponseFieldsTests {

	/**
	 * Fields that are left out, each with its reason.
	 */
	private static final Map<String, String> LEFT_OUT = Map.of("outputType",
			"how an output is encoded, which is decoded already", "retry",
			"when the machine that executes the run tries again", "skippedRetrying",
			"whether that machine tries again");

	static Stream<Arguments> responses() {
		return Stream.of(Arguments.of("RunListPage", "data[].", RunSummary.class),
				Arguments.of("RetrieveRunResponse", "", Run.class),
				Arguments.of("RetrieveBatchV2Response", "", Batch.class),
				Arguments.of("StreamBatchItemsResponse", "", StreamedItems.class),
				Arguments.of("TaskRunExecutionResult", "", RunResult.class),
				Arguments.of("TaskRunExecutionResult(ok=false)", "", RunResult.class),
				Arguments.of("RetrieveRunTracePageResponseBody", "", TracePage.class),
				Arguments.of("RetrieveSpanDetailResponseBody", "", RunSpan.class),
				Arguments.of("BulkActionPage", "data[].", BulkAction.class),
				Arguments.of("BulkActionObject", "", BulkAction.class),
				Arguments.of("SchedulePage", "data[].", Schedule.class),
				Arguments.of("ScheduleObject", "", Schedule.class),
				Arguments.of("EnvironmentVariableWithSecret", "", EnvVar.class),
				Arguments.of("QueuePage", "data[].", Queue.class), Arguments.of("QueueItem", "", Queue.class),
				Arguments.of("ConcurrencyLimitPage", "data[].", ConcurrencyLimit.class),
				Arguments.of("ConcurrencyLimitItem", "", ConcurrencyLimit.class),
				Arguments.of("WaitpointTokenPage", "data[].", Waitpoint.class),
				Arguments.of("WaitpointRetrieveTokenResponse", "", Waitpoint.class),
				Arguments.of("DeploymentPage", "data[].", Deployment.class),
				Arguments.of("RetrieveCurrentDeploymentResponseBody", "", Deployment.class),
				Arguments.of("DashboardObject", "", Dashboard.class),
				Arguments.of("CreatedSessionResponseBody", "", StartedSession.class),
				Arguments.of("SessionPage", "data[].", Session.class),
				Arguments.of("RetrieveSessionResponseBody", "", Session.class),
				Arguments.of("ResolvePromptResponseBody", "data.", ResolvedPrompt.class),
				Arguments.of("ListPromptsResponseBody", "data[].", PromptSummary.class),
				Arguments.of("ListPromptVersionsResponseBody", "data[].", PromptVersion.class),
				Arguments.of("CreateWebhookWaiterResponseBody", "", WebhookWaiter.class),
				Arguments.of("ListWebhookEndpointsResponse", "data[].", WebhookEndpoint.class),
				Arguments.of("WebhookEndpointDetailObject", "", WebhookEndpoint.class),
				Arguments.of("ListWebhookDeliveriesResponse", "data[].", WebhookDelivery.class),
				Arguments.of("WebhookDeliveryObject", "", WebhookDelivery.class),
				Arguments.of("ReplayWebhookDeliveryResponse", "", WebhookReplay.class));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("responses")
	void eachFieldIsAComponent(String schema, String prefix, Class<?> type) {
		List<String> fields = new ArrayList<>();
		for (JsonNode row : Contract.leniency().path(schema).path("rows")) {
			String field = row.path("field").stringValue();
			if (field.startsWith(prefix) && field.length() > prefix.length()) {
				fields.add(field.substring(prefix.length()));
			}
		}
		assertThat(fields).isNotEmpty()
			.allSatisfy(
					(field) -> assertThat(LEFT_OUT.containsKey(field.split("\\.")[0]) || isRead(type, field)).as(field)
						.isTrue());
	}

	private static boolean isRead(@Nullable Type type, String field) {
		for (String name : field.split("\\.")) {
			Map<String, Type> components = components(type);
			if (components == null) {
				// whatever it is, it is kept as JSON or as a value of its own
				return true;
			}
			type = components.get(name.replace("[]", ""));
			if (type == null) {
				return false;
			}
			if (type instanceof ParameterizedType list && name.endsWith("[]")) {
				type = list.getActualTypeArguments()[0];
			}
		}
		return true;
	}

	private static @Nullable Map<String, Type> components(@Nullable Type type) {
		if (!(type instanceof Class<?> record) || !record.isRecord()
				|| !record.getName().startsWith("dev.trigger.spring")) {
			return null;
		}
		Map<String, Type> components = new TreeMap<>();
		for (RecordComponent component : record.getRecordComponents()) {
			JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
			JsonAlias alias = component.getAccessor().getAnnotation(JsonAlias.class);
			Type componentType = component.getGenericType();
			components.put(component.getName(), componentType);
			if (property != null) {
				components.put(property.value(), componentType);
			}
			if (alias != null) {
				Arrays.stream(alias.value()).forEach((name) -> components.put(name, componentType));
			}
			if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
				components.putAll(components(componentType));
			}
		}
		return components;
	}

}
