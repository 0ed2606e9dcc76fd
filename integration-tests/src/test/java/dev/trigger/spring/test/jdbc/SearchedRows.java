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

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Assumptions;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How many rows PostgreSQL looks at that it does not find by the primary key.
 */
public final class SearchedRows {

	private static final int SUPPORTED = 150000;

	private final JdbcTemplate jdbc;

	private final String table;

	private final String key;

	private final long before;

	/**
	 * Count from now on.
	 * @param dataSource a pool of connections, of which only one is used from now on
	 * @param table the table
	 * @param key the index of the primary key
	 */
	public SearchedRows(HikariDataSource dataSource, String table, String key) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.table = table;
		this.key = key;
		Assumptions.assumeTrue(query("SELECT current_setting('server_version_num')::bigint") >= SUPPORTED,
				"A session of an older server counts with a delay");
		dataSource.setMaximumPoolSize(1);
		dataSource.getHikariPoolMXBean().softEvictConnections();
		this.before = count();
	}

	/**
	 * Return the number.
	 * @return how many rows were looked at by now
	 */
	public long number() {
		return count() - this.before;
	}

	private long count() {
		this.jdbc.execute("SELECT pg_stat_force_next_flush()");
		return query("SELECT (SELECT SUM(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = '" + this.table
				+ "' AND indexrelname <> '" + this.key + "' AND schemaname = current_schema())"
				+ " + (SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = '" + this.table
				+ "' AND schemaname = current_schema())");
	}

	private long query(String sql) {
		Long number = this.jdbc.queryForObject(sql, Long.class);
		return (number != null) ? number : 0;
	}

}
