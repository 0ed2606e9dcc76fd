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

import dev.trigger.spring.test.jdbc.KillPoint;

/**
 * Where a process that triggers is killed.
 */
enum KillStep {

	BEFORE_COMMIT("INSERT INTO trigger_outbox", null, true),

	AFTER_COMMIT("INSERT INTO trigger_outbox", null, false),

	BEFORE_CLAIM("SET claimed_by", null, true),

	AFTER_CLAIM("SET claimed_by", null, false),

	BEFORE_SEND(null, "/trigger", true),

	AFTER_RESPONSE(null, "/trigger", false),

	BEFORE_MARK("SET state = 'SENT'", null, true),

	AFTER_MARK("SET state = 'SENT'", null, false),

	BEFORE_LOOK_UP(null, "/api/v1/runs", true),

	AFTER_LOOK_UP(null, "/api/v1/runs", false),

	BEFORE_ADOPT_MARK("SET state = 'SENT'", null, true),

	AFTER_ADOPT_MARK("SET state = 'SENT'", null, false);

	private final KillPoint point;

	KillStep(String sql, String path, boolean before) {
		this.point = new KillPoint(sql, path, before);
	}

	KillPoint point() {
		return this.point;
	}

	/**
	 * Return whether it happens while a row is sent that another process left over.
	 */
	boolean isOfRecovery() {
		return ordinal() >= BEFORE_LOOK_UP.ordinal();
	}

}
