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
import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.page.NumberedPage;
import dev.trigger.spring.page.PageQuery;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages schedules. All but {@link #timezones} need a secret key, and see the schedules
 * of its environment.
 *
 * @since 1.0.0
 */
public interface ScheduleOperations {

	/**
	 * Create a schedule, or update the one with the same deduplication key.
	 * <p>
	 * {@code POST /api/v1/schedules}
	 * @param options the options of the schedule, with a deduplication key
	 * @return the schedule
	 * @throws IllegalArgumentException if there is no deduplication key
	 */
	Mono<Schedule> create(ScheduleOptions options);

	/**
	 * Create a schedule, or update the one with the same deduplication key.
	 * @param options sets the options
	 * @return the schedule
	 * @see #create(ScheduleOptions)
	 */
	default Mono<Schedule> create(Consumer<ScheduleOptions.Builder> options) {
		return create(ScheduleOptions.of(options));
	}

	/**
	 * Return a schedule.
	 * <p>
	 * {@code GET /api/v1/schedules/{scheduleId}}
	 * @param scheduleId the id, or the deduplication key
	 * @return the schedule
	 */
	Mono<Schedule> retrieve(String scheduleId);

	/**
	 * Replace a schedule. An id that does not exist creates a schedule with another id.
	 * <p>
	 * {@code PUT /api/v1/schedules/{scheduleId}}
	 * @param scheduleId the id, or the deduplication key
	 * @param options the options of the schedule
	 * @return the schedule
	 */
	Mono<Schedule> update(String scheduleId, ScheduleOptions options);

	/**
	 * Replace a schedule.
	 * @param scheduleId the id, or the deduplication key
	 * @param options sets the options
	 * @return the schedule
	 * @see #update(String, ScheduleOptions)
	 */
	default Mono<Schedule> update(String scheduleId, Consumer<ScheduleOptions.Builder> options) {
		return update(scheduleId, ScheduleOptions.of(options));
	}

	/**
	 * Activate a schedule, so that it triggers again.
	 * <p>
	 * {@code POST /api/v1/schedules/{scheduleId}/activate}
	 * @param scheduleId the id
	 * @return the schedule
	 */
	Mono<Schedule> activate(String scheduleId);

	/**
	 * Deactivate a schedule, so that it does not trigger.
	 * <p>
	 * {@code POST /api/v1/schedules/{scheduleId}/deactivate}
	 * @param scheduleId the id
	 * @return the schedule
	 */
	Mono<Schedule> deactivate(String scheduleId);

	/**
	 * Delete a schedule.
	 * <p>
	 * {@code DELETE /api/v1/schedules/{scheduleId}}
	 * @param scheduleId the id
	 * @return completes when the schedule is deleted
	 */
	Mono<Void> delete(String scheduleId);

	/**
	 * Return all schedules, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/schedules}
	 * @return the schedules
	 */
	default Flux<Schedule> list() {
		return list(PageQuery.first());
	}

	/**
	 * Return the schedules from a page on, requesting pages as they are needed.
	 * <p>
	 * {@code GET /api/v1/schedules}
	 * @param query the page to start with, and the size of pages
	 * @return the schedules
	 */
	Flux<Schedule> list(PageQuery query);

	/**
	 * Return the schedules from a page on.
	 * @param query sets the page to start with, and the size of pages
	 * @return the schedules
	 * @see #list(PageQuery)
	 */
	default Flux<Schedule> list(Consumer<PageQuery.Builder> query) {
		return list(PageQuery.of(query));
	}

	/**
	 * Return one page of schedules.
	 * <p>
	 * {@code GET /api/v1/schedules}
	 * @param query the number of the page, and its size
	 * @return the page
	 */
	Mono<NumberedPage<Schedule>> page(PageQuery query);

	/**
	 * Return one page of schedules.
	 * @param query sets the number of the page, and its size
	 * @return the page
	 * @see #page(PageQuery)
	 */
	default Mono<NumberedPage<Schedule>> page(Consumer<PageQuery.Builder> query) {
		return page(PageQuery.of(query));
	}

	/**
	 * Return the IANA time zones that schedules may have. Needs no credential, and sends
	 * none.
	 * <p>
	 * {@code GET /api/v1/timezones}
	 * @param excludeUtc whether to leave out UTC
	 * @return the names of the zones
	 */
	Mono<List<String>> timezones(boolean excludeUtc);

	/**
	 * Return the IANA time zones that schedules may have, UTC included.
	 * @return the names of the zones
	 * @see #timezones(boolean)
	 */
	default Mono<List<String>> timezones() {
		return timezones(false);
	}

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static ScheduleOperations create(TriggerHttp http) {
		return new DefaultScheduleOperations(http);
	}

}
