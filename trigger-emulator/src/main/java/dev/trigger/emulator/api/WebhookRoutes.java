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

package dev.trigger.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.Waitpoint;
import dev.trigger.emulator.state.WebhookDelivery;
import dev.trigger.emulator.state.WebhookEndpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Webhook endpoints, deliveries and waiters.
 */
final class WebhookRoutes {

	private static final String PATH = "/api/v1/webhooks";

	private static final List<String> STATUSES = List.of("pending", "processing", "succeeded", "failed", "filtered");

	private static final Duration PATIENCE = Duration.ofDays(1);

	private static final int PAGE_SIZE = 60;

	private static final TimedCursor<WebhookDelivery> CURSOR = new TimedCursor<>(WebhookDelivery::createdAt,
			(delivery) -> delivery.id().substring("whd_".length()));

	void addTo(Router router) {
		String endpoint = PATH + "/endpoints/{endpointId}";
		router.get("webhooks.endpoints.list", PATH + "/endpoints", this::listEndpoints).publicToken().cors();
		router.get("webhooks.endpoints.retrieve", endpoint, this::retrieveEndpoint).publicToken().cors();
		router.post("webhooks.endpoints.rotateSecret", endpoint + "/rotate-secret", this::rotateSecret)
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		for (String word : List.of("enable", "disable")) {
			router.post("webhooks.endpoints." + word, endpoint + "/" + word, (call) -> enable(call, word))
				.publicToken()
				.cors()
				.others(OtherMethods.REFUSED)
				.wrongMethod(405);
		}
		router.put("webhooks.endpoints.setSecret", endpoint + "/secret", this::setSecret);
		router.get("webhooks.deliveries.list", PATH + "/deliveries", this::listDeliveries).publicToken().cors();
		router.get("webhooks.deliveries.retrieve", PATH + "/deliveries/{deliveryId}", this::retrieveDelivery)
			.publicToken()
			.cors();
		router.post("webhooks.deliveries.replay", PATH + "/deliveries/{deliveryId}/replay", this::replay)
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.post("webhooks.waiter.create", endpoint + "/waiters", this::createWaiter);
		router.post("webhooks.waiter.cancel", PATH + "/waiters/{waiterId}/cancel", this::cancelWaiter);
	}

	private EmulatorResponse listEndpoints(ApiCall call) {
		call.authorize("read", "webhooks");
		List<String> names = call.request().queryList("filter[webhook]");
		return EmulatorResponse.ok(JsonBody.of("data",
				call.environment()
					.all(WebhookEndpoint.class)
					.values()
					.stream()
					.filter((endpoint) -> names.isEmpty() || names.contains(endpoint.declaredId()))
					.sorted(Comparator.comparing(WebhookEndpoint::declaredId))
					.map((endpoint) -> json(call, endpoint))
					.toList()));
	}

	private EmulatorResponse retrieveEndpoint(ApiCall call) {
		WebhookEndpoint endpoint = call.environment().find(WebhookEndpoint.class, call.variable("endpointId"));
		if (endpoint == null) {
			throw ApiCall.notFound(false);
		}
		call.authorize("read", "webhooks");
		return EmulatorResponse.ok(json(call, endpoint).with("subscribers", List.of()).with("setupPrompt", ""));
	}

	private EmulatorResponse enable(ApiCall call, String word) {
		call.authorize("write", "webhooks");
		WebhookEndpoint endpoint = endpoint(call);
		endpoint.setEnabled(word.equals("enable"), call.now());
		return EmulatorResponse.ok(json(call, endpoint));
	}

	private EmulatorResponse rotateSecret(ApiCall call) {
		call.authorize("write", "webhooks");
		WebhookEndpoint endpoint = endpoint(call);
		String secret = "whsec_"
				+ Stream.generate(() -> call.state().ids().hex(16)).limit(4).collect(Collectors.joining());
		endpoint.setSecret(secret, call.now());
		JsonNode ttl = call.lenientJson().get("previousSecretTtlSeconds");
		return EmulatorResponse.ok(JsonBody.of("id", endpoint.id())
			.with("secretSet", true)
			.with("secret", secret)
			.maybe("previousSecretExpiresAt",
					(ttl != null && ttl.isNumber()) ? call.now().plusSeconds(ttl.longValue()) : null));
	}

	private EmulatorResponse setSecret(ApiCall call) {
		Issues issues = new Issues();
		String secret = new Input(call.json(), issues).requiredString("secret");
		issues.refuse();
		WebhookEndpoint endpoint = endpoint(call);
		endpoint.setSecret(secret, call.now());
		return EmulatorResponse.ok(JsonBody.of("id", endpoint.id()).with("secretSet", true));
	}

	private EmulatorResponse listDeliveries(ApiCall call) {
		Issues issues = new Issues();
		int size = OrderedPages.size(call.request(), PAGE_SIZE, issues);
		List<String> statuses = ErrorRoutes.statuses(call, STATUSES, "pending, processing, succeeded, failed", issues);
		Instant from = RunFilter.date(call.request(), "filter[from]", issues);
		Instant to = RunFilter.date(call.request(), "filter[to]", issues);
		issues.refuseQuery();
		call.authorize("read", "webhooks");
		Duration period = Periods.parse(call.query("filter[period]"));
		Instant since = (period != null && !period.isZero()) ? call.now().minus(period) : null;
		List<String> webhooks = call.request().queryList("filter[webhook]");
		// the name on newer servers, which also accept identifiers
		List<String> endpoints = call.request().queryList("filter[endpoint]");
		List<WebhookDelivery> deliveries = new ArrayList<>(call.environment().all(WebhookDelivery.class).values());
		// what arrived was delivered
		deliveries.removeIf((delivery) -> (!statuses.isEmpty() && !statuses.contains("succeeded"))
				|| (!webhooks.isEmpty() && !webhooks.contains(delivery.endpoint().declaredId()))
				|| (!endpoints.isEmpty() && !endpoints.contains(delivery.endpoint().declaredId())
						&& !endpoints.contains(delivery.endpoint().id()))
				|| (since != null && delivery.createdAt().isBefore(since))
				|| (from != null && delivery.createdAt().isBefore(from))
				|| (to != null && delivery.createdAt().isAfter(to)));
		Comparator<WebhookDelivery> oldestFirst = Comparator.comparing(WebhookDelivery::createdAt)
			.thenComparing(WebhookDelivery::id);
		deliveries.sort(oldestFirst.reversed());
		ToIntFunction<WebhookDelivery> place = CURSOR.comparison(OrderedPages.cursorOf(call));
		return EmulatorResponse
			.ok(new OrderedPages<WebhookDelivery>(CURSOR::of, WebhookRoutes::json, true, true).page(call, deliveries,
					size, (delivery) -> place.applyAsInt(delivery) < 0, (delivery) -> place.applyAsInt(delivery) > 0));
	}

	private EmulatorResponse retrieveDelivery(ApiCall call) {
		WebhookDelivery delivery = call.environment().find(WebhookDelivery.class, call.variable("deliveryId"));
		if (delivery == null) {
			throw ApiCall.notFound(false);
		}
		call.authorize("read", "webhooks");
		return EmulatorResponse.ok(json(delivery).with("idempotencyKey", delivery.externalId())
			.with("event", delivery.event())
			.with("headers", new JsonBody())
			.with("rawBodyHash", null)
			.with("error", null)
			.with("filterReason", null)
			.with("targets", List.of())
			.with("updatedAt", delivery.createdAt()));
	}

	private EmulatorResponse replay(ApiCall call) {
		call.authorize("write", "webhooks");
		WebhookDelivery old = delivery(call);
		WebhookDelivery delivery = WebhookDelivery.add(call.state(), call.environment(), old.endpoint(),
				old.externalId(), old.event(), old.id());
		return EmulatorResponse.ok(JsonBody.of("deliveryId", delivery.id()).with("replayedFrom", old.id()));
	}

	private EmulatorResponse createWaiter(ApiCall call) {
		JsonNode body = call.json();
		String declaredId = call.variable("endpointId");
		WebhookEndpoint endpoint = call.environment()
			.all(WebhookEndpoint.class)
			.values()
			.stream()
			.filter((candidate) -> candidate.declaredId().equals(declaredId) || candidate.id().equals(declaredId))
			.findFirst()
			.orElseThrow(() -> new ResponseException(EmulatorResponse.json(404,
					JsonBody.of("error", "Webhook endpoint not found").with("code", "webhook_endpoint_not_found"))));
		NewToken waiter = NewToken.create(call, body, PATIENCE);
		// what matches by its content comes to the one address of the endpoint
		return EmulatorResponse.ok(JsonBody.of("id", waiter.waitpoint().id())
			.maybe("url", body.has("match") ? null : url(call, endpoint))
			.with("expiresAt", waiter.waitpoint().timeoutAt())
			.with("isCached", waiter.cached()));
	}

	private EmulatorResponse cancelWaiter(ApiCall call) {
		Waitpoint waiter = call.environment().find(Waitpoint.class, call.variable("waiterId"));
		if (waiter == null) {
			throw new ResponseException(404, "Waiter not found");
		}
		boolean waiting = waiter.status().equals("WAITING");
		waiter.timeOut(call.now());
		return EmulatorResponse.ok(JsonBody.of("cancelled", waiting));
	}

	private static WebhookEndpoint endpoint(ApiCall call) {
		WebhookEndpoint endpoint = call.environment().find(WebhookEndpoint.class, call.variable("endpointId"));
		if (endpoint == null) {
			throw new ResponseException(404, "Not found");
		}
		return endpoint;
	}

	private static WebhookDelivery delivery(ApiCall call) {
		WebhookDelivery delivery = call.environment().find(WebhookDelivery.class, call.variable("deliveryId"));
		if (delivery == null) {
			throw new ResponseException(404, "Not found");
		}
		return delivery;
	}

	/**
	 * Write an endpoint as older servers do, and with what newer ones name otherwise.
	 */
	private static JsonBody json(ApiCall call, WebhookEndpoint endpoint) {
		return JsonBody.of("id", endpoint.id())
			.with("webhook", endpoint.declaredId())
			.with("declaredId", endpoint.declaredId())
			.with("source", endpoint.source())
			.with("status", endpoint.isEnabled() ? "active" : "inactive")
			.with("secretProvisioning", "either")
			.with("secretSet", endpoint.hasSecret())
			.with("tenantId", null)
			.with("externalRef", null)
			.with("url", url(call, endpoint))
			.with("createdAt", endpoint.createdAt())
			.with("updatedAt", endpoint.updatedAt());
	}

	private static JsonBody json(WebhookDelivery delivery) {
		return JsonBody.of("id", delivery.id())
			.with("webhook", delivery.endpoint().declaredId())
			.with("endpoint",
					JsonBody.of("id", delivery.endpoint().id()).with("declaredId", delivery.endpoint().declaredId()))
			.with("status", "succeeded")
			.with("externalDeliveryId", delivery.externalId())
			.with("isTest", false)
			.with("runId", null)
			.with("createdAt", delivery.createdAt())
			.with("processedAt", delivery.createdAt());
	}

	private static String url(ApiCall call, WebhookEndpoint endpoint) {
		return call.state().apiUrl() + "/webhooks/" + endpoint.id();
	}

}
