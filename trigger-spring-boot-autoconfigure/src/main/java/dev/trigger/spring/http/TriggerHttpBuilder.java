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

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.codec.ClientCodecConfigurer;
import org.springframework.util.Assert;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds a {@link TriggerHttp}.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class TriggerHttpBuilder {

	/**
	 * The name of a client that is given none.
	 */
	public static final String DEFAULT_CLIENT = "default";

	private static final int DEFAULT_MAX_IN_MEMORY_SIZE = 16 * 1024 * 1024;

	private static final ApiVersionInserter NO_VERSION = new ApiVersionInserter() {
	};

	private String apiUrl;

	private CallSettings settings;

	private WebClient.@Nullable Builder webClientBuilder;

	private String client = DEFAULT_CLIENT;

	private List<TriggerCallListener> listeners = List.of();

	private TriggerObservationConvention observationConvention = new DefaultTriggerObservationConvention();

	private boolean allowInsecure;

	private int maxInMemorySize = DEFAULT_MAX_IN_MEMORY_SIZE;

	private Scheduler scheduler = new DefaultScheduler();

	private int retryBudget = RetryBudget.DEFAULT_SIZE;

	private @Nullable DoubleSupplier random;

	private LiveSettings live = LiveSettings.defaults();

	private @Nullable Supplier<WebClient.Builder> liveWebClientBuilder;

	private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	TriggerHttpBuilder(String apiUrl, CallSettings settings) {
		this.apiUrl = apiUrl;
		this.settings = settings;
	}

	/**
	 * Set the URL of the API.
	 * @param apiUrl the URL, such as {@code https://api.trigger.dev}
	 * @return this builder
	 */
	public TriggerHttpBuilder apiUrl(String apiUrl) {
		this.apiUrl = apiUrl;
		return this;
	}

	/**
	 * Change the settings of the calls.
	 * @param change returns the new settings for the present ones
	 * @return this builder
	 */
	public TriggerHttpBuilder settings(UnaryOperator<CallSettings> change) {
		this.settings = change.apply(this.settings);
		return this;
	}

	/**
	 * Set the builder to create the {@link WebClient} with. It is copied, never changed.
	 * @param webClientBuilder the builder, with connector, codecs, filters and
	 * observation registry
	 * @return this builder
	 */
	public TriggerHttpBuilder webClientBuilder(WebClient.Builder webClientBuilder) {
		this.webClientBuilder = webClientBuilder;
		return this;
	}

	/**
	 * Set the name of the client in metrics, observations and messages.
	 * @param client the name, {@code default} by default
	 * @return this builder
	 */
	public TriggerHttpBuilder client(String client) {
		this.client = client;
		return this;
	}

	/**
	 * Set the listeners to retries, waits and failures of calls.
	 * @param listeners the listeners, in their order
	 * @return this builder
	 */
	public TriggerHttpBuilder listeners(List<TriggerCallListener> listeners) {
		this.listeners = List.copyOf(listeners);
		return this;
	}

	/**
	 * Set the convention for the observation of a call.
	 * @param observationConvention the convention
	 * @return this builder
	 */
	public TriggerHttpBuilder observationConvention(TriggerObservationConvention observationConvention) {
		this.observationConvention = observationConvention;
		return this;
	}

	/**
	 * Allow http for hosts other than loopback.
	 * @param allowInsecure whether the network is trusted
	 * @return this builder
	 */
	public TriggerHttpBuilder allowInsecure(boolean allowInsecure) {
		this.allowInsecure = allowInsecure;
		return this;
	}

	/**
	 * Set the maximum size of a response.
	 * @param bytes the number of bytes, 16 MiB by default
	 * @return this builder
	 */
	public TriggerHttpBuilder maxInMemorySize(int bytes) {
		Assert.isTrue(bytes > 0, "'maxInMemorySize' must be positive");
		this.maxInMemorySize = bytes;
		return this;
	}

	/**
	 * Set what all calls together may spend on retries: each takes 5 tokens, 10 after a
	 * timeout, and success gives them back.
	 * @param tokens the number of tokens, 500 by default, zero for no limit
	 * @return this builder
	 */
	public TriggerHttpBuilder retryBudget(int tokens) {
		Assert.isTrue(tokens >= 0, "'retryBudget' must not be negative: zero means no limit");
		this.retryBudget = tokens;
		return this;
	}

	/**
	 * Set the scheduler for waits, which is also the clock. For tests.
	 * @param scheduler the scheduler
	 * @return this builder
	 */
	public TriggerHttpBuilder scheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Set the source of randomness for jitter. For tests.
	 * @param random supplies numbers from 0 to 1
	 * @return this builder
	 */
	public TriggerHttpBuilder random(DoubleSupplier random) {
		this.random = random;
		return this;
	}

	/**
	 * Change how feeds and streams behave.
	 * @param change returns the new settings for the present ones
	 * @return this builder
	 */
	public TriggerHttpBuilder live(UnaryOperator<LiveSettings> change) {
		this.live = change.apply(this.live);
		return this;
	}

	/**
	 * Set the builder to create the {@link WebClient} of feeds and streams with, whose
	 * connections are held for long. By default it is that of calls.
	 * @param liveWebClientBuilder supplies the builder when it is first needed
	 * @return this builder
	 */
	public TriggerHttpBuilder liveWebClientBuilder(Supplier<WebClient.Builder> liveWebClientBuilder) {
		this.liveWebClientBuilder = liveWebClientBuilder;
		return this;
	}

	/**
	 * Set the registry that feeds and streams are observed with, each as one observation.
	 * @param observationRegistry the registry
	 * @return this builder
	 */
	public TriggerHttpBuilder observationRegistry(ObservationRegistry observationRegistry) {
		this.observationRegistry = observationRegistry;
		return this;
	}

	/**
	 * Build the transport.
	 * @return the new instance
	 * @throws InvalidApiUrlException if the address of the API can't be used
	 */
	public TriggerHttp build() {
		ApiUrl url = ApiUrl.of(this.apiUrl, this.allowInsecure);
		RetryBackoff backoff = new RetryBackoff(this.scheduler, new RetryBudget(this.retryBudget), this.random);
		OutageMonitor outages = new OutageMonitor(url.toString(), this.client, this.scheduler);
		BodyReader reader = new BodyReader(this.maxInMemorySize);
		RateLimiters limiters = new RateLimiters(this.scheduler);
		WebClient.Builder base = (this.webClientBuilder != null) ? this.webClientBuilder
				: DefaultConnector.webClientBuilder();
		ObjectStore objectStore = new ObjectStore(base.clone(), url, reader, backoff, this.settings.retry());
		WebClient webClient = withoutForeignSettings(base.clone())
			.observationConvention(new CallObservationConvention(this.observationConvention))
			.filters((filters) -> {
				// the application's own filters run within an attempt: they neither see
				// the credential nor change the branch
				FilterContract.surround(filters);
				filters.addAll(0, List.of(new RetryFilter(backoff, outages), new ResponseFilter(reader),
						new CredentialFilter(reader), new RateLimitFilter(limiters)));
				filters.add(new BranchHeaderFilter());
				filters.add(new AuthenticationFilter(url.toUri()));
			})
			.build();
		return new TriggerHttp(new TriggerHttp.Transport(url, url.toString(), webClient, objectStore, limiters,
				new Deadlines(this.scheduler), backoff, new CallListeners(this.client, this.listeners), this.scheduler,
				this.settings.credentials(), live(url, reader, backoff), new WarningThrottle(this.scheduler)),
				this.settings);
	}

	private LiveTransport live(ApiUrl url, BodyReader reader, RetryBackoff backoff) {
		return new LiveTransport(this.live, this.observationRegistry, this.scheduler, this::liveBuilder,
				new CredentialFilter(reader), List.of(new BranchHeaderFilter(), new AuthenticationFilter(url.toUri())),
				reader, new EventReader(this.maxInMemorySize), backoff::random);
	}

	private WebClient.Builder liveBuilder() {
		if (this.liveWebClientBuilder != null) {
			return this.liveWebClientBuilder.get();
		}
		return (this.webClientBuilder != null) ? this.webClientBuilder.clone()
				: DefaultConnector.liveWebClientBuilder();
	}

	/**
	 * Remove settings that customizers made for all clients of an application and that
	 * would alter requests to the API: headers that are the client's own, and the version
	 * of the application's own API, which may go into the path.
	 */
	static WebClient.Builder withoutForeignSettings(WebClient.Builder builder) {
		return builder.codecs(TriggerHttpBuilder::keepOutOfLogs)
			.defaultHeaders(ReservedHeaders::removeFrom)
			// a request is given its own headers after these defaults
			.defaultRequest((request) -> request.headers(ReservedHeaders::removeFrom))
			.apiVersionInserter(NO_VERSION);
	}

	/**
	 * With request details on, the headers would be logged, the credential among them.
	 */
	private static void keepOutOfLogs(ClientCodecConfigurer codecs) {
		codecs.defaultCodecs().enableLoggingRequestDetails(false);
	}

}
