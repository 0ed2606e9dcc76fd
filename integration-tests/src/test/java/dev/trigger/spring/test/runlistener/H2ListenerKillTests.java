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

package dev.trigger.spring.test.runlistener;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import dev.trigger.spring.test.jdbc.PostgresServer;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Processes die while they use H2, which is a server here. Where PostgreSQL is there it
 * shows the steps that the database has a part in, unless {@code -Doutbox.all=true} is
 * set.
 */
class H2ListenerKillTests extends AbstractListenerKillTests {

	private Server server;

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
		return "jdbc:h2:tcp://localhost:" + this.server.getPort() + "/mem:kills;DB_CLOSE_DELAY=-1";
	}

	@Override
	List<ListenerKillStep> steps() {
		boolean all = Boolean.getBoolean("outbox.all") || !PostgresServer.isInstalled();
		return Arrays.stream(ListenerKillStep.values()).filter((step) -> all || !step.isOfDatabase()).toList();
	}

	@Override
	String end(ListenerKillStep step) {
		return (step.ordinal() % 2 == 0) ? "halt" : "kill";
	}

}
