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

package dev.trigger.emulator.api;

import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The caller of a request.
 *
 * @param environment the environment of a key or a token, or the one that a personal
 * access token means by the path
 * @param user the user of a personal access token
 * @param claims the claims of a public access token
 */
record Identity(@Nullable Environment environment, @Nullable User user, @Nullable JsonNode claims) {

	static final Identity NOBODY = new Identity(null, null, null);

	static Identity of(Environment environment) {
		return new Identity(environment, null, null);
	}

	static Identity of(User user) {
		return new Identity(null, user, null);
	}

}
