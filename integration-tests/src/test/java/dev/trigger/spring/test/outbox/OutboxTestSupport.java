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

package dev.trigger.spring.test.outbox;

import java.time.Duration;

import javax.sql.DataSource;

import dev.trigger.spring.outbox.OutboxEntry;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.outbox.TriggerOutbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A database, and an emulator, for each test.
 */
abstract class OutboxTestSupport {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	OutboxRig rig;

	abstract DataSource dataSource();

	@BeforeEach
	void start() {
		this.rig = new OutboxRig(dataSource());
	}

	@AfterEach
	void stop() {
		if (this.rig != null) {
			this.rig.close();
		}
	}

	void awaitRuns(int number) {
		await().atMost(PATIENCE).until(() -> count("state = 'PENDING'") == 0);
		assertThat(this.rig.emulator().runs()).hasSize(number);
	}

	static OutboxEntry awaitSent(TriggerOutbox outbox, String id) {
		return await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> outbox.find(id).orElseThrow(), (entry) -> entry.state() == OutboxState.SENT);
	}

	static OutboxState state(TriggerOutbox outbox, String id) {
		return outbox.find(id).orElseThrow().state();
	}

	long count(String condition) {
		return this.rig.jdbc().sql("SELECT COUNT(*) FROM trigger_outbox WHERE " + condition).query(Long.class).single();
	}

}
