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

package dev.trigger.spring.project;

import java.util.List;

import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.LoopbackServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BranchOperations}.
 */
class BranchOperationsTests {

	private final LoopbackServer server = new LoopbackServer();

	private final BranchOperations branches = TriggerTemplate
		.builder(TriggerCredential.of("tr_pat_0123456789abcdef0123456789abcdef01234567"))
		.apiUrl(this.server.url())
		.build()
		.project("proj_acmeacmeacmeacmeacme")
		.branches();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void createTellsWhichBranchesTheServerArchived() {
		this.server.respond(200, """
				{"id":"env_3","autoArchivedBranches":[{"id":"env_1","branchName":"old"}]}""");
		assertThat(this.branches.create("new").block()).satisfies((branch) -> {
			assertThat(branch.id()).isEqualTo("env_3");
			assertThat(branch.autoArchivedBranches()).extracting(CreatedBranch.ArchivedBranch::branchName)
				.containsExactly("old");
		});
	}

	@Test
	void serverThatArchivesNothingDoesNotSaySo() {
		this.server.respond(200, "{\"id\":\"env_3\"}");
		assertThat(this.branches.create("new").block()).isEqualTo(new CreatedBranch("env_3", List.of()));
	}

}
