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

package dev.trigger.spring.runlistener;

import java.lang.reflect.Type;

import reactor.util.context.Context;

/**
 * A run listener of one client.
 *
 * @param id the id under which it is kept what was handled
 * @param client the name of the client
 * @param filter which runs it is called for
 * @param outputType the type of the output
 * @param handler what is called
 */
record RunListener(String id, String client, RunFilter filter, Type outputType, Handler handler) {

	/**
	 * Handles what happened.
	 */
	@FunctionalInterface
	interface Handler {

		/**
		 * Handle the end of a run.
		 * @param event the run
		 * @param context the context for what it subscribes to
		 * @throws Exception if it has to be handled again
		 */
		@SuppressWarnings("checkstyle:IllegalThrows")
		void handle(RunFinished<?> event, Context context) throws Exception;

	}

}
