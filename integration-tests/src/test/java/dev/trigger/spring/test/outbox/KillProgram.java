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

import java.util.List;

import javax.sql.DataSource;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.outbox.JdbcTriggerOutbox;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.jdbc.KilledProcess;

import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An instance of an application that triggers, or sends what was left over, and dies at a
 * certain step.
 */
final class KillProgram {

	/**
	 * Its runs fail at once, so that they give their keys free.
	 */
	static final TaskType<Integer, Integer> TASK = TaskType.of("fail", Integer.class, Integer.class);

	private KillProgram() {
	}

	/**
	 * Run the program.
	 * @param args the step, how to die, the JDBC URL, the address of the API, a key
	 */
	public static void main(String[] args) {
		KillStep step = KillStep.valueOf(args[0]);
		Runnable kill = KilledProcess.killer(args[1]);
		DataSource dataSource = step.point().watch(OutboxRig.pool(args[2]), kill);
		TriggerDatabase database = OutboxRig.database(dataSource);
		TriggerOperations client = TriggerTemplate.builder(TriggerCredential.of(args[4]))
			.apiUrl(args[3])
			.webClientBuilder(WebClient.builder().filter(step.point().filter(kill)))
			.build();
		JdbcTriggerOutbox outbox = new JdbcTriggerOutbox(database, (name) -> client, OutboxRig.settings(), List.of());
		// what can be loaded before is loaded while another process runs
		database.dialect();
		KilledProcess.awaitBeginning();
		outbox.start();
		if (!step.isOfRecovery()) {
			new TransactionTemplate(database.transactionManager()).executeWithoutResult((status) -> outbox.trigger(TASK,
					step.ordinal(), (options) -> options.maxAttempts(1).tags(step.name())));
		}
		KilledProcess.sleep();
	}

}
