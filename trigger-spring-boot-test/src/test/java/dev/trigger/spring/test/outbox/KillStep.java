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

package dev.trigger.spring.test.outbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import reactor.core.publisher.Mono;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Where a process that triggers is killed.
 */
enum KillStep {

	BEFORE_COMMIT("INSERT INTO trigger_outbox", null, true),

	AFTER_COMMIT("INSERT INTO trigger_outbox", null, false),

	BEFORE_CLAIM("SET claimed_by", null, true),

	AFTER_CLAIM("SET claimed_by", null, false),

	BEFORE_SEND(null, "/trigger", true),

	AFTER_RESPONSE(null, "/trigger", false),

	BEFORE_MARK("SET state = 'SENT'", null, true),

	AFTER_MARK("SET state = 'SENT'", null, false),

	BEFORE_LOOK_UP(null, "/api/v1/runs", true),

	AFTER_LOOK_UP(null, "/api/v1/runs", false),

	BEFORE_ADOPT_MARK("SET state = 'SENT'", null, true),

	AFTER_ADOPT_MARK("SET state = 'SENT'", null, false);

	private final String sql;

	private final String path;

	private final boolean before;

	KillStep(String sql, String path, boolean before) {
		this.sql = sql;
		this.path = path;
		this.before = before;
	}

	/**
	 * Return whether it happens while a row is sent that another process left over.
	 */
	boolean isOfRecovery() {
		return ordinal() >= BEFORE_LOOK_UP.ordinal();
	}

	/**
	 * Return a data source that gets killed before or after a transaction with a certain
	 * statement is committed.
	 */
	DataSource watch(DataSource dataSource, Runnable kill) {
		return (this.sql == null) ? dataSource : new DelegatingDataSource(dataSource) {

			@Override
			public Connection getConnection() throws SQLException {
				return watch(super.getConnection(), kill);
			}

		};
	}

	private Connection watch(Connection connection, Runnable kill) {
		AtomicBoolean seen = new AtomicBoolean();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("prepareStatement") && arguments[0].toString().contains(this.sql)) {
						seen.set(true);
					}
					boolean commit = method.getName().equals("commit") && seen.get();
					if (commit && this.before) {
						kill.run();
					}
					try {
						Object result = method.invoke(connection, arguments);
						if (commit) {
							kill.run();
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * Return a filter that gets killed before a certain request is sent, or after its
	 * response is there.
	 */
	ExchangeFilterFunction filter(Runnable kill) {
		return (request, next) -> {
			if (this.path == null || !request.url().getPath().endsWith(this.path)) {
				return next.exchange(request);
			}
			return this.before ? Mono.fromRunnable(kill).then(next.exchange(request))
					: next.exchange(request).doOnNext((response) -> kill.run());
		};
	}

}
