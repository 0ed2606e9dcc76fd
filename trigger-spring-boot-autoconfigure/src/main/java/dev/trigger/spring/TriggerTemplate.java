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

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.ProjectRef;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.BatchOperations;
import dev.trigger.spring.bulkaction.BulkActionOperations;
import dev.trigger.spring.deployment.DeploymentOperations;
import dev.trigger.spring.endpoint.TriggerCapabilities;
import dev.trigger.spring.errorgroup.ErrorOperations;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RateLimit;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.identity.IdentityOperations;
import dev.trigger.spring.payload.PacketOperations;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.payload.PayloadValidator;
import dev.trigger.spring.project.ProjectOperations;
import dev.trigger.spring.project.ProjectsOperations;
import dev.trigger.spring.prompt.PromptOperations;
import dev.trigger.spring.query.QueryOperations;
import dev.trigger.spring.queue.ConcurrencyLimitOperations;
import dev.trigger.spring.queue.QueueOperations;
import dev.trigger.spring.realtime.RealtimeOperations;
import dev.trigger.spring.run.IdempotencyKeyOperations;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunOperations;
import dev.trigger.spring.schedule.ScheduleOperations;
import dev.trigger.spring.session.SessionOperations;
import dev.trigger.spring.task.TaskOperations;
import dev.trigger.spring.token.PublicTokenOperations;
import dev.trigger.spring.waitpoint.WaitpointOperations;
import dev.trigger.spring.webhook.WebhookOperations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Default {@link TriggerOperations}.
 *
 * @since 1.0.0
 */
public class TriggerTemplate implements TriggerOperations, AutoCloseable {

	private final TriggerHttp http;

	private final JsonMapper jsonMapper;

	private final PayloadCodec payloads;

	private final Polling polling;

	private final @Nullable PayloadValidator payloadValidator;

	TriggerTemplate(TriggerHttp http, JsonMapper jsonMapper, Polling polling,
			@Nullable PayloadValidator payloadValidator) {
		this.http = http;
		this.jsonMapper = jsonMapper;
		this.polling = polling;
		this.payloads = new PayloadCodec(http, jsonMapper, payloadValidator);
		this.payloadValidator = payloadValidator;
	}

	/**
	 * Create a builder of a client.
	 * @param credentials the credentials, at most one of each mode
	 * @return a builder
	 */
	public static TriggerTemplateBuilder builder(TriggerCredential... credentials) {
		return new TriggerTemplateBuilder(TriggerCredentials.of(credentials));
	}

	@Override
	public TaskOperations tasks() {
		return TaskOperations.create(this.http, this.payloads);
	}

	@Override
	public BatchOperations batches() {
		return BatchOperations.create(this.http, this.payloads, this.polling);
	}

	@Override
	public RunOperations runs() {
		return RunOperations.create(this.http, this.payloads, this.polling);
	}

	@Override
	public RealtimeOperations realtime() {
		return RealtimeOperations.create(this.http, this.payloads);
	}

	@Override
	public IdempotencyKeyOperations idempotencyKeys() {
		return IdempotencyKeyOperations.create(this.http);
	}

	@Override
	public BulkActionOperations bulkActions() {
		return BulkActionOperations.create(this.http, this.polling);
	}

	@Override
	public ScheduleOperations schedules() {
		return ScheduleOperations.create(this.http);
	}

	@Override
	public QueueOperations queues() {
		return QueueOperations.create(this.http);
	}

	@Override
	public ConcurrencyLimitOperations concurrencyLimits() {
		return ConcurrencyLimitOperations.create(this.http);
	}

	@Override
	public WaitpointOperations waitpoints() {
		return WaitpointOperations.create(this.http, this.payloads, this.polling);
	}

	@Override
	public DeploymentOperations deployments() {
		return DeploymentOperations.create(this.http);
	}

	@Override
	public QueryOperations query() {
		return QueryOperations.create(this.http);
	}

	@Override
	public ErrorOperations errors() {
		return ErrorOperations.create(this.http);
	}

	@Override
	public SessionOperations sessions() {
		return SessionOperations.create(this.http, this.payloads);
	}

	@Override
	public PromptOperations prompts() {
		return PromptOperations.create(this.http);
	}

	@Override
	public PublicTokenOperations publicTokens() {
		return PublicTokenOperations.create(this.http);
	}

	@Override
	public WebhookOperations webhooks() {
		return WebhookOperations.create(this.http);
	}

	@Override
	public PacketOperations packets() {
		return PacketOperations.create(this.http);
	}

	@Override
	public ProjectsOperations projects() {
		return ProjectsOperations.create(this.http);
	}

	@Override
	public ProjectOperations project() {
		String projectRef = projectRef();
		Assert.state(projectRef != null,
				"No project is configured: set 'trigger.project-ref' or name one with project(String)");
		return project(projectRef);
	}

	@Override
	public ProjectOperations project(String projectRef) {
		return ProjectOperations.create(this.http, ProjectRef.check(projectRef));
	}

	@Override
	public IdentityOperations identity() {
		return IdentityOperations.create(this.http);
	}

	@Override
	public TriggerCapabilities capabilities() {
		return this.http.settings().capabilities();
	}

	@Override
	public URI apiUrl() {
		return this.http.apiUrl();
	}

	@Override
	public @Nullable TriggerEnvironment environment() {
		TriggerCredential secretKey = this.http.settings().credentials().fixed(AuthMode.SECRET_KEY);
		return (secretKey != null) ? secretKey.environment() : null;
	}

	@Override
	public @Nullable String projectRef() {
		return this.http.settings().projectRef();
	}

	@Override
	public @Nullable String branch() {
		return this.http.settings().branch().in(environment());
	}

	@Override
	public @Nullable RateLimit rateLimit() {
		for (AuthMode mode : this.http.settings().credentials().modes()) {
			TriggerCredential credential = this.http.settings().credentials().fixed(mode);
			RateLimit reading = (credential != null) ? this.http.rateLimit(credential) : null;
			if (reading != null) {
				return reading;
			}
		}
		return null;
	}

	@Override
	public TriggerOperations withBranch(String branch) {
		PreviewBranch previewBranch = PreviewBranch.of(branch);
		return with((settings) -> settings.withBranch(previewBranch));
	}

	@Override
	public TriggerOperations withCredential(TriggerCredential credential) {
		return with((settings) -> settings.withCredentials(TriggerCredentials.of(credential)));
	}

	@Override
	public TriggerOperations withRetry(UnaryOperator<RetryPolicy> change) {
		return with((settings) -> settings.withRetry(change.apply(settings.retry())));
	}

	@Override
	public TriggerOperations withTimeout(@Nullable Duration timeout) {
		return with((settings) -> settings.withTimeout(timeout));
	}

	@Override
	public TriggerOperations withHeader(String name, String value) {
		return with((settings) -> settings.withHeader(name, value));
	}

	/**
	 * End all feeds and streams that are open, of this client and all of its views, with
	 * a {@link dev.trigger.spring.exception.ClientClosedException}. Calls are not
	 * affected.
	 */
	@Override
	public void close() {
		this.http.close();
	}

	/**
	 * Forget what responses said about rate limits, and which retries were spent: another
	 * test begins, for which the server has forgotten everything as well.
	 * @hidden for the test module, not an API for applications
	 */
	public void forgetLimits() {
		this.http.forgetLimits();
	}

	private TriggerOperations with(UnaryOperator<CallSettings> change) {
		return new TriggerTemplate(this.http.with(change), this.jsonMapper, this.polling, this.payloadValidator);
	}

}
