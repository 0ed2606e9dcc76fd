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

package com.example.recipes;

import java.time.Duration;
import java.time.Instant;

import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.run.RunFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

// tag::advice[]
@RestControllerAdvice
class TriggerProblems {

	private static final Logger logger = LoggerFactory.getLogger(TriggerProblems.class);

	@ExceptionHandler
	ProblemDetail notFound(NotFoundException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no such run.");
	}

	@ExceptionHandler
	ProblemDetail runFailed(RunFailedException ex) {
		logger.warn("A run failed", ex);
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "The task did not succeed.");
		problem.setProperty("runId", ex.getRun().id());
		return problem;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> rateLimited(RateLimitException ex) {
		Instant reset = ex.getResetAt();
		long seconds = (reset != null) ? Math.max(1, Duration.between(Instant.now(), reset).toSeconds()) : 10;
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "Try again later."));
	}

	@ExceptionHandler
	ProblemDetail unavailable(TriggerException ex) {
		logger.error("A call to Trigger.dev failed", ex);
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "The task can't be started now.");
	}

}
// end::advice[]
