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

import java.io.Serializable;
import java.util.List;

/**
 * The response to the creation of a branch.
 *
 * @param id the id of the branch
 * @param autoArchivedBranches the branches that the server archived to make room for it;
 * empty if there are none
 * @since 1.0.0
 */
public record CreatedBranch(String id, List<ArchivedBranch> autoArchivedBranches) implements Serializable {

	public CreatedBranch {
		autoArchivedBranches = (autoArchivedBranches != null) ? List.copyOf(autoArchivedBranches) : List.of();
	}

	/**
	 * A branch that was archived for another, and can't be called any more.
	 *
	 * @param id the id
	 * @param branchName the name
	 */
	public record ArchivedBranch(String id, String branchName) implements Serializable {

	}

}
