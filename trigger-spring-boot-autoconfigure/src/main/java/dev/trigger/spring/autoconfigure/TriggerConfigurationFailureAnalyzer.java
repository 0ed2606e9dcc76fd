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

package dev.trigger.spring.autoconfigure;

import dev.trigger.spring.auth.InvalidBranchException;
import dev.trigger.spring.auth.MalformedCredentialException;
import dev.trigger.spring.exception.InvalidConfigurationException;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says what keeps an application with a Trigger.dev client from starting, and what to do
 * about it. Never shows a credential.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class TriggerConfigurationFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			FailureAnalysis analysis = analyzeCause(cause);
			if (analysis != null) {
				return analysis;
			}
		}
		return null;
	}

	private static @Nullable FailureAnalysis analyzeCause(Throwable cause) {
		if (cause instanceof InvalidConfigurationException invalid) {
			return new FailureAnalysis(invalid.getDescription() + ".", sentence(invalid.getAction()), cause);
		}
		if (cause instanceof MalformedCredentialException) {
			return new FailureAnalysis("A Trigger.dev credential is malformed. " + cause.getMessage() + ".",
					"Copy the key again from the API keys page of your Trigger.dev project, or the token from your "
							+ "account, and set it without quotes and without 'Bearer'.",
					cause);
		}
		if (cause instanceof PreviewBranchRequiredException) {
			return new FailureAnalysis(
					"The Trigger.dev secret key belongs to the preview environment, but no branch is configured.",
					"Set 'trigger.preview-branch' or the environment variable TRIGGER_PREVIEW_BRANCH to the name of the "
							+ "branch, or use the key of another environment.",
					cause);
		}
		if (cause instanceof InvalidBranchException invalid) {
			return new FailureAnalysis(invalid.getMessage() + ".",
					"Set '" + invalid.getSource() + "' to the name of the branch, on a single line.", cause);
		}
		return null;
	}

	private static String sentence(String action) {
		return action.endsWith("?") ? action : action + ".";
	}

}
