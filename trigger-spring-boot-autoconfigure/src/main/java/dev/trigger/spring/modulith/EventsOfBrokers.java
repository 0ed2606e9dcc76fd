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

package dev.trigger.spring.modulith;

import java.util.Map;

import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;

/**
 * The configuration of externalized events for brokers, without those that trigger tasks:
 * Modulith hands an event to every broker that it knows, whatever the target.
 */
final class EventsOfBrokers implements EventExternalizationConfiguration {

	private final EventExternalizationConfiguration all;

	EventsOfBrokers(EventExternalizationConfiguration all) {
		this.all = all;
	}

	/**
	 * Return the configuration of all events.
	 */
	static EventExternalizationConfiguration all(EventExternalizationConfiguration configuration) {
		return (configuration instanceof EventsOfBrokers some) ? some.all : configuration;
	}

	@Override
	public boolean supports(Object event) {
		return this.all.supports(event)
				&& !TriggerEventExternalizer.isTrigger(this.all.determineTarget(event).getTarget());
	}

	@Override
	public Object map(Object event) {
		return this.all.map(event);
	}

	@Override
	public RoutingTarget determineTarget(Object event) {
		return this.all.determineTarget(event);
	}

	@Override
	public Map<String, Object> getHeadersFor(Object event) {
		return this.all.getHeadersFor(event);
	}

	@Override
	public boolean serializeExternalization() {
		return this.all.serializeExternalization();
	}

}
