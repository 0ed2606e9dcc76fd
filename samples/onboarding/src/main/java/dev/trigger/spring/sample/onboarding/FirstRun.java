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

package dev.trigger.spring.sample.onboarding;

import java.time.Duration;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunHandle;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Shows at start what the service does: triggers the task, follows its run until the
 * output, and prints what to try next.
 */
@Component
class FirstRun {

	private static final Log logger = LogFactory.getLog(FirstRun.class);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final TriggerOperations trigger;

	private final Onboarding onboarding;

	private final NightlyReport nightlyReport;

	private volatile int port;

	FirstRun(TriggerOperations trigger, Onboarding onboarding, NightlyReport nightlyReport) {
		this.trigger = trigger;
		this.onboarding = onboarding;
		this.nightlyReport = nightlyReport;
	}

	@EventListener
	void listening(WebServerInitializedEvent event) {
		this.port = event.getWebServer().getPort();
	}

	@EventListener(ApplicationReadyEvent.class)
	void start() {
		Welcome welcome = new Welcome("ada", "ada@example.com");
		this.nightlyReport.schedule()
			.doOnNext((schedule) -> logger.info("Schedule " + schedule.id() + " runs next at " + schedule.nextRun()))
			.onErrorResume(TriggerException.class, (ex) -> {
				logger.warn("The nightly report is not scheduled: " + ex.getMessage());
				return Mono.empty();
			})
			.then(this.onboarding.welcome(welcome))
			.flatMap(this::follow)
			.doOnNext((receipt) -> logger.info("Output: " + receipt))
			.doOnError((ex) -> logger.error("The first run has no output: " + ex.getMessage()))
			.onErrorComplete()
			.doFinally((signal) -> logger.info(whatToTry()))
			.subscribe();
	}

	private Mono<Receipt> follow(RunHandle<Receipt> handle) {
		logger.info("Triggered run " + handle.id() + (handle.isCached() ? ", which existed already" : ""));
		Flux<Run> polls = this.trigger.runs()
			.retrieve(handle.id())
			.repeatWhen((completed) -> completed.delayElements(Duration.ofMillis(200)))
			.takeUntil(Run::isFinished)
			.take(PATIENCE);
		return polls.distinctUntilChanged((run) -> String.valueOf(run.status()))
			.doOnNext((run) -> logger.info("Run " + run.id() + " is " + run.status()))
			.then(this.trigger.runs().awaitOutput(handle, Polling.defaults().withTimeout(Duration.ofSeconds(2))));
	}

	private String whatToTry() {
		String address = "http://localhost:" + this.port;
		return """
				The sample is running. Open its page, or try the commands:

				  Page         %1$s/
				  Health       %1$s/actuator/health
				  Trigger.dev  %2$s

				  curl -i %1$s/sign-ups -H 'Content-Type: application/json' -d '{"userId":"grace","email":"grace@example.com"}'
				  curl %1$s/users/grace/runs

				Stop it with Ctrl-C."""
			.formatted(address, this.trigger.apiUrl());
	}

}
