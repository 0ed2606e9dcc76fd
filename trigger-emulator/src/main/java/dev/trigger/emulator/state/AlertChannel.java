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

package dev.trigger.emulator.state;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a project sends alerts. The emulator sends none.
 *
 * @param id the identifier
 * @param name the name
 * @param alertTypes what is reported, such as {@code run_failure}
 * @param email the address, {@code null} unless alerts go by e-mail
 * @param url the URL, {@code null} unless alerts go to a webhook
 * @param secret the secret with which alerts to the URL are signed
 * @param deduplicationKey the key that finds the channel again, {@code null} for none
 * @since 1.0.0
 */
public record AlertChannel(String id, String name, List<String> alertTypes, @Nullable String email,
		@Nullable String url, @Nullable String secret, @Nullable String deduplicationKey) {

	@Override
	public String toString() {
		return "AlertChannel[id=" + this.id + "]";
	}

}
