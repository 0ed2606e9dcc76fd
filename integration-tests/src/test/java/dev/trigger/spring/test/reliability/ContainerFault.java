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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What can happen to the container of a server, or to its network.
 */
enum ContainerFault {

	RESTARTED("killed and restarted, its data being elsewhere", Duration.ZERO, ContainerRig::killFront,
			ContainerRig::startFront),

	FORGETFUL("killed and restarted, its data being lost", Duration.ZERO, ContainerRig::killEmulator,
			ContainerRig::startEmulator),

	FROZEN("frozen past the read timeout", Duration.ofMillis(1500), ContainerRig::pauseEmulator,
			ContainerRig::unpauseEmulator),

	CUT("network cut", Duration.ofMillis(1500), ContainerRig::disconnectEmulator, ContainerRig::connectEmulator);

	private final String title;

	private final Duration length;

	private final Consumer<ContainerRig> strike;

	private final Consumer<ContainerRig> lift;

	ContainerFault(String title, Duration length, Consumer<ContainerRig> strike, Consumer<ContainerRig> lift) {
		this.title = title;
		this.length = length;
		this.strike = strike;
		this.lift = lift;
	}

	String title() {
		return this.title;
	}

	/**
	 * How long it lasts, if it passes.
	 */
	Duration length() {
		return this.length;
	}

	void strike(ContainerRig rig) {
		this.strike.accept(rig);
	}

	void lift(ContainerRig rig) {
		this.lift.accept(rig);
	}

	/**
	 * Whether the server does not know what it did before.
	 */
	boolean isForgetful() {
		return this == FORGETFUL;
	}

	/**
	 * Where the client that meets the fault goes.
	 */
	String url(ContainerRig rig) {
		return (this == RESTARTED) ? rig.frontUrl() : rig.emulatorUrl();
	}

}
