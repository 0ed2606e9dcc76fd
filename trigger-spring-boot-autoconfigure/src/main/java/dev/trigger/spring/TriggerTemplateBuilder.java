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

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.ProjectRef;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.LiveSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerCallListener;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerHttpBuilder;
import dev.trigger.spring.http.TriggerObservationConvention;
import dev.trigger.spring.json.InstantModule;
import dev.trigger.spring.json.UnsupportedTypeModule;
import dev.trigger.spring.payload.PayloadValidator;
import dev.trigger.spring.run.Polling;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds a {@link TriggerTemplate}.
 *
 * @since 1.0.0
 */
public final class TriggerTemplateBuilder {

	/**
	 * The address of the cloud's API.
	 */
	public static final String DEFAULT_API_URL = "https://api.trigger.dev";

	private final TriggerHttpBuilder http;

	private @Nullable JsonMapper jsonMapper;

	private @Nullable PayloadValidator payloadValidator;

	private Polling polling = Polling.defaults();

	TriggerTemplateBuilder(TriggerCredentials credentials) {
		this.http = TriggerHttp.builder(DEFAULT_API_URL, new CallSettings(credentials));
	}

	/**
	 * Set a provider of credentials that may change.
	 * @param mode the mode of the credentials that it supplies
	 * @param provider the provider
	 * @return this builder
	 */
	public TriggerTemplateBuilder credentialProvider(AuthMode mode, TriggerCredentialProvider provider) {
		this.http.settings((settings) -> settings.withCredentials(settings.credentials().with(mode, provider)));
		return this;
	}

	/**
	 * Set the address of the API.
	 * @param apiUrl the address, {@value #DEFAULT_API_URL} by default
	 * @return this builder
	 */
	public TriggerTemplateBuilder apiUrl(String apiUrl) {
		this.http.apiUrl(apiUrl);
		return this;
	}

	/**
	 * Set the branch of the preview or dev environment.
	 * @param branch the branch
	 * @return this builder
	 */
	public TriggerTemplateBuilder branch(PreviewBranch branch) {
		this.http.settings((settings) -> settings.withBranch(branch));
		return this;
	}

	/**
	 * Set the project for calls that name none.
	 * @param projectRef the ref of the project, such as {@code proj_1234}
	 * @return this builder
	 * @throws IllegalArgumentException if no project can have that ref
	 */
	public TriggerTemplateBuilder projectRef(@Nullable String projectRef) {
		String checked = (projectRef != null) ? ProjectRef.check(projectRef) : null;
		this.http.settings((settings) -> settings.withProjectRef(checked));
		return this;
	}

	/**
	 * Set the retry policy.
	 * @param retry the policy
	 * @return this builder
	 */
	public TriggerTemplateBuilder retry(RetryPolicy retry) {
		return retry((present) -> retry);
	}

	/**
	 * Change the retry policy.
	 * @param change returns the new policy for the present one
	 * @return this builder
	 */
	public TriggerTemplateBuilder retry(UnaryOperator<RetryPolicy> change) {
		this.http.settings((settings) -> settings.withRetry(change.apply(settings.retry())));
		return this;
	}

	/**
	 * Set what all calls together may spend on retries, so that an outage doesn't
	 * multiply requests: each takes 5 tokens, 10 after a timeout, and success gives them
	 * back.
	 * @param tokens the number of tokens, 500 by default, zero for no limit
	 * @return this builder
	 */
	public TriggerTemplateBuilder retryBudget(int tokens) {
		this.http.retryBudget(tokens);
		return this;
	}

	/**
	 * Set how waits for runs, batches, tokens and bulk actions poll, unless they specify
	 * it.
	 * @param polling the polling
	 * @return this builder
	 */
	public TriggerTemplateBuilder polling(Polling polling) {
		this.polling = polling;
		return this;
	}

	/**
	 * Set the time for a call with all its attempts.
	 * @param timeout the timeout, 2 minutes by default, zero or {@code null} for no limit
	 * @return this builder
	 */
	public TriggerTemplateBuilder timeout(@Nullable Duration timeout) {
		this.http.settings((settings) -> settings.withTimeout(timeout));
		return this;
	}

	/**
	 * Set the builder to create the {@link WebClient} with. It is copied, never changed.
	 * @param webClientBuilder the builder
	 * @return this builder
	 */
	public TriggerTemplateBuilder webClientBuilder(WebClient.Builder webClientBuilder) {
		this.http.webClientBuilder(webClientBuilder);
		return this;
	}

	/**
	 * Set the mapper for payloads and outputs. It is copied, never changed. By default it
	 * is that of Jackson, except that a number with a fraction is not read as a whole
	 * one.
	 * @param jsonMapper the mapper
	 * @return this builder
	 */
	public TriggerTemplateBuilder jsonMapper(JsonMapper jsonMapper) {
		this.jsonMapper = jsonMapper;
		return this;
	}

	/**
	 * Set the name of the client in metrics, observations and messages.
	 * @param name the name, {@value TriggerOperationsRegistry#DEFAULT} by default
	 * @return this builder
	 */
	public TriggerTemplateBuilder name(String name) {
		this.http.client(name);
		return this;
	}

	/**
	 * Set the listeners to retries, waits and failures of calls.
	 * @param listeners the listeners, in their order
	 * @return this builder
	 */
	public TriggerTemplateBuilder listeners(List<TriggerCallListener> listeners) {
		this.http.listeners(listeners);
		return this;
	}

	/**
	 * Set the convention for the observation of a call.
	 * @param observationConvention the convention
	 * @return this builder
	 */
	public TriggerTemplateBuilder observationConvention(TriggerObservationConvention observationConvention) {
		this.http.observationConvention(observationConvention);
		return this;
	}

	/**
	 * Allow http for hosts other than loopback.
	 * @param allowInsecure whether the network is trusted
	 * @return this builder
	 */
	public TriggerTemplateBuilder allowInsecure(boolean allowInsecure) {
		this.http.allowInsecure(allowInsecure);
		return this;
	}

	/**
	 * Set the maximum size of a response.
	 * @param bytes the number of bytes, 16 MiB by default
	 * @return this builder
	 */
	public TriggerTemplateBuilder maxInMemorySize(int bytes) {
		this.http.maxInMemorySize(bytes);
		return this;
	}

	/**
	 * Set the scheduler for waits, which is also the clock. For tests.
	 * @param scheduler the scheduler
	 * @return this builder
	 */
	public TriggerTemplateBuilder scheduler(Scheduler scheduler) {
		this.http.scheduler(scheduler);
		return this;
	}

	/**
	 * Set the source of randomness for jitter. For tests.
	 * @param random supplies numbers from 0 to 1
	 * @return this builder
	 */
	public TriggerTemplateBuilder random(DoubleSupplier random) {
		this.http.random(random);
		return this;
	}

	/**
	 * Change how feeds and streams behave.
	 * @param change returns the new settings for the present ones
	 * @return this builder
	 */
	public TriggerTemplateBuilder realtime(UnaryOperator<LiveSettings> change) {
		this.http.live(change);
		return this;
	}

	/**
	 * Set the builder to create the {@link WebClient} of feeds and streams with. Their
	 * connections are held for long, and should not be those of calls.
	 * @param liveWebClientBuilder supplies the builder when it is first needed; by
	 * default it is that of {@link #webClientBuilder(WebClient.Builder)}
	 * @return this builder
	 */
	public TriggerTemplateBuilder liveWebClientBuilder(Supplier<WebClient.Builder> liveWebClientBuilder) {
		this.http.liveWebClientBuilder(liveWebClientBuilder);
		return this;
	}

	/**
	 * Set the registry that feeds and streams are observed with, each as one observation.
	 * @param observationRegistry the registry
	 * @return this builder
	 */
	public TriggerTemplateBuilder observationRegistry(ObservationRegistry observationRegistry) {
		this.http.observationRegistry(observationRegistry);
		return this;
	}

	/**
	 * Set the validator that checks the payloads of tasks before they are sent. There is
	 * none by default.
	 * @param payloadValidator checks payloads, {@code null} for no checks
	 * @return this builder
	 */
	public TriggerTemplateBuilder payloadValidator(@Nullable PayloadValidator payloadValidator) {
		this.payloadValidator = payloadValidator;
		return this;
	}

	/**
	 * Build the client.
	 * @return the new client
	 * @throws dev.trigger.spring.http.InvalidApiUrlException if the address of the API
	 * can't be used
	 */
	public TriggerTemplate build() {
		return new TriggerTemplate(this.http.build(), payloadMapper(), this.polling, this.payloadValidator);
	}

	private JsonMapper payloadMapper() {
		JsonMapper.Builder builder = (this.jsonMapper != null) ? this.jsonMapper.rebuild()
				: JsonMapper.builder().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
		return builder.addModule(new InstantModule()).addModule(new UnsupportedTypeModule()).build();
	}

}
