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

import javax.sql.DataSource;

import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Connections without a pool, for what ends before its connections do. The driver is
 * found by its name: {@link java.sql.DriverManager} knows those that the class loader had
 * at its first use, which in a test may have been one without databases.
 */
public final class UnpooledConnections {

	private UnpooledConnections() {
	}

	/**
	 * Return a source of connections.
	 * @param url the JDBC URL, with the user
	 */
	public static DataSource to(String url) {
		return DataSourceBuilder.create().type(SimpleDriverDataSource.class).url(url).build();
	}

}
