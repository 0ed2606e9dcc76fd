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

import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.task.TaskType;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.modulith.events.support.BrokerRouting;
import org.springframework.util.StringUtils;

/**
 * Triggers tasks by the events that Spring Modulith externalizes to targets such as
 * {@code trigger:send-welcome}.
 * <ul>
 * <li>{@code trigger:<task>} triggers the task with the default client, and
 * {@code trigger@<client>:<task>} with that of {@code trigger.clients.<client>}.</li>
 * <li>The payload is the event, or what the configuration of Modulith maps it to.</li>
 * <li>The routing key, if there is one, is the ordering key: events that have it in
 * common trigger one after the other. It may be an expression.</li>
 * </ul>
 * <p>
 * The trigger is written to the {@link TriggerOutbox} while the event is published, in
 * the same transaction, and not by a listener that Modulith calls after the commit. So
 * the row of the outbox takes the place of a publication in the registry of Modulith: it
 * is committed with the event or not at all, and its id is what the idempotency key is
 * derived from. A publication would be no better as a key. A listener is not told which
 * one it is called for, and two events with the same content can't be told apart; and the
 * outbox, unlike a publication that is submitted again, notices a run whose key the
 * server has freed. Nothing is triggered again when incomplete publications of other
 * listeners are resubmitted.
 * <p>
 * Neither of the interfaces that a broker implements, which are not the same in Modulith
 * 2.0 and 2.1, is needed for that. Modulith does not choose a broker by the target: those
 * that it knows are kept from receiving these events by a
 * {@link BrokerEventsPostProcessor}.
 *
 * @since 1.0.0
 */
public final class TriggerEventExternalizer implements ApplicationListener<ApplicationEvent> {

	private static final String SCHEME = "trigger";

	private static final Pattern TARGET = Pattern.compile(SCHEME + "(?:@([^:@\\s]+))?:(\\S.*)");

	private final EventExternalizationConfiguration configuration;

	private final Supplier<? extends @Nullable TriggerOutbox> outbox;

	private final StandardEvaluationContext context = new StandardEvaluationContext();

	/**
	 * Create an externalizer.
	 * @param configuration decides which events go where
	 * @param outbox supplies the outbox, {@code null} if there is none, which is reported
	 * when an event needs it
	 * @param beans the beans that expressions in targets may name
	 */
	public TriggerEventExternalizer(EventExternalizationConfiguration configuration,
			Supplier<? extends @Nullable TriggerOutbox> outbox, BeanFactory beans) {
		this.configuration = EventsOfBrokers.all(configuration);
		this.outbox = outbox;
		this.context.setBeanResolver(new BeanFactoryResolver(beans));
	}

	/**
	 * Trigger a task if the event is externalized to one.
	 * @throws IllegalStateException if its target can't be used, or there is no outbox
	 * @throws org.springframework.transaction.IllegalTransactionStateException if the
	 * event is not published in a transaction
	 */
	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		Object payload = (event instanceof PayloadApplicationEvent<?> carrier) ? carrier.getPayload() : event;
		if (!this.configuration.supports(payload)) {
			return;
		}
		RoutingTarget target = this.configuration.determineTarget(payload);
		if (isTrigger(target.getTarget())) {
			trigger(payload.getClass(), this.configuration.map(payload), target);
		}
	}

	/**
	 * Return whether a target is meant for Trigger.dev, even if it can't be used.
	 */
	static boolean isTrigger(String target) {
		String lower = target.toLowerCase(Locale.ROOT);
		return lower.equals(SCHEME) || lower.startsWith(SCHEME + ":") || lower.startsWith(SCHEME + "@");
	}

	private void trigger(Class<?> type, Object payload, RoutingTarget target) {
		BrokerRouting routing = BrokerRouting.of(target, this.context);
		Matcher parts = TARGET.matcher(routing.getTarget(payload));
		if (!parts.matches()) {
			throw new IllegalStateException(type.getName() + " can't be externalized to '" + routing.getTarget(payload)
					+ "': use 'trigger:<task>', or 'trigger@<client>:<task>'");
		}
		TriggerOutbox present = this.outbox.get();
		if (present == null) {
			throw new IllegalStateException(type.getName() + " can't be externalized to '" + parts.group()
					+ "' without an outbox: set 'trigger.outbox.enabled' to true, and make sure that there is a DataSource "
					+ "and spring-boot-jdbc");
		}
		// if there is no key, getKey would evaluate an expression in the target instead
		String key = (target.getKey() != null) ? routing.getKey(payload) : null;
		TriggerOutbox ordered = StringUtils.hasText(key) ? present.inOrder(key) : present;
		TriggerOutbox sender = (parts.group(1) != null) ? ordered.withClient(parts.group(1)) : ordered;
		sender.trigger(TaskType.of(parts.group(2), Object.class, Object.class), payload);
	}

}
