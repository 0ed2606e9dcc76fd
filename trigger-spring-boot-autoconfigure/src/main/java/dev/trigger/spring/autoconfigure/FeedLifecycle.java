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

import dev.trigger.spring.TriggerTemplate;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the feeds and streams of all clients when the application is closed. Beans are
 * destroyed after the event loops of Reactor Netty have stopped, when what is open has
 * lost its connections and can't reconnect.
 */
final class FeedLifecycle implements SmartLifecycle {

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	FeedLifecycle(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public void start() {
		this.running = true;
	}

	/**
	 * A context that is only stopped may be started again, and its feeds go on then. The
	 * client of its parent, which is not defined here, outlives it.
	 */
	@Override
	public void stop() {
		this.running = false;
		if (this.context.isClosed()) {
			ConfigurableListableBeanFactory beans = this.context.getBeanFactory();
			for (String name : beans.getBeanNamesForType(TriggerTemplate.class, false, false)) {
				if (beans.containsBeanDefinition(name) && beans.getSingleton(name) instanceof TriggerTemplate client) {
					client.close();
				}
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * After all that may need a feed to come to its end, such as the web server and run
	 * listeners.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 6000;
	}

}
