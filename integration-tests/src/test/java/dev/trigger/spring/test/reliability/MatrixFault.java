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

package dev.trigger.spring.test.reliability;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import dev.trigger.spring.test.reliability.FaultProxy.Behaviour;
import dev.trigger.spring.test.reliability.FaultProxy.Response;
import org.jspecify.annotations.Nullable;

/**
 * The faults of the matrix, and what has to become of a call that meets one once.
 */
enum MatrixFault {

	RESPONSE_LOST("response lost after the server acted", Outcome.REPEATED, (exchange) -> {
		exchange.forward();
		return exchange.reset();
	}),

	REFUSED("connection refused", Outcome.CERTAIN, null),

	RESET_BEFORE_BODY("reset before the request body", Outcome.REPEATED, (exchange) -> exchange.reset()),

	RESET_DURING_BODY("reset during the request body", Outcome.REPEATED, (exchange) -> {
		exchange.halfBody();
		return exchange.reset();
	}),

	RESET_AFTER_BODY("reset after the request body", Outcome.REPEATED, (exchange) -> {
		exchange.body();
		return exchange.reset();
	}),

	RESET_IN_RESPONSE("reset in the middle of the response", Outcome.REPEATED, (exchange) -> {
		byte[] response = exchange.forward().bytes();
		exchange.write(Arrays.copyOf(response, response.length - 3));
		FaultProxy.sleep(Duration.ofMillis(20));
		return exchange.reset();
	}),

	RESTART("server killed and restarted", Outcome.REPEATED, null),

	FROZEN("frozen past the read timeout, acts late", Outcome.REPEATED, (exchange) -> {
		FaultProxy.sleep(FaultRig.READ_TIMEOUT.multipliedBy(2));
		exchange.write(exchange.forward());
		return true;
	}),

	SLOW("response of one byte a second", Outcome.REPEATED, drip(Duration.ofSeconds(1))),

	// on a machine that stalls, the read timeout may come first
	DRIP("drips, faster than the read timeout", Outcome.POSSIBLE, drip(Duration.ofMillis(250))),

	HALF_CLOSED("idle pooled connection half-closed", Outcome.POSSIBLE, (exchange) -> {
		exchange.write(exchange.forward());
		exchange.closeOutput();
		return true;
	}),

	EARLY_HINTS("103 before the response", Outcome.CERTAIN, (exchange) -> {
		byte[] response = exchange.forward().bytes();
		exchange.write("HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n"
			.getBytes(StandardCharsets.ISO_8859_1));
		FaultProxy.sleep(Duration.ofMillis(20));
		exchange.write(response);
		return true;
	}),

	UNSOLICITED("unsolicited response on the connection", Outcome.CERTAIN, (exchange) -> {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(exchange.forward().bytes());
		bytes.writeBytes(Response.of(200, "{\"id\":\"of another call\"}", "content-type: application/json").bytes());
		exchange.write(bytes.toByteArray());
		return true;
	}),

	BAD_STATUS("malformed status line", Outcome.REPEATED, (exchange) -> {
		exchange.forward();
		exchange.write(Response.of(1000, "{}", "content-type: application/json"));
		return false;
	}),

	BAD_CHUNK("malformed chunk size", Outcome.REPEATED, (exchange) -> {
		exchange.forward();
		exchange.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
			.getBytes(StandardCharsets.ISO_8859_1));
		return false;
	}),

	STATUS_408("408", Outcome.REPEATED, status(408)),

	STATUS_409("409", Outcome.REPEATED, status(409)),

	RATE_LIMITED("429, reset in 2 s", Outcome.CERTAIN, (exchange) -> {
		exchange.body();
		long reset = System.currentTimeMillis() + 2000;
		exchange.write(Response.of(429, "{\"title\":\"Rate Limit Exceeded\",\"status\":429}",
				"content-type: application/problem+json", "x-ratelimit-limit: 750", "x-ratelimit-remaining: 0",
				"x-ratelimit-reset: " + reset));
		return true;
	}),

	STATUS_429("429 without headers", Outcome.CERTAIN, status(429)),

	STATUS_500("500", Outcome.REPEATED, status(500)),

	HTML_502("502 with HTML", Outcome.REPEATED, (exchange) -> {
		exchange.body();
		exchange
			.write(Response.of(502, "<html><body><h1>502 Bad Gateway</h1></body></html>", "content-type: text/html"));
		return true;
	}),

	STATUS_503("503", Outcome.REPEATED, status(503)),

	STATUS_504("504", Outcome.REPEATED, status(504)),

	SHOULD_RETRY("404, x-should-retry: true", Outcome.CERTAIN, status(404, "x-should-retry: true")),

	SHOULD_NOT_RETRY("500, x-should-retry: false", Outcome.FAILED, status(500, "x-should-retry: false")),

	TRUNCATED_JSON("truncated JSON in a 200", Outcome.UNREADABLE, (exchange) -> {
		byte[] body = exchange.forward().body();
		String json = new String(body, 0, Math.max(1, body.length / 2), StandardCharsets.UTF_8);
		exchange.write(Response.of(200, json, "content-type: application/json"));
		return true;
	}),

	TOO_LARGE("body over the memory limit", Outcome.FAILED, (exchange) -> {
		exchange.forward();
		exchange.write(Response.of(200, " ".repeat(2 * FaultRig.MAX_IN_MEMORY), "content-type: application/json"));
		return true;
	}),

	TOO_LARGE_REQUEST("413 before the body was read", Outcome.POSSIBLE, (exchange) -> {
		exchange.write(
				Response.of(413, "{\"error\":\"Too large\"}", "content-type: application/json", "connection: close"));
		return false;
	}),

	REDIRECT("redirect to another host", Outcome.FAILED, (exchange) -> {
		exchange.body();
		exchange.write(Response.of(307, "", "location: http://127.0.0.1:" + FaultRig.ELSEWHERE.port() + "/elsewhere"));
		return true;
	}),

	TLS("TLS failure", Outcome.FAILED, null),

	DNS("DNS failure", Outcome.FAILED, null);

	private final String title;

	private final Outcome outcome;

	private final @Nullable Behaviour behaviour;

	MatrixFault(String title, Outcome outcome, @Nullable Behaviour behaviour) {
		this.title = title;
		this.outcome = outcome;
		this.behaviour = behaviour;
	}

	private static Behaviour drip(Duration pause) {
		return (exchange) -> {
			for (byte octet : exchange.forward().bytes()) {
				exchange.write(new byte[] { octet });
				FaultProxy.sleep(pause);
			}
			return true;
		};
	}

	private static Behaviour status(int status, String... headers) {
		return (exchange) -> {
			exchange.body();
			String[] all = Arrays.copyOf(headers, headers.length + 1);
			all[headers.length] = "content-type: application/json";
			exchange.write(Response.of(status, "{\"error\":\"Fault on demand\"}", all));
			return true;
		};
	}

	String title() {
		return this.title;
	}

	Outcome outcome() {
		return this.outcome;
	}

	/**
	 * Whether the fault lies in the address, and so cannot pass.
	 */
	boolean isPermanent() {
		return this == TLS || this == DNS;
	}

	/**
	 * Whether a call succeeds even if all of its attempts meet the fault.
	 */
	boolean isHarmless() {
		return this == HALF_CLOSED || this == EARLY_HINTS || this == UNSOLICITED;
	}

	void strike(FaultRig rig, int skip, boolean always) {
		int times = always ? Integer.MAX_VALUE : 1;
		switch (this) {
			case TLS, DNS -> {
			}
			case REFUSED -> {
				rig.proxy().arm(Behaviour.NONE, 0, 0);
				rig.proxy().kill();
				if (!always) {
					rig.proxy().restart(Duration.ofMillis(60));
				}
			}
			case RESTART -> rig.proxy().arm((exchange) -> {
				rig.proxy().kill();
				if (!always) {
					rig.proxy().restart(Duration.ofMillis(60));
				}
				return false;
			}, skip, times);
			case HALF_CLOSED -> {
				rig.proxy().arm(Objects.requireNonNull(this.behaviour), 0, times);
				rig.warmUp();
			}
			default -> rig.proxy().arm(Objects.requireNonNull(this.behaviour), skip, times);
		}
	}

	/**
	 * What has to become of a call.
	 */
	enum Outcome {

		/**
		 * Succeeds, if it may be repeated.
		 */
		REPEATED,

		/**
		 * Succeeds, since it certainly did not act.
		 */
		CERTAIN,

		/**
		 * May succeed.
		 */
		POSSIBLE,

		/**
		 * Fails, if the response is of interest.
		 */
		UNREADABLE,

		/**
		 * Fails.
		 */
		FAILED

	}

}
