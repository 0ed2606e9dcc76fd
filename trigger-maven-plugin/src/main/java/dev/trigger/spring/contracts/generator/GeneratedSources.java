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

package dev.trigger.spring.contracts.generator;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was generated from a contract.
 *
 * @param files the sources by their paths, such as {@code com/example/PlaceOrder.java}
 * @param warnings the parts of schemas that are not expressed in Java, with the task and
 * the place in its schema, and settings that have no effect; one a line
 * @since 1.0.0
 */
public record GeneratedSources(Map<String, String> files, List<String> warnings) {

	/**
	 * The generator, as all generated types name it.
	 */
	static final String GENERATOR = "dev.trigger.spring:trigger-maven-plugin";

	/**
	 * The first words about a generated package, which has no annotation.
	 */
	static final String PACKAGE = "Generated from the contract of the project";

	/**
	 * Create sources.
	 */
	public GeneratedSources {
		SortedMap<String, String> sorted = new TreeMap<>(files);
		files = Collections.unmodifiableMap(sorted);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Return whether a source was generated, and may be deleted.
	 * @param source the source
	 * @return {@code true} if it was
	 */
	public static boolean isGenerated(String source) {
		return source.contains("@Generated(\"" + GENERATOR + "\")") || source.contains("/**\n * " + PACKAGE + " ");
	}

}
