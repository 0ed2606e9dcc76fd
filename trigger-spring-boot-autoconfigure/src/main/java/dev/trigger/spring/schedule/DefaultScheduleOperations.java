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

package dev.trigger.spring.schedule;

import java.util.List;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.page.NumberedPage;
import dev.trigger.spring.page.PageQuery;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link ScheduleOperations}.
 */
final class DefaultScheduleOperations implements ScheduleOperations {

	private static final ParameterizedTypeReference<NumberedPage<Schedule>> PAGE = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultScheduleOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Mono<Schedule> create(ScheduleOptions options) {
		Assert.isTrue(options.hasDeduplicationKey(), "A schedule needs a deduplication key: set 'deduplicationKey'");
		return this.http.send(TriggerRequest.to(TriggerEndpoint.SCHEDULES_CREATE)
			.json(options.toBody())
			.replaySafe(true)
			.returning(Schedule.class));
	}

	@Override
	public Mono<Schedule> retrieve(String scheduleId) {
		return send(TriggerEndpoint.SCHEDULES_RETRIEVE, scheduleId);
	}

	@Override
	public Mono<Schedule> update(String scheduleId, ScheduleOptions options) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.SCHEDULES_UPDATE, scheduleId)
			.json(options.toBody())
			.returning(Schedule.class));
	}

	@Override
	public Mono<Schedule> activate(String scheduleId) {
		return send(TriggerEndpoint.SCHEDULES_ACTIVATE, scheduleId);
	}

	@Override
	public Mono<Schedule> deactivate(String scheduleId) {
		return send(TriggerEndpoint.SCHEDULES_DEACTIVATE, scheduleId);
	}

	private Mono<Schedule> send(TriggerEndpoint endpoint, String scheduleId) {
		return this.http.send(TriggerRequest.to(endpoint, scheduleId).returning(Schedule.class));
	}

	@Override
	public Mono<Void> delete(String scheduleId) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.SCHEDULES_DELETE, scheduleId).returningNothing());
	}

	@Override
	public Flux<Schedule> list(PageQuery query) {
		return NumberedPage.walk(query, this::page);
	}

	@Override
	public Mono<NumberedPage<Schedule>> page(PageQuery query) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.SCHEDULES_LIST)
			.query("page", query.page())
			.query("perPage", query.size())
			.returning(PAGE));
	}

	@Override
	public Mono<List<String>> timezones(boolean excludeUtc) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.SCHEDULES_TIMEZONES)
				.query("excludeUtc", excludeUtc ? true : null)
				.returning(Timezones.class))
			.map(Timezones::timezones);
	}

	/**
	 * The response that holds the time zones.
	 *
	 * @param timezones the names of the zones
	 */
	record Timezones(List<String> timezones) {

		Timezones {
			timezones = (timezones != null) ? List.copyOf(timezones) : List.of();
		}

	}

}
