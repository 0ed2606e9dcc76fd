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

package dev.trigger.emulator.http;

import java.util.Locale;
import java.util.function.Supplier;

import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * What becomes of a failure of the emulator itself, an {@link Error} included: it is
 * logged, and the client gets a response. Reactor takes some errors for fatal and passes
 * them on to nobody, so that a client would wait until its timeout: they are caught
 * before they get there.
 *
 * @since 1.0.0
 */
public final class InternalErrors {

	private static final Logger logger = Loggers.getLogger("dev.trigger.emulator");

	private static final String HEADER = "x-emulator-failure";

	/**
	 * The response without its details, which is there when memory is short.
	 */
	private static final EmulatorResponse RESPONSE = EmulatorResponse.error(500, "Internal Server Error");

	private InternalErrors() {
	}

	/**
	 * Handle a request. Whatever its handler throws becomes a response.
	 * @param what the request, for the log
	 * @param handler what handles it
	 * @return its response, or the one of a failure
	 */
	public static EmulatorResponse respond(String what, Supplier<EmulatorResponse> handler) {
		try {
			return handler.get();
		}
		catch (ResponseException ex) {
			return ex.response();
		}
		catch (Throwable ex) {
			return response(what, ex);
		}
	}

	/**
	 * Do something that nobody gets a response for. A failure is logged, and what is to
	 * be done next is done.
	 * @param what what is done, for the log
	 * @param action what to do
	 */
	public static void run(String what, Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			log(what, ex);
		}
	}

	/**
	 * Log a failure and return the response to a request that it ends.
	 * @param what the request, for the log
	 * @param failure the failure
	 * @return a 500 in the form of the server, with a header that describes the failure
	 */
	public static EmulatorResponse response(String what, Throwable failure) {
		log(what, failure);
		try {
			return RESPONSE.header(HEADER, oneLine(failure));
		}
		catch (Throwable ex) {
			return RESPONSE;
		}
	}

	/**
	 * Return whether a response reports a failure of the emulator.
	 * @param response the response
	 * @return {@code true} if so
	 */
	public static boolean isFailure(EmulatorResponse response) {
		return response == RESPONSE || response.headers().containsKey(HEADER);
	}

	/**
	 * Log a failure.
	 * @param what what failed
	 * @param failure the failure
	 */
	public static void log(String what, Throwable failure) {
		try {
			logger.error("The emulator failed: " + what, failure);
		}
		catch (Throwable ex) {
			// without memory or a stack to log with, responding still matters
		}
	}

	private static String oneLine(Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		String text = failure + ((trace.length > 0) ? " at " + trace[0] : "");
		return text.replaceAll("[^\\x20-\\x7e]", " ").toLowerCase(Locale.ROOT);
	}

}
