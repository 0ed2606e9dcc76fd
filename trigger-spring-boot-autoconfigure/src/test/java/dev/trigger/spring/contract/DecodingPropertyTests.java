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

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.trigger.spring.batch.Batch;
import dev.trigger.spring.bulkaction.BulkAction;
import dev.trigger.spring.deployment.Deployment;
import dev.trigger.spring.envvar.EnvVar;
import dev.trigger.spring.errorgroup.ErrorGroup;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.page.NumberedPage;
import dev.trigger.spring.query.Dashboard;
import dev.trigger.spring.queue.ConcurrencyLimit;
import dev.trigger.spring.queue.Queue;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunSpan;
import dev.trigger.spring.run.RunSummary;
import dev.trigger.spring.schedule.Schedule;
import dev.trigger.spring.session.Session;
import dev.trigger.spring.waitpoint.Waitpoint;
import dev.trigger.spring.webhook.WebhookDelivery;
import dev.trigger.spring.webhook.WebhookEndpoint;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No response of a later or an earlier server breaks a read: whatever is added to a
 * recorded response, missing from it, {@code null} or called by a new name, as long as
 * what identifies a value is there.
 */
class DecodingPropertyTests {

	private static final String TOMORROW = "A_VALUE_OF_TOMORROW";

	private static final Map<String, Type> TYPES = Map.ofEntries(Map.entry("runs.retrieve", Run.class),
			Map.entry("runs.span", RunSpan.class), Map.entry("runs.bulk.retrieve", BulkAction.class),
			Map.entry("batch.retrieve", Batch.class), Map.entry("schedules.retrieve", Schedule.class),
			Map.entry("queues.retrieve", Queue.class), Map.entry("concurrencyLimits.retrieve", ConcurrencyLimit.class),
			Map.entry("deployments.retrieveCurrent", Deployment.class), Map.entry("errors.retrieve", ErrorGroup.class),
			Map.entry("query.dashboards.retrieve", Dashboard.class), Map.entry("sessions.retrieve", Session.class),
			Map.entry("envvars.retrieve", EnvVar.class),
			Map.entry("webhooks.endpoints.retrieve", WebhookEndpoint.class),
			Map.entry("webhooks.deliveries.retrieve", WebhookDelivery.class),
			Map.entry("runs.list", new ParameterizedTypeReference<CursorPage<RunSummary>>() {
			}.getType()), Map.entry("wait.listTokens", new ParameterizedTypeReference<CursorPage<Waitpoint>>() {
			}.getType()), Map.entry("schedules.list", new ParameterizedTypeReference<NumberedPage<Schedule>>() {
			}.getType()));

	private static final Map<String, List<JsonNode>> SAMPLES = samples();

	@Property(tries = 3000)
	void changedResponseIsRead(@ForAll("operations") String operation, @ForAll Random random) {
		List<JsonNode> samples = SAMPLES.get(operation);
		JsonNode response = samples.get(random.nextInt(samples.size())).deepCopy();
		change(response, random);
		assertThat(read(operation, response)).isNotNull();
	}

	@Property(tries = 300)
	void newValueSurvives(@ForAll Random random) {
		List<JsonNode> samples = SAMPLES.get("runs.retrieve");
		ObjectNode response = (ObjectNode) samples.get(random.nextInt(samples.size())).deepCopy();
		String status = TOMORROW + random.nextInt(1000);
		response.put("status", status);
		response.putNull("finishedAt");
		Run run = (Run) read("runs.retrieve", response);
		assertThat(run.status().value()).isEqualTo(status);
		assertThat(run.finishedAt()).isNull();
	}

	@Provide
	Arbitrary<String> operations() {
		return Arbitraries.of(SAMPLES.keySet());
	}

	private static Object read(String operation, JsonNode response) {
		return TriggerJson.shared().read(response.toString().getBytes(StandardCharsets.UTF_8), TYPES.get(operation));
	}

	private static void change(JsonNode node, Random random) {
		if (node instanceof ArrayNode array) {
			array.forEach((element) -> change(element, random));
		}
		else if (node instanceof ObjectNode object) {
			for (String name : List.copyOf(object.propertyNames())) {
				JsonNode value = object.get(name);
				boolean essential = LenientDecodingTests.ESSENTIAL.contains(name);
				switch (essential ? Integer.MAX_VALUE : random.nextInt(12)) {
					case 0 -> object.remove(name);
					case 1 -> object.putNull(name);
					case 2 -> {
						if (List.of("status", "type", "machine").contains(name) && value.isString()) {
							object.put(name, TOMORROW);
						}
					}
					default -> {
						// the headers of a webhook are its sender's, not the API's
						if (!name.equals("headers")) {
							change(value, random);
						}
					}
				}
			}
			if (random.nextBoolean()) {
				object.set("x" + random.nextInt(), unknown(random, 4));
			}
		}
	}

	private static JsonNode unknown(Random random, int depth) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		return switch (random.nextInt((depth > 0) ? 6 : 4)) {
			case 0 -> nodes.nullNode();
			case 1 -> nodes.numberNode(random.nextDouble());
			case 2 -> nodes.stringNode(TOMORROW);
			case 3 -> nodes.booleanNode(true);
			case 4 -> nodes.arrayNode().add(unknown(random, depth - 1)).add(unknown(random, depth - 1));
			default -> nodes.objectNode().set("deeper", unknown(random, depth - 1));
		};
	}

	private static Map<String, List<JsonNode>> samples() {
		Map<String, List<JsonNode>> samples = new TreeMap<>();
		for (String folder : List.of("wire", "server")) {
			Contract.cases(folder).forEach((recording) -> add(samples, recording));
		}
		assertThat(samples).isNotEmpty();
		return samples;
	}

	private static void add(Map<String, List<JsonNode>> samples, JsonNode recording) {
		String operation = recording.path("operation").asString("");
		List<JsonNode> responses = new ArrayList<>(recording.path("responses").values());
		responses.add(recording.path("response"));
		for (JsonNode response : responses) {
			JsonNode body = response.path("body");
			if (TYPES.containsKey(operation) && response.path("status").asInt() == 200 && body.isObject()) {
				samples.computeIfAbsent(operation, (name) -> new ArrayList<>()).add(body);
			}
		}
	}

}
