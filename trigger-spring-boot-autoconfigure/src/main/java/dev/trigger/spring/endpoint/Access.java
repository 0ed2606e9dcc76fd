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

package dev.trigger.spring.endpoint;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import dev.trigger.spring.auth.AuthMode;

/**
 * The combinations of credentials that endpoints accept.
 */
enum Access {

	SECRET(EnumSet.of(AuthMode.SECRET_KEY)),

	SECRET_OR_PUBLIC(EnumSet.of(AuthMode.SECRET_KEY, AuthMode.PUBLIC_ACCESS_TOKEN)),

	SECRET_OR_PERSONAL(EnumSet.of(AuthMode.SECRET_KEY, AuthMode.PERSONAL_ACCESS_TOKEN)),

	PERSONAL(EnumSet.of(AuthMode.PERSONAL_ACCESS_TOKEN)),

	OPEN(EnumSet.of(AuthMode.NONE));

	private final Set<AuthMode> modes;

	Access(EnumSet<AuthMode> modes) {
		this.modes = Collections.unmodifiableSet(modes);
	}

	Set<AuthMode> modes() {
		return this.modes;
	}

}
