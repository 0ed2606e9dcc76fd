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

package dev.trigger.spring.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Servers that have sent a second response to a request. It may come again, at a time
 * when it can't be told from the response to the next request: for a while, no connection
 * to such a server is used twice.
 */
final class SecondResponses {

	private static final long TIME = Duration.ofMinutes(1).toNanos();

	private static final int MAX_SIZE = 1000;

	private static final Map<SocketAddress, Long> since = new ConcurrentHashMap<>();

	private SecondResponses() {
	}

	static void add(@Nullable SocketAddress server) {
		since.values().removeIf(SecondResponses::isOver);
		if (server != null && since.size() < MAX_SIZE) {
			since.put(server, System.nanoTime());
		}
	}

	static boolean contains(@Nullable SocketAddress server) {
		if (since.isEmpty() || server == null) {
			return false;
		}
		Long time = since.get(server);
		return time != null && !isOver(time);
	}

	private static boolean isOver(long time) {
		return System.nanoTime() - time > TIME;
	}

}
