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

package dev.trigger.spring.contracts.tool;

import java.util.List;

import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractChange;

/**
 * What differs between the contract of a service and what is deployed.
 *
 * @param changes the differences
 * @since 1.0.0
 */
public record ContractReport(List<ContractChange> changes) {

	/**
	 * Create a report.
	 */
	public ContractReport {
		changes = List.copyOf(changes);
	}

	/**
	 * Compare two contracts.
	 * @param committed the contract of the service
	 * @param deployed the contract of what is deployed
	 * @return what differs
	 */
	public static ContractReport of(Contract committed, Contract deployed) {
		return new ContractReport(committed.changesTo(deployed));
	}

	/**
	 * Return the changes by which payloads that this service may send can be refused.
	 * @return the changes
	 */
	public List<ContractChange> breaking() {
		return this.changes.stream().filter(ContractChange::breaking).toList();
	}

	/**
	 * Return the report as text.
	 * @return a line for each change, and what to do
	 */
	@Override
	public String toString() {
		if (this.changes.isEmpty()) {
			return "The contract equals what is deployed.";
		}
		StringBuilder text = new StringBuilder();
		append(text, "Breaks this service:", this.breaking());
		append(text, "Does not break this service:",
				this.changes.stream().filter((change) -> !change.breaking()).toList());
		return text.append("Pull the contract, and adapt what does not compile any more.").toString();
	}

	private static void append(StringBuilder text, String title, List<ContractChange> changes) {
		if (!changes.isEmpty()) {
			text.append(title).append('\n');
			changes.forEach((change) -> text.append("  ").append(change).append('\n'));
		}
	}

}
