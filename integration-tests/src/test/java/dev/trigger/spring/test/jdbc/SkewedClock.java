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

package dev.trigger.spring.test.jdbc;

import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.Installer;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sets the clock of this process forward or back, for what this project asks for the
 * time: {@code java.time} and the clock of schedulers. Time goes on as fast as before,
 * and durations stay what they are.
 */
public final class SkewedClock {

	private static final String PROPERTY = "skewed.clock.millis";

	private SkewedClock() {
	}

	/**
	 * Return the options of a virtual machine whose clock can be set.
	 * @return the options
	 */
	public static List<String> options() {
		CodeSource agent = Installer.class.getProtectionDomain().getCodeSource();
		return List.of("-javaagent:" + Path.of(URI.create(agent.getLocation().toString())));
	}

	/**
	 * Set the clock of this process.
	 * @param skew how far it is ahead, negative for behind
	 */
	public static void set(Duration skew) {
		long before = System.currentTimeMillis();
		System.setProperty(PROPERTY, String.valueOf(skew.toMillis()));
		new AgentBuilder.Default().disableClassFormatChanges()
			.with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
			.ignore(ElementMatchers.none())
			.type(ElementMatchers.is(Clock.class))
			.transform((builder, type, loader, module, domain) -> builder
				.visit(Advice.to(SkewedInstant.class).on(ElementMatchers.named("currentInstant"))))
			.type(ElementMatchers.is(Scheduler.class))
			.transform((builder, type, loader, module, domain) -> builder
				.visit(Advice.to(SkewedScheduler.class).on(ElementMatchers.named("now"))))
			.installOn(ByteBuddyAgent.getInstrumentation());
		check(Instant.now().toEpochMilli() - before, skew);
		check(Clock.systemUTC().instant().toEpochMilli() - before, skew);
		check(Schedulers.parallel().now(TimeUnit.MILLISECONDS) - before, skew);
	}

	private static void check(long millis, Duration skew) {
		if (Math.abs(millis - skew.toMillis()) > TimeUnit.MINUTES.toMillis(1)) {
			throw new IllegalStateException("The clock is ahead by " + millis + " ms and not " + skew.toMillis());
		}
	}

	/**
	 * What stands at the end of {@code Clock.currentInstant}.
	 */
	static final class SkewedInstant {

		private SkewedInstant() {
		}

		@Advice.OnMethodExit
		static void shift(@Advice.Return(readOnly = false) Instant now) {
			now = now.plusMillis(Long.getLong("skewed.clock.millis", 0L));
		}

	}

	/**
	 * What stands at the end of {@code Scheduler.now}.
	 */
	static final class SkewedScheduler {

		private SkewedScheduler() {
		}

		@Advice.OnMethodExit
		static void shift(@Advice.Argument(0) TimeUnit unit, @Advice.Return(readOnly = false) long now) {
			now += unit.convert(Long.getLong("skewed.clock.millis", 0L), TimeUnit.MILLISECONDS);
		}

	}

}
