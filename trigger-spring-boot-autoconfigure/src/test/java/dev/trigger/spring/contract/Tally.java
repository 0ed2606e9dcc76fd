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

package dev.trigger.spring.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts cases, and sums them up in one line.
 */
final class Tally {

	private final String name;

	private final AtomicInteger passed = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger notCovered = new AtomicInteger();

	private final Set<String> withoutAdapter = new TreeSet<>();

	Tally(String name) {
		this.name = name;
	}

	/**
	 * Count a case by its differences, and fail if there are any.
	 * @param described the case as the contract has it
	 * @param test the case
	 */
	void count(JsonNode described, Test test) {
		boolean success = false;
		boolean aborted = false;
		try {
			List<String> differences = test.run();
			assertThat(differences).as("%s %s", described.path("name"), described.path("note")).isEmpty();
			success = true;
		}
		catch (TestAbortedException ex) {
			aborted = true;
			throw ex;
		}
		finally {
			(success ? this.passed : aborted ? this.notCovered : this.failed).incrementAndGet();
		}
	}

	/**
	 * Leave a case out.
	 * @param reason why
	 * @return the exception to throw
	 */
	TestAbortedException leaveOut(String reason) {
		return new TestAbortedException(reason);
	}

	/**
	 * Leave a case out because no adapter makes its operation.
	 * @param operation the operation
	 * @return the exception to throw
	 */
	TestAbortedException withoutAdapter(String operation) {
		this.withoutAdapter.add(operation);
		return new TestAbortedException("No adapter makes " + operation);
	}

	/**
	 * Print the sum.
	 */
	void report() {
		int cases = this.passed.get() + this.failed.get() + this.notCovered.get();
		if (!this.withoutAdapter.isEmpty()) {
			System.out.println(this.name + ": no adapter for " + String.join(", ", this.withoutAdapter));
		}
		System.out.printf("%s: %d cases, %d passed, %d failed, %d not covered%n", this.name, cases, this.passed.get(),
				this.failed.get(), this.notCovered.get());
	}

	/**
	 * Return whether any case was really run.
	 * @return {@code true} if there was one
	 */
	boolean hasRun() {
		return this.passed.get() + this.failed.get() > 0;
	}

	/**
	 * A case.
	 */
	@FunctionalInterface
	interface Test {

		/**
		 * Run the case.
		 * @return the differences
		 */
		List<String> run();

	}

}
