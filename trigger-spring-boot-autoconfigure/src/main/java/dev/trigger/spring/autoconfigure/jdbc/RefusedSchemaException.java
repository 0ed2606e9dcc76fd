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

import dev.trigger.spring.exception.InvalidConfigurationException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.datasource.init.ScriptStatementFailedException;

/**
 * Thrown when the database does not let the application create its tables, such as for a
 * user who may only read and write.
 */
class RefusedSchemaException extends InvalidConfigurationException {

	private static final long serialVersionUID = 1L;

	RefusedSchemaException(ScriptStatementFailedException cause) {
		super("The tables that the outbox or run listeners need can't be created: " + reason(cause),
				"Have a user create them who may, with the scripts 'dev/trigger/spring/**/schema-*.sql' of the jar, and "
						+ "set 'trigger.outbox.initialize-schema' and 'trigger.run-listener.initialize-schema' to 'never'",
				cause);
	}

	private static String reason(ScriptStatementFailedException cause) {
		String reason = String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
		return reason.lines().findFirst().orElse(reason);
	}

}
