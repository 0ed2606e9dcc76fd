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

package dev.trigger.spring.batch;

import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.exception.UnprocessableEntityException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an idempotency key was refused because an earlier attempt of the same
 * call, whose response was lost, has used it.
 */
final class LostResponse {

	private LostResponse() {
	}

	/**
	 * Return why the response to an earlier attempt was lost.
	 * @param failure the failure of a call
	 * @return the reason, {@code null} if the failure does not refuse a key, or if no
	 * response was lost
	 */
	static @Nullable TriggerException before(Throwable failure) {
		if (failure instanceof UnprocessableEntityException) {
			for (Throwable earlier : failure.getSuppressed()) {
				if (earlier instanceof TriggerException lost) {
					return lost;
				}
			}
		}
		return null;
	}

}
