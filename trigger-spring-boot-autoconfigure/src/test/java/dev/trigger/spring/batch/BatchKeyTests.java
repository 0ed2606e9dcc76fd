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

package dev.trigger.spring.batch;

import java.time.Duration;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.UnprocessableEntityException;
import dev.trigger.spring.http.LoopbackServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for batches with an idempotency key when the response to their creation is lost:
 * the server refuses the key when it comes again, and doesn't say which batch has it.
 */
class BatchKeyTests {

	private static final String REFUSED = "{\"error\":\"already been created with the same idempotency key\"}";

	private static final List<BatchItem> ITEMS = List.of(BatchItem.of("welcome", 1), BatchItem.of("welcome", 2));

	private static final BatchOptions KEYED = BatchOptions.of((batch) -> batch.idempotencyKey("import", "1"));

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.retry((policy) -> policy.withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
		.build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	/**
	 * It may be the batch of an earlier call that has the key, some items of which would
	 * run again.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 500, 502, 503 })
	void batchThatMayExistIsNotCreatedAgain(int status) {
		(status == 0 ? this.server.drop() : this.server.respond(status, "")).respond(422, REFUSED);
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.batches().trigger(ITEMS, KEYED).block())
			.withCauseInstanceOf(UnprocessableEntityException.class)
			.withMessageContaining("The response to an earlier attempt was lost")
			.withMessageContaining("has no items and runs nothing, unless the key was used before")
			.satisfies((ex) -> assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.CREATE));
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void otherRefusalAfterALostResponseIsNotThatOfTheKey() {
		this.server.drop().respond(422, "{\"error\":\"Batch is too large\"}");
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.batches().trigger(ITEMS, KEYED).block())
			.withMessageContaining("too large")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("lost"));
	}

	@Test
	void keyThatAnotherCallUsedIsRefused() {
		this.server.respond(422, REFUSED);
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.batches().trigger(ITEMS, KEYED).block())
			.withCauseInstanceOf(UnprocessableEntityException.class)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("lost"));
		assertThat(this.server.received()).hasSize(1);
	}

	@Test
	void keyThatWasRefusedAfterAnAttemptThatWasNotActedOnIsRefused() {
		this.server.respond(429, "{}").respond(422, REFUSED);
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.batches().trigger(ITEMS, KEYED).block());
		assertThat(this.server.received()).hasSize(2);
	}

	@Test
	void creationByHandNamesTheLostResponse() {
		this.server.drop().respond(422, REFUSED);
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.batches().create(2, KEYED).block())
			.withMessageContaining("The response to an earlier attempt was lost")
			.satisfies((ex) -> assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.CREATE));
		assertThat(this.server.received()).hasSize(2);
	}

}
