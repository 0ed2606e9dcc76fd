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

package dev.trigger.spring.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports a call that the application made while it started, and that failed for what is
 * around it: the API can't be reached, the credential is rejected, or it takes too long.
 * Other failures are those of the application, whose stack trace says more.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class FailedCallAtStartFailureAnalyzer extends AbstractFailureAnalyzer<TriggerException> {

	private static final List<String> NOT_OF_APPLICATIONS = List.of("java.", "jdk.", "sun.", "reactor.", "kotlin",
			"io.micrometer.", "io.netty.", "org.springframework.", "dev.trigger.spring.");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, TriggerException cause) {
		if (!(cause instanceof AuthenticationException || cause instanceof TriggerConnectionException
				|| cause instanceof TriggerTimeoutException)) {
			return null;
		}
		String caller = caller(rootFailure);
		return new FailureAnalysis(
				"Trigger.dev was called while the application started" + ((caller != null) ? ", by " + caller : "")
						+ ", and the call failed: " + cause.getMessage() + ".",
				action(cause)
						+ ". If the application should start without Trigger.dev, let it handle the failure of the call.",
				cause);
	}

	private static String action(TriggerException failure) {
		if (failure instanceof AuthenticationException) {
			return "Set the property to a valid key, or token, of the environment that is meant";
		}
		return (failure instanceof TriggerConnectionException) ? "Check the address and whether this machine reaches it"
				: "Allow more time, or find out what takes that long: a run may wait for a worker, or the API may be "
						+ "out of reach";
	}

	/**
	 * Return the place in the application that made the call. Where it blocked on a
	 * publisher, Reactor adds it as a suppressed exception.
	 */
	private static @Nullable String caller(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			List<Throwable> traces = new ArrayList<>(List.of(cause));
			traces.addAll(Arrays.asList(cause.getSuppressed()));
			for (Throwable trace : traces) {
				for (StackTraceElement element : trace.getStackTrace()) {
					if (NOT_OF_APPLICATIONS.stream().noneMatch(element.getClassName()::startsWith)
							&& !element.getClassName().contains("$$") && !element.getClassName().contains("$Proxy")
							&& !element.getMethodName().equals("main")) {
						return element.getClassName() + "." + element.getMethodName() + "(" + element.getFileName()
								+ ":" + element.getLineNumber() + ")";
					}
				}
			}
		}
		return null;
	}

}
