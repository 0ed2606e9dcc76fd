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

package dev.trigger.spring.test.jdbc;

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
 * Where a process is killed: before or after it commits a transaction with a certain
 * statement, gets the response to a certain request, or does something else.
 *
 * @param sql a part of the statement, {@code null} for none
 * @param path a part of the path of the request, {@code null} for none
 * @param before whether it is killed before that
 */
public record KillPoint(String sql, String path, boolean before) {

	/**
	 * Return a data source that gets the process killed where it commits the statement.
	 * @param dataSource the data source of the database
	 * @param kill kills the process
	 * @return the data source to use
	 */
	public DataSource watch(DataSource dataSource, Runnable kill) {
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
	 * Return a filter that gets the process killed where it makes the request.
	 * @param kill kills the process
	 * @return the filter
	 */
	public ExchangeFilterFunction filter(Runnable kill) {
		return (request, next) -> {
			if (this.path == null || !request.url().getPath().contains(this.path)) {
				return next.exchange(request);
			}
			return this.before ? Mono.fromRunnable(kill).then(next.exchange(request))
					: next.exchange(request).doOnNext((response) -> kill.run());
		};
	}

	/**
	 * Do something that is neither a transaction nor a request, and get the process
	 * killed if it is meant.
	 * @param work what to do
	 * @param kill kills the process
	 */
	public void around(Runnable work, Runnable kill) {
		boolean meant = this.sql == null && this.path == null;
		if (meant && this.before) {
			kill.run();
		}
		work.run();
		if (meant) {
			kill.run();
		}
	}

}
