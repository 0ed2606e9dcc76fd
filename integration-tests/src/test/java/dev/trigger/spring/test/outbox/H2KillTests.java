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

import java.sql.SQLException;

import dev.trigger.spring.test.jdbc.PostgresServer;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Processes halt while they use H2, which is a server here. Where PostgreSQL is there it
 * has shown the same, unless {@code -Doutbox.all=true} is set.
 */
@EnabledIf("isWanted")
class H2KillTests extends AbstractKillTests {

	private Server server;

	static boolean isWanted() {
		return Boolean.getBoolean("outbox.all") || !PostgresServer.isInstalled();
	}

	@BeforeEach
	void startServer() throws SQLException {
		this.server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop();
	}

	@Override
	String url() {
		return "jdbc:h2:tcp://localhost:" + this.server.getPort() + "/mem:outbox;DB_CLOSE_DELAY=-1";
	}

	@Override
	String end() {
		return "halt";
	}

}
