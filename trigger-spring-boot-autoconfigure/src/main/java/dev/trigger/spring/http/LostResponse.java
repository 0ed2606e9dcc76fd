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

package dev.trigger.spring.http;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * The last attempt of a call whose response was lost, so that the server may have acted
 * on it. It explains the response to a later attempt.
 */
final class LostResponse {

	private volatile @Nullable Throwable failure;

	private boolean alreadyDone;

	/**
	 * Note the failure of an attempt.
	 * @param present the failure, which gets the earlier one as suppressed unless it is a
	 * lost response itself
	 */
	void failed(Throwable present) {
		Throwable earlier = this.failure;
		if (isLost(present)) {
			this.failure = present;
		}
		else if (earlier != null) {
			present.addSuppressed(earlier);
		}
	}

	/**
	 * Return whether a failure means success: an earlier attempt, whose response was
	 * lost, had done already what this one was to do.
	 */
	boolean isAlreadyDone(TriggerEndpoint endpoint, Throwable present) {
		this.alreadyDone = this.failure != null && present instanceof TriggerApiException api
				&& endpoint.isAlreadyDone(api.getStatus(), api.getServerMessage());
		return this.alreadyDone;
	}

	boolean isAlreadyDone() {
		return this.alreadyDone;
	}

	private static boolean isLost(Throwable failure) {
		return (failure instanceof TriggerConnectionException connection) ? !connection.isRequestUnsent()
				: failure instanceof TriggerApiException api && (api.getStatus() >= 500 || api.getStatus() == 408);
	}

}
