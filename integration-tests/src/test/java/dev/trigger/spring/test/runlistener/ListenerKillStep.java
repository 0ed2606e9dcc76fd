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

package dev.trigger.spring.test.runlistener;

import dev.trigger.spring.test.jdbc.KillPoint;

/**
 * Where a process that calls listeners is killed.
 */
enum ListenerKillStep {

	BEFORE_QUERY(null, "/api/v1/query", true),

	AFTER_QUERY(null, "/api/v1/query", false),

	BEFORE_SAVE_OF_EVENT_AND_CURSOR("INSERT INTO trigger_run_event", null, true),

	AFTER_SAVE_OF_EVENT_AND_CURSOR("INSERT INTO trigger_run_event", null, false),

	BEFORE_RETRIEVE(null, "/api/v3/runs/", true),

	AFTER_RETRIEVE(null, "/api/v3/runs/", false),

	BEFORE_HANDLER(null, null, true),

	AFTER_HANDLER(null, null, false),

	BEFORE_COMMIT_OF_HANDLER("SET state = 'DONE'", null, true),

	AFTER_COMMIT_OF_HANDLER("SET state = 'DONE'", null, false);

	private final KillPoint point;

	ListenerKillStep(String sql, String path, boolean before) {
		this.point = new KillPoint(sql, path, before);
	}

	KillPoint point() {
		return this.point;
	}

	boolean isOfDatabase() {
		return this.point.sql() != null;
	}

}
