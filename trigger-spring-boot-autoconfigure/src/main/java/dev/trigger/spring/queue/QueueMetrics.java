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

package dev.trigger.spring.queue;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Metrics of a queue over a period.
 *
 * @param queue the name of the queue, {@code task/…} for that of a task
 * @param period the length of the period, such as {@code 1h}
 * @param from the start of the period
 * @param to the end of the period
 * @param waitMs how long runs waited in the queue
 * @param peakQueued the largest number of runs in the queue at once
 * @param startedCount the number of runs that started
 * @param startedPerMin the number of runs that started per minute
 * @param throttledCount the number of runs that were held back
 * @param bucketIntervalMs the length of an interval of the trend, in milliseconds
 * @param depthTrend the number of runs in the queue, for each interval
 * @since 1.0.0
 */
public record QueueMetrics(String queue, @Nullable String period, @Nullable Instant from, @Nullable Instant to,
		@Nullable Wait waitMs, @Nullable Integer peakQueued, @Nullable Integer startedCount,
		@Nullable BigDecimal startedPerMin, @Nullable Integer throttledCount, @Nullable Long bucketIntervalMs,
		List<BigDecimal> depthTrend) implements Serializable {

	/**
	 * Create metrics.
	 */
	public QueueMetrics {
		depthTrend = (depthTrend != null) ? List.copyOf(depthTrend) : List.of();
	}

	/**
	 * How long runs waited.
	 *
	 * @param p50 the median in milliseconds, {@code null} if no run started
	 * @param p95 the 95th percentile in milliseconds, {@code null} if no run started
	 */
	public record Wait(@Nullable BigDecimal p50, @Nullable BigDecimal p95) implements Serializable {

	}

}
