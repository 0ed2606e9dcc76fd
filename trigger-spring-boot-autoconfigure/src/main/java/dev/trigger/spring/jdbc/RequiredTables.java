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

package dev.trigger.spring.jdbc;

import java.sql.SQLException;
import java.util.regex.Pattern;

import dev.trigger.spring.exception.InvalidConfigurationException;

/**
 * The tables that a part of the client needs, where they come from, and how to report
 * that they are not there.
 *
 * @param scripts the scripts that create them, as a pattern of class path locations
 * @param property the property that has them executed
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public record RequiredTables(String scripts, String property) {

	private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

	/**
	 * What the driver of H2 adds to its reason.
	 */
	private static final Pattern STATEMENT = Pattern.compile("; SQL statement:.*");

	private static final int MAX_CAUSES = 20;

	/**
	 * Of a library that is not there where run listeners have no database.
	 */
	private static final String BAD_SQL_GRAMMAR_EXCEPTION = "org.springframework.jdbc.BadSqlGrammarException";

	/**
	 * Return why the database can't be used, in the words of the driver, and what to do
	 * about it if a table or column is missing.
	 * @param failure the failure
	 * @return the message, without a full stop at its end
	 */
	public String describe(Throwable failure) {
		if (failure.getCause() instanceof SQLException cause
				&& failure.getClass().getName().equals(BAD_SQL_GRAMMAR_EXCEPTION)) {
			return reason(cause) + ". Tables are missing, or are those of another version: "
					+ "create or alter them as in the scripts " + this.scripts + " of the jar, or have missing ones "
					+ "created with '" + this.property + "=always'";
		}
		return (failure instanceof InvalidConfigurationException) ? String.valueOf(failure.getMessage())
				: reason(failure);
	}

	/**
	 * What surrounds the failure of a driver has the statement, or says that there is no
	 * transaction.
	 */
	private static String reason(Throwable failure) {
		String reason = (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof SQLException && cause.getMessage() != null) {
				reason = cause.getMessage();
			}
			cause = cause.getCause();
		}
		reason = STATEMENT.matcher(LINE_BREAKS.matcher(reason.strip()).replaceAll(" ")).replaceFirst("");
		return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
	}

}
