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

package dev.trigger.spring.webhook;

import java.time.Duration;
import java.time.Instant;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WebhookOperations}, with a server on loopback.
 */
class WebhookOperationsTests {

	private final LoopbackServer server = new LoopbackServer();

	private final WebhookOperations webhooks = WebhookOperations.create(http());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void deliveriesAreWalkedWithTheirFilters() {
		this.server.respond(200, "{\"data\":[{\"id\":\"whd_1\",\"status\":\"new\"}],\"pagination\":{\"next\":\"c\"}}")
			.respond(200, "{\"data\":[{\"id\":\"whd_2\",\"endpoint\":null}],\"pagination\":{}}");
		WebhookDeliveryQuery query = WebhookDeliveryQuery.of((builder) -> builder.endpoints("wh_1", "stripe")
			.statuses(WebhookDeliveryStatus.FAILED, WebhookDeliveryStatus.FILTERED)
			.within(Duration.ofDays(7))
			.between(Instant.EPOCH, null)
			.size(1));
		StepVerifier.create(this.webhooks.deliveries().list(query).map(WebhookDelivery::id))
			.expectNext("whd_1", "whd_2")
			.verifyComplete();
		String first = "/api/v1/webhooks/deliveries?filter%5Bendpoint%5D=wh_1%2Cstripe"
				+ "&filter%5Bstatus%5D=failed%2Cfiltered&filter%5Bperiod%5D=7d"
				+ "&filter%5Bfrom%5D=1970-01-01T00%3A00%3A00.000Z&page%5Bsize%5D=1";
		assertThat(this.server.received()).extracting(LoopbackServer.Received::uri)
			.containsExactly(first, first + "&page%5Bafter%5D=c");
	}

	@Test
	void whatOlderServersShowIsRead() {
		this.server.respond(200, "{\"data\":[{\"id\":\"wh_1\",\"webhook\":\"stripe\",\"source\":\"stripe\"}]}")
			.respond(200, "{\"id\":\"whd_1\",\"webhook\":\"stripe\",\"status\":\"succeeded\",\"runId\":\"run_1\"}")
			.respond(200, "{\"id\":\"whd_2\",\"webhook\":null,\"status\":\"failed\",\"runId\":null}");
		WebhookEndpoint endpoint = this.webhooks.endpoints().list().blockFirst();
		assertThat(endpoint).isNotNull();
		assertThat(endpoint.declaredId()).isEqualTo("stripe");
		WebhookDelivery delivery = this.webhooks.deliveries().retrieve("whd_1").block();
		assertThat(delivery).isNotNull();
		assertThat(delivery.endpoint()).isEqualTo(new WebhookDelivery.Endpoint(null, "stripe"));
		assertThat(delivery.targets()).singleElement()
			.satisfies((target) -> assertThat(target.runId()).isEqualTo("run_1"));
		WebhookDelivery failed = this.webhooks.deliveries().retrieve("whd_2").block();
		assertThat(failed).isNotNull();
		assertThat(failed.endpoint()).isNull();
		assertThat(failed.targets()).isEmpty();
	}

	@Test
	void endpointsAreListed() {
		this.server.respond(200, "{\"data\":[{\"id\":\"wh_1\"},{\"id\":\"wh_2\"}]}");
		StepVerifier.create(this.webhooks.endpoints().list().map(WebhookEndpoint::id))
			.expectNext("wh_1", "wh_2")
			.verifyComplete();
	}

	@Test
	void rotatedSecretIsReturnedAndDoesNotShow() {
		this.server.respond(200, "{\"id\":\"wh_1\",\"secretSet\":true,\"secret\":\"whsec_x\"}");
		WebhookSecret secret = this.webhooks.endpoints().rotateSecret("wh_1", Duration.ofMinutes(1)).block();
		assertThat(secret).isNotNull();
		assertThat(secret.secret()).isEqualTo("whsec_x");
		assertThat(secret.toString()).doesNotContain("whsec_x");
		assertThat(this.server.received().get(0).body()).isEqualTo("{\"previousSecretTtlSeconds\":60}");
	}

	@Test
	void rotationIsNotRepeatedWhereItMayHaveHappened() {
		this.server.respond(500, "{}").respond(200, "{}");
		assertThatExceptionOfType(ServerException.class)
			.isThrownBy(() -> this.webhooks.endpoints().rotateSecret("wh_1").block());
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void badSecretsAreRefusedBeforeAnyRequest() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.webhooks.endpoints().setSecret("wh_1", " ", null))
			.withMessageContaining("'secret'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.webhooks.endpoints().setSecret("wh_1", "x".repeat(4097)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.webhooks.endpoints().rotateSecret("wh_1", Duration.ofDays(8)))
			.withMessageContaining("7 days");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void waiterIsMadeOnceThoughItsResponseWasLost() {
		this.server.drop().respond(200, "{\"id\":\"waitpoint_1\",\"isCached\":true}");
		WebhookWaiter waiter = this.webhooks.waiters().create("stripe", WebhookWaiterOptions.next()).block();
		assertThat(waiter).isNotNull();
		assertThat(waiter.isCached()).isTrue();
		assertThat(this.server.received()).extracting(LoopbackServer.Received::body)
			.hasSize(2)
			.allMatch((body) -> body.equals(this.server.received().get(0).body()))
			.allMatch((body) -> body.matches("\\{\"idempotencyKey\":\"[0-9a-f-]{36}\"}"));
	}

	@Test
	void waiterHasItsConditions() {
		this.server.respond(200, "{\"id\":\"waitpoint_1\",\"isCached\":false}");
		this.webhooks.waiters()
			.create("stripe",
					(waiter) -> waiter.match("event.amount", 5)
						.filter("event.type = 'x'")
						.timeout(Duration.ofMinutes(90))
						.tags("a")
						.idempotencyKey("k")
						.idempotencyKeyTtl(Duration.ofDays(1)))
			.block();
		assertThat(this.server.received().get(0).body())
			.isEqualTo("{\"match\":{\"event.amount\":5},\"filter\":\"event.type = 'x'\",\"timeout\":\"1h30m\","
					+ "\"tags\":[\"a\"],\"idempotencyKey\":"
					+ "\"8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a\","
					+ "\"idempotencyKeyTTL\":\"1d\"}");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WebhookWaiterOptions.of((waiter) -> waiter.match("event", new Object())))
			.withMessageContaining("'event'");
	}

	@Test
	void lateCancellationTellsTheDelivery() {
		this.server.respond(200, "{\"cancelled\":false,\"reason\":\"too_late\",\"deliveryId\":\"whd_1\"}");
		assertThat(this.webhooks.waiters().cancel("waitpoint_1").block())
			.isEqualTo(new WebhookWaiterCancellation(false, "too_late", "whd_1"));
	}

	@Test
	void whatArrivedDoesNotShow() {
		this.server.respond(200,
				"{\"id\":\"whd_1\",\"event\":{\"a\":\"secret\"},\"headers\":{\"authorization\":\"secret\"},"
						+ "\"targets\":[{\"id\":\"t\",\"waiters\":{\"matched\":1,\"resumed\":1,\"failed\":0}}]}");
		WebhookDelivery delivery = this.webhooks.deliveries().retrieve("whd_1").block();
		assertThat(delivery).isNotNull();
		assertThat(delivery.headers()).containsEntry("authorization", "secret");
		assertThat(delivery.targets().get(0).waiters()).isEqualTo(new WebhookDelivery.Waiters(1, 1, 0));
		assertThat(delivery.toString()).doesNotContain("secret");
	}

	private TriggerHttp http() {
		RetryPolicy quick = RetryPolicy.defaults()
			.withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1))
			.withJitter(false);
		CallSettings settings = new CallSettings(
				TriggerCredentials.of(TriggerCredential.of("tr_dev_0123456789abcdefDEV1")), PreviewBranch.none(), null,
				quick, Duration.ofSeconds(10));
		return TriggerHttp.builder(this.server.url(), settings).build();
	}

}
