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

package dev.trigger.spring.session;

import java.io.Serializable;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A session that was started, with the run that serves it.
 *
 * @param session the session
 * @param runId the run that serves it now
 * @param publicAccessToken a token with which a browser can take part in the session
 * @param isCached whether the session was there already, found by its external id
 * @param pendingVersion whether the run waits for its version to be deployed
 * @since 1.0.0
 */
public record StartedSession(@JsonUnwrapped Session session, @Nullable String runId, @Nullable String publicAccessToken,
		@Nullable Boolean isCached, @Nullable Boolean pendingVersion) implements Serializable {

	@Override
	public String toString() {
		return "StartedSession[id=" + this.session.id() + ", runId=" + this.runId + "]";
	}

}
