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

package dev.trigger.spring;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.BatchOperations;
import dev.trigger.spring.bulkaction.BulkActionOperations;
import dev.trigger.spring.deployment.DeploymentOperations;
import dev.trigger.spring.endpoint.TriggerCapabilities;
import dev.trigger.spring.envvar.EnvVarOperations;
import dev.trigger.spring.errorgroup.ErrorOperations;
import dev.trigger.spring.http.RateLimit;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.identity.IdentityOperations;
import dev.trigger.spring.payload.PacketOperations;
import dev.trigger.spring.project.ProjectOperations;
import dev.trigger.spring.project.ProjectsOperations;
import dev.trigger.spring.prompt.PromptOperations;
import dev.trigger.spring.query.QueryOperations;
import dev.trigger.spring.queue.ConcurrencyLimitOperations;
import dev.trigger.spring.queue.QueueOperations;
import dev.trigger.spring.realtime.RealtimeOperations;
import dev.trigger.spring.run.IdempotencyKeyOperations;
import dev.trigger.spring.run.RunOperations;
import dev.trigger.spring.schedule.ScheduleOperations;
import dev.trigger.spring.session.SessionOperations;
import dev.trigger.spring.task.TaskOperations;
import dev.trigger.spring.token.PublicTokenOperations;
import dev.trigger.spring.waitpoint.WaitpointOperations;
import dev.trigger.spring.webhook.WebhookOperations;
import org.jspecify.annotations.Nullable;

/**
 * The client for the Trigger.dev management API.
 * <p>
 * Immutable and thread-safe. Every operation is lazy: nothing is sent before the
 * publisher that it returns is subscribed to, and each subscription is a call of its own.
 * Calls fail with a {@link dev.trigger.spring.exception.TriggerException}.
 *
 * @since 1.0.0
 */
public interface TriggerOperations {

	/**
	 * Return the operations that trigger tasks.
	 * @return the task operations
	 */
	TaskOperations tasks();

	/**
	 * Return the operations on batches of runs.
	 * @return the batch operations
	 */
	BatchOperations batches();

	/**
	 * Return the operations on runs.
	 * @return the run operations
	 */
	RunOperations runs();

	/**
	 * Return the operations that follow runs, batches and streams while they happen.
	 * @return the operations
	 */
	RealtimeOperations realtime();

	/**
	 * Return the operations on idempotency keys.
	 * @return the idempotency key operations
	 */
	IdempotencyKeyOperations idempotencyKeys();

	/**
	 * Return the operations that cancel or replay many runs.
	 * @return the bulk action operations
	 */
	BulkActionOperations bulkActions();

	/**
	 * Return the operations on schedules.
	 * @return the schedule operations
	 */
	ScheduleOperations schedules();

	/**
	 * Return the operations on queues.
	 * @return the queue operations
	 */
	QueueOperations queues();

	/**
	 * Return the operations on named concurrency limits.
	 * @return the concurrency limit operations
	 */
	ConcurrencyLimitOperations concurrencyLimits();

	/**
	 * Return the operations on waitpoint tokens.
	 * @return the waitpoint operations
	 */
	WaitpointOperations waitpoints();

	/**
	 * Return the operations on deployments.
	 * @return the deployment operations
	 */
	DeploymentOperations deployments();

	/**
	 * Return the operations that query runs and metrics.
	 * @return the query operations
	 */
	QueryOperations query();

	/**
	 * Return the operations on groups of errors.
	 * @return the error operations
	 */
	ErrorOperations errors();

	/**
	 * Return the operations on sessions.
	 * @return the session operations
	 */
	SessionOperations sessions();

	/**
	 * Return the operations on prompts.
	 * @return the prompt operations
	 */
	PromptOperations prompts();

	/**
	 * Return the operations that create public access tokens.
	 * @return the public token operations
	 */
	PublicTokenOperations publicTokens();

	/**
	 * Return the operations on webhook endpoints and deliveries.
	 * @return the webhook operations
	 */
	WebhookOperations webhooks();

	/**
	 * Return the operations on presigned URLs of large payloads.
	 * @return the packet operations
	 */
	PacketOperations packets();

	/**
	 * Return the operations on the projects of a user.
	 * @return the operations on all projects
	 */
	ProjectsOperations projects();

	/**
	 * Return the operations on the project of {@code trigger.project-ref}.
	 * @return the operations on the configured project
	 * @throws IllegalStateException if no project is configured
	 */
	ProjectOperations project();

	/**
	 * Return the operations on one project.
	 * @param projectRef the ref of the project, such as {@code proj_1234}
	 * @return the operations on the project
	 * @throws IllegalArgumentException if no project can have that ref: a name or slug is
	 * none
	 */
	ProjectOperations project(String projectRef);

	/**
	 * Return the operations on the environment variables of one environment of the
	 * project of {@code trigger.project-ref}.
	 * @param environment the environment; a secret key reaches only its own
	 * @return the environment variable operations
	 * @throws IllegalStateException if no project is configured
	 */
	default EnvVarOperations envVars(TriggerEnvironment environment) {
		return project().envVars(environment);
	}

	/**
	 * Return the operations that identify the owner of the client's credential.
	 * @return the identity operations
	 */
	IdentityOperations identity();

	/**
	 * Return what the credentials of this client can do, without a request.
	 * @return the capabilities
	 */
	TriggerCapabilities capabilities();

	/**
	 * Return the address of the API.
	 * @return the address, without a slash at its end
	 */
	URI apiUrl();

	/**
	 * Return the environment that this client's secret key belongs to, without a request.
	 * @return the environment, {@code null} if there is no secret key, if it comes from a
	 * provider, or if it does not contain the environment
	 */
	@Nullable TriggerEnvironment environment();

	/**
	 * Return the ref of the project for calls that name none.
	 * @return the ref, {@code null} if no project is configured
	 */
	@Nullable String projectRef();

	/**
	 * Return the branch that calls to the environment of the secret key go to.
	 * @return the branch, {@code null} if there is none
	 */
	@Nullable String branch();

	/**
	 * Return the last reading of the rate limit of this client's credential.
	 * @return the reading, {@code null} if no response had one yet
	 */
	@Nullable RateLimit rateLimit();

	/**
	 * Return a view of this client on another branch of the preview or dev environment.
	 * @param branch the name of the branch; empty for none
	 * @return the view
	 * @throws dev.trigger.spring.auth.InvalidBranchException if the name cannot be sent
	 */
	TriggerOperations withBranch(String branch);

	/**
	 * Return a view of this client with another credential instead of all present ones.
	 * @param credential the credential
	 * @return the view
	 */
	TriggerOperations withCredential(TriggerCredential credential);

	/**
	 * Return a view of this client with another retry policy.
	 * @param change returns the new policy for the present one
	 * @return the view
	 */
	TriggerOperations withRetry(UnaryOperator<RetryPolicy> change);

	/**
	 * Return a view of this client with another timeout for a call with all its attempts.
	 * @param timeout the timeout, zero or {@code null} for no limit
	 * @return the view
	 */
	TriggerOperations withTimeout(@Nullable Duration timeout);

	/**
	 * Return a view of this client that sends a further header with every request.
	 * @param name the name of the header
	 * @param value its value
	 * @return the view
	 * @throws IllegalArgumentException if the header is {@code Authorization} or cannot
	 * be sent
	 */
	TriggerOperations withHeader(String name, String value);

}
