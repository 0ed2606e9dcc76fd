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

package dev.trigger.spring.autoconfigure.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.spring.jdbc.JdbcDialect;
import dev.trigger.spring.jdbc.TriggerDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.init.ScriptStatementFailedException;

/**
 * Creates the tables that are missing, as the initializers of Spring Boot do.
 *
 * @since 1.0.0
 * @hidden shared by the auto-configurations of the client, not an API for applications
 */
public class TriggerSchemaInitializer extends DataSourceScriptDatabaseInitializer {

	/**
	 * The script for leases.
	 */
	public static final String LEASES = "classpath:dev/trigger/spring/jdbc/schema-@@platform@@.sql";

	private static final String PLATFORM = "@@platform@@";

	private static final int ATTEMPTS = 3;

	private final TriggerDatabase database;

	private final SchemaInitialization mode;

	/**
	 * Create an initializer.
	 * @param database the database
	 * @param mode when to create tables
	 * @param locations the scripts; {@code @@platform@@} stands for the name of the
	 * database
	 */
	public TriggerSchemaInitializer(TriggerDatabase database, SchemaInitialization mode, String... locations) {
		super(database.dataSource(), new Settings(database, List.of(locations)));
		this.database = database;
		this.mode = mode;
	}

	@Override
	public boolean initializeDatabase() {
		return switch (this.mode) {
			case NEVER -> false;
			case EMBEDDED -> isEmbeddedDatabase() && super.initializeDatabase();
			case ALWAYS -> super.initializeDatabase();
		};
	}

	/**
	 * Several instances that start at once may all find that a table is missing, which
	 * "if not exists" does not prevent.
	 */
	@Override
	protected void runScripts(Scripts scripts) {
		Scripts own = withPrefix(scripts);
		for (int attempt = 1;; attempt++) {
			try {
				super.runScripts(own);
				return;
			}
			catch (DataAccessException ex) {
				if (attempt == ATTEMPTS) {
					throw (ex instanceof ScriptStatementFailedException refused) ? new RefusedSchemaException(refused)
							: ex;
				}
			}
		}
	}

	private Scripts withPrefix(Scripts scripts) {
		List<Resource> resources = new ArrayList<>();
		for (Resource script : scripts) {
			try {
				String text = script.getContentAsString(StandardCharsets.UTF_8);
				resources.add(new ByteArrayResource(this.database.withPrefix(text).getBytes(StandardCharsets.UTF_8),
						script.getDescription()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return new Scripts(resources).continueOnError(scripts.isContinueOnError())
			.separator(scripts.getSeparator())
			.encoding(StandardCharsets.UTF_8);
	}

	/**
	 * The settings, which ask the database what it is when the scripts are needed.
	 */
	private static final class Settings extends DatabaseInitializationSettings {

		private final TriggerDatabase database;

		private final List<String> locations;

		Settings(TriggerDatabase database, List<String> locations) {
			this.database = database;
			this.locations = locations;
			setMode(DatabaseInitializationMode.ALWAYS);
		}

		@Override
		public @Nullable List<String> getSchemaLocations() {
			String platform = this.database.dialect().platform();
			return this.locations.stream().map((location) -> location.replace(PLATFORM, platform)).toList();
		}

		/**
		 * Oracle has no "if not exists" before version 23.
		 */
		@Override
		public boolean isContinueOnError() {
			return this.database.dialect() == JdbcDialect.ORACLE;
		}

	}

}
