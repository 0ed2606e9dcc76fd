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

package dev.trigger.spring.contract;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;

import dev.trigger.spring.schedule.ScheduleOptions;

/**
 * The operations on schedules.
 */
class ScheduleCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		String spec = "{\"task\":\"t\",\"cron\":\"0 9 * * *\",\"deduplicationKey\":\"d\"}";
		registry.add("schedules.create", "[" + spec + "]",
				(client, args) -> client.schedules().create(options(args.get(0))));
		registry.add("schedules.retrieve", "[\"sched_1\"]",
				(client, args) -> client.schedules().retrieve(args.string(0)));
		registry.add("schedules.update", "[\"sched_1\"," + spec + "]",
				(client, args) -> client.schedules().update(args.string(0), options(args.get(1))));
		registry.add("schedules.del", "[\"sched_1\"]", (client, args) -> client.schedules().delete(args.string(0)))
			.returningNothing();
		registry.add("schedules.activate", "[\"sched_1\"]",
				(client, args) -> client.schedules().activate(args.string(0)));
		registry.add("schedules.deactivate", "[\"sched_1\"]",
				(client, args) -> client.schedules().deactivate(args.string(0)));
		registry.add("schedules.list", "[]", (client, args) -> client.schedules().page(args.get(0).pageQuery()))
			.items((client, args) -> client.schedules().list(args.get(0).pageQuery()));
		registry
			.add("schedules.timezones", "[]",
					(client, args) -> client.schedules().timezones(args.get(0).get("excludeUtc").bool(false)))
			.json((timezones) -> Map.of("timezones", timezones));
	}

	private static ScheduleOptions options(Argument argument) {
		return ScheduleOptions.of((schedule) -> {
			argument.get("task").ifPresent((task) -> schedule.task(task.string()));
			argument.get("cron").ifPresent((cron) -> schedule.cron(cron.string()));
			argument.get("deduplicationKey").ifPresent((key) -> schedule.deduplicationKey(key.string()));
			argument.get("externalId").ifPresent((id) -> schedule.externalId(id.string()));
			argument.get("timezone").ifPresent((zone) -> schedule.timezone(zone(zone)));
			argument.get("window").ifPresent((window) -> schedule.window(window.string()));
		});
	}

	private static ZoneId zone(Argument zone) {
		try {
			return ZoneId.of(zone.string());
		}
		catch (DateTimeException ex) {
			throw new Unrepresentable("Not a time zone: " + zone);
		}
	}

}
