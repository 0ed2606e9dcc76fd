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

package dev.trigger.spring.alert;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.run.RunError;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The alert that a webhook of Trigger.dev reports.
 *
 * @since 1.0.0
 */
public sealed interface AlertEvent extends Serializable {

	/**
	 * Return the id of the webhook.
	 * @return the id, the same when a delivery is repeated; {@code null} if it has none
	 */
	@Nullable String id();

	/**
	 * Return when the webhook was created.
	 * @return the time, {@code null} if it has none
	 */
	@Nullable Instant created();

	/**
	 * Return the version of the webhook format.
	 * @return the version, {@code null} if it has none
	 */
	@Nullable String webhookVersion();

	/**
	 * Return the type of the alert.
	 * @return the type, such as {@code alert.run.failed}; empty if it has none
	 */
	String type();

	/**
	 * A run failed.
	 *
	 * @param id the id of the webhook
	 * @param created when the webhook was created
	 * @param webhookVersion the version of the webhook format
	 * @param task the task
	 * @param run the run
	 * @param environment the environment
	 * @param organization the organization
	 * @param project the project
	 */
	record RunFailed(@Nullable String id, @Nullable Instant created, @Nullable String webhookVersion,
			@Nullable Task task, @Nullable Run run, @Nullable Environment environment,
			@Nullable Organization organization, @Nullable Project project) implements AlertEvent {

		static final String TYPE = "alert.run.failed";

		@Override
		public String type() {
			return TYPE;
		}

	}

	/**
	 * A deployment succeeded.
	 *
	 * @param id the id of the webhook
	 * @param created when the webhook was created
	 * @param webhookVersion the version of the webhook format
	 * @param deployment the deployment
	 * @param tasks the tasks that were deployed
	 * @param environment the environment
	 * @param organization the organization
	 * @param project the project
	 * @param git the commit that was deployed, {@code null} if it is not known
	 * @param vercel the deployment of Vercel that it belongs to, {@code null} if to none
	 */
	record DeploymentSuccess(@Nullable String id, @Nullable Instant created, @Nullable String webhookVersion,
			@Nullable Deployment deployment, List<Task> tasks, @Nullable Environment environment,
			@Nullable Organization organization, @Nullable Project project, @Nullable Git git,
			@Nullable Vercel vercel) implements AlertEvent {

		static final String TYPE = "alert.deployment.success";

		/**
		 * Create an event.
		 */
		public DeploymentSuccess {
			tasks = (tasks != null) ? List.copyOf(tasks) : List.of();
		}

		@Override
		public String type() {
			return TYPE;
		}

	}

	/**
	 * A deployment failed.
	 *
	 * @param id the id of the webhook
	 * @param created when the webhook was created
	 * @param webhookVersion the version of the webhook format
	 * @param deployment the deployment
	 * @param error why it failed
	 * @param environment the environment
	 * @param organization the organization
	 * @param project the project
	 * @param git the commit that was deployed, {@code null} if it is not known
	 * @param vercel the deployment of Vercel that it belongs to, {@code null} if to none
	 */
	record DeploymentFailed(@Nullable String id, @Nullable Instant created, @Nullable String webhookVersion,
			@Nullable Deployment deployment, @Nullable DeploymentError error, @Nullable Environment environment,
			@Nullable Organization organization, @Nullable Project project, @Nullable Git git,
			@Nullable Vercel vercel) implements AlertEvent {

		static final String TYPE = "alert.deployment.failed";

		@Override
		public String type() {
			return TYPE;
		}

	}

	/**
	 * An error appeared for the first time, or again.
	 *
	 * @param id the id of the webhook
	 * @param created when the webhook was created
	 * @param webhookVersion the version of the webhook format
	 * @param classification why the alert was sent: {@code new_issue}, {@code regression}
	 * or {@code unignored}
	 * @param error the error
	 * @param environment the environment
	 * @param organization the organization
	 * @param project the project
	 * @param dashboardUrl the URL of the error in the dashboard
	 */
	record ErrorGroup(@Nullable String id, @Nullable Instant created, @Nullable String webhookVersion,
			@Nullable String classification, @Nullable GroupedError error, @Nullable Environment environment,
			@Nullable Organization organization, @Nullable Project project,
			@Nullable String dashboardUrl) implements AlertEvent {

		static final String TYPE = "alert.error";

		@Override
		public String type() {
			return TYPE;
		}

	}

	/**
	 * An alert of an unknown type or of an older format.
	 *
	 * @param id the id of the webhook
	 * @param created when the webhook was created
	 * @param webhookVersion the version of the webhook format
	 * @param type the type; empty if it has none
	 * @param body the whole webhook
	 */
	record Unknown(@Nullable String id, @Nullable Instant created, @Nullable String webhookVersion, String type,
			JsonNode body) implements AlertEvent {

	}

	/**
	 * A task.
	 *
	 * @param id the identifier
	 * @param filePath the file that it is defined in
	 * @param exportName the name that it is exported by
	 * @param version the version
	 * @param sdkVersion the version of the SDK
	 * @param cliVersion the version of the CLI
	 * @param triggerSource what triggers it; only present for deployed tasks
	 */
	record Task(@Nullable String id, @Nullable String filePath, @Nullable String exportName, @Nullable String version,
			@Nullable String sdkVersion, @Nullable String cliVersion,
			@Nullable String triggerSource) implements Serializable {

	}

	/**
	 * A run that failed.
	 *
	 * @param id the id, {@code run_…}
	 * @param number the number of the run
	 * @param status the status
	 * @param createdAt when it was triggered
	 * @param startedAt when it started
	 * @param completedAt when it failed
	 * @param isTest whether it is a test
	 * @param idempotencyKey the idempotency key
	 * @param tags the tags
	 * @param error why it failed
	 * @param isOutOfMemoryError whether it ran out of memory
	 * @param machine the machine
	 * @param dashboardUrl the URL of the run in the dashboard
	 */
	record Run(@Nullable String id, @Nullable Long number, @Nullable RunStatus status, @Nullable Instant createdAt,
			@Nullable Instant startedAt, @Nullable Instant completedAt, boolean isTest, @Nullable String idempotencyKey,
			List<String> tags, @Nullable TaskError error, boolean isOutOfMemoryError, @Nullable String machine,
			@Nullable String dashboardUrl) implements Serializable {

		/**
		 * Create a run.
		 */
		public Run {
			tags = (tags != null) ? List.copyOf(tags) : List.of();
		}

	}

	/**
	 * Why a run failed.
	 *
	 * @param type the kind of error: {@code BUILT_IN_ERROR}, {@code CUSTOM_ERROR},
	 * {@code STRING_ERROR} or {@code INTERNAL_ERROR}
	 * @param name the name of a built-in error
	 * @param message its message
	 * @param stackTrace its stack trace
	 * @param code the code of an internal error
	 * @param raw the thrown value if it was not an error
	 * @param causes what caused a built-in error, the outermost first
	 */
	record TaskError(@Nullable String type, @Nullable String name, @Nullable String message,
			@Nullable String stackTrace, @Nullable String code, @Nullable String raw,
			List<RunError> causes) implements Serializable {

		/**
		 * Create an error.
		 */
		public TaskError {
			causes = (causes != null) ? List.copyOf(causes) : List.of();
		}

	}

	/**
	 * A deployment.
	 *
	 * @param id the id
	 * @param status the status
	 * @param version the version
	 * @param shortCode the short code
	 * @param deployedAt when it succeeded
	 * @param failedAt when it failed
	 */
	record Deployment(@Nullable String id, @Nullable String status, @Nullable String version,
			@Nullable String shortCode, @Nullable Instant deployedAt,
			@Nullable Instant failedAt) implements Serializable {

	}

	/**
	 * The commit that was deployed.
	 *
	 * @param branch the branch
	 * @param commitSha the hash of the commit
	 * @param commitMessage the message of the commit
	 * @param commitUrl the URL of the commit
	 * @param branchUrl the URL of the branch
	 * @param pullRequestNumber the number of the pull request
	 * @param pullRequestTitle the title of the pull request
	 * @param pullRequestUrl the URL of the pull request
	 * @param provider where the repository is, such as {@code github}
	 */
	record Git(@Nullable String branch, @Nullable String commitSha, @Nullable String commitMessage,
			@Nullable String commitUrl, @Nullable String branchUrl, @Nullable Long pullRequestNumber,
			@Nullable String pullRequestTitle, @Nullable String pullRequestUrl,
			@Nullable String provider) implements Serializable {

	}

	/**
	 * A deployment of Vercel.
	 *
	 * @param deploymentUrl the URL of the deployment
	 */
	record Vercel(@Nullable String deploymentUrl) implements Serializable {

	}

	/**
	 * Why a deployment failed.
	 *
	 * @param name the name of the error
	 * @param message its message
	 * @param stack its stack trace
	 * @param stderr what was written to standard error
	 */
	record DeploymentError(@Nullable String name, @Nullable String message, @Nullable String stack,
			@Nullable String stderr) implements Serializable {

	}

	/**
	 * An error that several runs may have failed with.
	 *
	 * @param fingerprint the fingerprint that all occurrences share
	 * @param type the type, such as {@code TypeError}
	 * @param message the message
	 * @param stackTrace the stack trace of one occurrence
	 * @param firstSeen when it was seen first
	 * @param lastSeen when it was seen last
	 * @param occurrenceCount how often it was seen
	 * @param taskIdentifier the task
	 */
	record GroupedError(@Nullable String fingerprint, @Nullable String type, @Nullable String message,
			@Nullable String stackTrace, @Nullable Instant firstSeen, @Nullable Instant lastSeen,
			@Nullable Long occurrenceCount, @Nullable String taskIdentifier) implements Serializable {

	}

	/**
	 * An environment.
	 *
	 * @param id the id
	 * @param type the kind, such as {@code PRODUCTION}
	 * @param slug the slug, such as {@code prod}
	 * @param branchName the branch of a preview environment
	 * @param name the name; present in an {@link ErrorGroup} instead of type and slug
	 */
	record Environment(@Nullable String id, @Nullable String type, @Nullable String slug, @Nullable String branchName,
			@Nullable String name) implements Serializable {

	}

	/**
	 * An organization.
	 *
	 * @param id the id
	 * @param slug the slug
	 * @param name the name
	 */
	record Organization(@Nullable String id, @Nullable String slug, @Nullable String name) implements Serializable {

	}

	/**
	 * A project.
	 *
	 * @param id the id
	 * @param ref the ref, {@code proj_…}
	 * @param slug the slug
	 * @param name the name
	 */
	record Project(@Nullable String id, @Nullable String ref, @Nullable String slug,
			@Nullable String name) implements Serializable {

	}

}
