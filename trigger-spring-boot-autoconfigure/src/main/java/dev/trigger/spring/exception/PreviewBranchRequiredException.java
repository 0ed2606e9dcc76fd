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

package dev.trigger.spring.exception;

/**
 * Thrown before any request when a secret key of the preview environment is used without
 * a branch. The server would return 401.
 *
 * @since 1.0.0
 */
public class PreviewBranchRequiredException extends TriggerException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 */
	public PreviewBranchRequiredException() {
		super("A secret key of the preview environment works only together with a branch: set 'trigger.preview-branch' "
				+ "or the environment variable TRIGGER_PREVIEW_BRANCH", null);
	}

}
