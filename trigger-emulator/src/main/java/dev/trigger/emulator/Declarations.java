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

package dev.trigger.emulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Project;

/**
 * What tests have declared in all environments of a project, and a reset keeps.
 */
final class Declarations {

	private final EmulatorState state;

	private final Project project;

	private final List<Consumer<Environment>> declarations = new CopyOnWriteArrayList<>();

	Declarations(EmulatorState state, Project project) {
		this.state = state;
		this.project = project;
	}

	/**
	 * Declare something.
	 * @param declaration what it does to an environment
	 */
	void add(Consumer<Environment> declaration) {
		synchronized (this.state) {
			this.project.all().forEach(declaration);
			this.declarations.add(declaration);
		}
	}

	/**
	 * Declare a thing that has a name.
	 * @param <T> its type
	 * @param type its type
	 * @param name its name
	 * @param thing creates it for an environment
	 */
	<T> void add(Class<T> type, String name, Supplier<T> thing) {
		add((environment) -> environment.all(type).put(name, thing.get()));
	}

	/**
	 * Declare everything again, after a reset.
	 */
	void repeat() {
		this.declarations.forEach((declaration) -> this.project.all().forEach(declaration));
	}

}
