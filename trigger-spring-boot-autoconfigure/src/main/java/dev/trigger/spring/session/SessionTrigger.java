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
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How the runs of a session are triggered.
 *
 * @param basePayload the part of the payload that is the same for all runs
 * @param machine the machine, such as {@code small-2x}
 * @param queue the queue
 * @param concurrency the named concurrency limits, at most 2
 * @param concurrencyKey the concurrency key, a text or a number
 * @param tags the tags of the runs, at most 10
 * @param maxAttempts the attempts of a run, at most 10
 * @param maxDuration the time of a run, in seconds
 * @param lockToVersion the version of the task
 * @param externalDeploymentId the deployment elsewhere
 * @param region the region
 * @param idleTimeoutInSeconds after what time without messages a run ends, at most 3600
 * @param ttl the time to live of a run, a text such as {@code 10m} or seconds
 * @since 1.0.0
 */
public record SessionTrigger(Map<String, Object> basePayload, @Nullable String machine, @Nullable String queue,
		@Nullable List<String> concurrency, @Nullable Object concurrencyKey, @Nullable List<String> tags,
		@Nullable Integer maxAttempts, @Nullable Long maxDuration, @Nullable String lockToVersion,
		@Nullable String externalDeploymentId, @Nullable String region, @Nullable Integer idleTimeoutInSeconds,
		@Nullable Object ttl) implements Serializable {

	@Override
	public String toString() {
		return "SessionTrigger[queue=" + this.queue + ", machine=" + this.machine + ", lockToVersion="
				+ this.lockToVersion + "]";
	}

}
