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

import java.util.concurrent.ThreadFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Creates the threads of run listeners.
 */
final class RunListenerThreads {

	static final String PREFIX = "trigger-run-listener-";

	private RunListenerThreads() {
	}

	/**
	 * Create a thread, which does not keep the process alive.
	 */
	static Thread create(String name, Runnable task) {
		Thread thread = new Thread(task, PREFIX + name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return what creates many threads, which are told apart by their numbers.
	 */
	static ThreadFactory factory(String name) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(PREFIX + name + "-");
		factory.setDaemon(true);
		return factory;
	}

}
