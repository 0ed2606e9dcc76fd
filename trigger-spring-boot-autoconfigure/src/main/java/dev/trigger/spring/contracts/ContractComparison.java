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

package dev.trigger.spring.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the differences between two contracts.
 */
final class ContractComparison {

	private final List<ContractChange> changes = new ArrayList<>();

	private ContractComparison() {
	}

	static List<ContractChange> compare(Contract committed, Contract deployed) {
		ContractComparison comparison = new ContractComparison();
		SortedSet<String> ids = new TreeSet<>(committed.tasks().keySet());
		ids.addAll(deployed.tasks().keySet());
		for (String id : ids) {
			comparison.compare(id, committed.tasks().get(id), deployed.tasks().get(id));
		}
		return List.copyOf(comparison.changes);
	}

	private void compare(String id, @Nullable ContractTask committed, @Nullable ContractTask deployed) {
		if (deployed == null) {
			add(id, "task removed", true);
		}
		else if (committed == null) {
			add(id, "task added", false);
		}
		else {
			JsonNode before = committed.payloadSchema();
			JsonNode after = deployed.payloadSchema();
			if (before != null && after != null) {
				new SchemaComparison(id, before, after, this.changes::add).compare();
			}
			else if (after != null) {
				add(id, "the payload has a schema now", true);
			}
			else if (before != null) {
				add(id, "the payload has no schema any more", false);
			}
			if (!Objects.equals(committed.filePath(), deployed.filePath())) {
				add(id, "moved from " + committed.filePath() + " to " + deployed.filePath(), false);
			}
			if (!Objects.equals(committed.triggerSource(), deployed.triggerSource())) {
				add(id, "triggered by " + deployed.triggerSource() + " instead of " + committed.triggerSource(), false);
			}
		}
	}

	private void add(String task, String description, boolean breaking) {
		this.changes.add(new ContractChange(task, "", description, breaking));
	}

}
