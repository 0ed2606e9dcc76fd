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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.MalformedCredentialException;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.autoconfigure.http.ConnectorFactory;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerCallListener;
import dev.trigger.spring.http.TriggerObservationConvention;
import dev.trigger.spring.run.Polling;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The one place where properties, connection details and customizers become a client.
 *
 * @param connectors creates connectors
 * @param sslBundles the application's SSL bundles, if any
 * @param jsonMapper the application's mapper, {@code null} if it has none or several
 * @param environment looks up properties and environment variables
 * @param webClientCustomizers customize each {@link WebClient} of the application
 * @param triggerWebClientCustomizers customize that of the client
 * @param jsonMapperCustomizers customize the client's mapper
 * @param clientCustomizers customize the client
 * @param listeners are called with what happens to calls
 * @param observationConvention names the observations of calls, {@code null} for the
 * default
 * @param observationRegistry where feeds and streams are observed, {@code null} for
 * nowhere
 */
record TriggerClientFactory(ConnectorFactory connectors, @Nullable SslBundles sslBundles,
		@Nullable JsonMapper jsonMapper, Function<String, @Nullable String> environment,
		List<WebClientCustomizer> webClientCustomizers, List<TriggerWebClientCustomizer> triggerWebClientCustomizers,
		List<TriggerJsonMapperCustomizer> jsonMapperCustomizers, List<TriggerClientCustomizer> clientCustomizers,
		List<TriggerCallListener> listeners, @Nullable TriggerObservationConvention observationConvention,
		@Nullable ObservationRegistry observationRegistry) {

	private static final Log logger = LogFactory.getLog(TriggerClientFactory.class);

	/**
	 * Create a client.
	 * @param name the name of the client
	 * @param prefix the prefix of its properties
	 * @param details where to connect to, with which credentials
	 * @param properties everything else
	 * @param credentialProvider supplies a secret key that may change
	 * @return the client
	 */
	TriggerTemplate create(String name, String prefix, TriggerConnectionDetails details, TriggerProperties properties,
			@Nullable TriggerCredentialProvider credentialProvider) {
		TriggerCredential[] credentials = credentials(prefix, details);
		PreviewBranch branch = PreviewBranch.resolve(details.getPreviewBranch(), this.environment);
		for (TriggerCredential credential : credentials) {
			check(credential, branch);
		}
		boolean branches = mayNameBranch(credentials);
		if (!branches && StringUtils.hasText(properties.getPreviewBranch())) {
			logger.warn("'" + prefix + ".preview-branch' has no effect: the secret key belongs to "
					+ credentials[0].environment() + ", which has no branches, and that is where calls go");
		}
		TriggerTemplateBuilder builder = TriggerTemplate.builder(credentials)
			.name(name)
			.listeners(this.listeners)
			.apiUrl(details.getApiUrl())
			.branch(branch)
			.projectRef(emptyToNull(details.getProjectRef()))
			.retry(retry(properties.getRetry()))
			.retryBudget(properties.getRetry().getBudget())
			.polling(polling(properties.getPolling()))
			.timeout(properties.getTimeout())
			.allowInsecure(properties.getHttp().isAllowInsecure() || details.isInsecureAllowed())
			.maxInMemorySize(bytes(properties.getHttp().getMaxInMemorySize()))
			.webClientBuilder(webClient(this.connectors.create(properties.getHttp(), details.getApiUrl(),
					sslBundle(prefix, details, properties), (property) -> nameOf(property, prefix))))
			.liveWebClientBuilder(() -> webClient(
					this.connectors.createLive(properties.getHttp(), sslBundle(prefix, details, properties))))
			.realtime((live) -> live.withMaxFeeds(properties.getRealtime().getMaxFeeds())
				.withSilenceTimeout(properties.getRealtime().getSilenceTimeout()))
			.jsonMapper(mapper());
		if (this.observationRegistry != null) {
			builder.observationRegistry(this.observationRegistry);
		}
		if (this.observationConvention != null) {
			builder.observationConvention(this.observationConvention);
		}
		if (credentialProvider != null) {
			builder.credentialProvider(AuthMode.SECRET_KEY, credentialProvider);
		}
		for (TriggerClientCustomizer customizer : this.clientCustomizers) {
			customizer.customize(builder);
		}
		TriggerTemplate template = builder.build();
		if (template.capabilities().modes().isEmpty()) {
			throw missingCredential(name, prefix, details);
		}
		logger.info(describe(name, template, credentials, branches ? branch : PreviewBranch.none()));
		return template;
	}

	/**
	 * Return the name under which a property is set: a named client inherits what it does
	 * not set itself.
	 */
	private String nameOf(String property, String prefix) {
		String own = prefix + "." + property;
		return (this.environment.apply(own) != null) ? own : "trigger." + property;
	}

	private static RuntimeException missingCredential(String name, String prefix, TriggerConnectionDetails details) {
		return (details instanceof NamedTriggerConnectionDetails)
				? new InvalidTriggerPropertyException(prefix + ".secret-key",
						"There is no Trigger.dev credential for the client '" + name + "'",
						"Set '" + prefix
								+ ".secret-key', or 'trigger.secret-key' for all clients that have none of their own")
				: new MissingTriggerCredentialException(details);
	}

	/**
	 * Return what finds the SSL bundle, which is another one after its files have
	 * changed. Details that make a bundle for each caller have one that does not change.
	 */
	private Supplier<@Nullable SslBundle> sslBundle(String prefix, TriggerConnectionDetails details,
			TriggerProperties properties) {
		SslBundle bundle = details.getSslBundle();
		if (bundle == null) {
			return () -> NamedSslBundle.find(properties.getHttp().getSsl().getBundle(), prefix, this.sslBundles);
		}
		return (details.getSslBundle() == bundle) ? details::getSslBundle : () -> bundle;
	}

	/**
	 * Responses are held in arrays, which have no more bytes than this.
	 */
	private static int bytes(DataSize size) {
		return (size.toBytes() < 0) ? Integer.MAX_VALUE : (int) Math.min(size.toBytes(), Integer.MAX_VALUE);
	}

	private static TriggerCredential[] credentials(String prefix, TriggerConnectionDetails details) {
		Map<String, TriggerCredential> credentials = new LinkedHashMap<>();
		add(credentials, prefix + ".secret-key", details.getSecretKey());
		add(credentials, prefix + ".access-token", details.getAccessToken());
		return new LinkedHashSet<>(credentials.values()).toArray(new TriggerCredential[0]);
	}

	private static void add(Map<String, TriggerCredential> credentials, String property, @Nullable String value) {
		if (!StringUtils.hasText(value)) {
			return;
		}
		TriggerCredential credential = parse(property, value);
		for (Map.Entry<String, TriggerCredential> other : credentials.entrySet()) {
			if (other.getValue().mode() == credential.mode() && !other.getValue().equals(credential)) {
				throw new InvalidTriggerPropertyException(property, "'" + other.getKey() + "' and '" + property
						+ "' hold two different credentials of the same kind (" + credential.mode().description() + ")",
						"Remove one of them");
			}
		}
		credentials.put(property, credential);
	}

	private static TriggerCredential parse(String property, String value) {
		try {
			return TriggerCredential.of(value).from(property);
		}
		catch (MalformedCredentialException ex) {
			throw new MalformedCredentialException("'" + property + "': " + ex.getMessage());
		}
	}

	private static void check(TriggerCredential credential, PreviewBranch branch) {
		if (!credential.isRecognized()) {
			logger.warn("The form of the Trigger.dev credential " + credential
					+ " is not known: it is taken for a secret key, and its environment can't be checked");
		}
		if (TriggerEnvironment.PREVIEW.equals(credential.environment())
				&& branch.in(TriggerEnvironment.PREVIEW) == null) {
			throw new PreviewBranchRequiredException();
		}
	}

	/**
	 * Platforms name the branch of each deployment, that of production among them.
	 */
	private static boolean mayNameBranch(TriggerCredential[] credentials) {
		return credentials.length == 0 || Arrays.stream(credentials)
			.map(TriggerCredential::environment)
			.anyMatch((environment) -> environment == null || environment.hasBranches());
	}

	private static RetryPolicy retry(TriggerProperties.Retry properties) {
		return new RetryPolicy(properties.getMaxAttempts(), properties.getDelay(), properties.getMultiplier(),
				properties.getMaxDelay(), properties.isJitter(), properties.getNotFoundTimeout(),
				properties.isAutoIdempotency(), properties.isRepeatUnsafe());
	}

	private static Polling polling(TriggerProperties.Polling properties) {
		return new Polling(properties.getDelay(), properties.getMultiplier(), properties.getMaxDelay(),
				properties.getTimeout());
	}

	/**
	 * Build as Spring Boot builds for the application. A {@code WebClient.Builder} bean
	 * is no place to begin: it may be made for another service, with its headers, its
	 * filters or a load balancer.
	 */
	private WebClient.Builder webClient(ClientHttpConnector connector) {
		WebClient.Builder builder = WebClient.builder();
		for (WebClientCustomizer customizer : this.webClientCustomizers) {
			customizer.customize(builder);
		}
		builder.clientConnector(connector);
		for (TriggerWebClientCustomizer customizer : this.triggerWebClientCustomizers) {
			customizer.customize(builder);
		}
		return builder;
	}

	/**
	 * Tasks have one type for all numbers: the fraction of one must not be cut off
	 * because a whole number is expected, as Jackson does by default.
	 */
	private JsonMapper mapper() {
		JsonMapper.Builder builder = (this.jsonMapper != null) ? this.jsonMapper.rebuild() : JsonMapper.builder();
		builder.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
		for (TriggerJsonMapperCustomizer customizer : this.jsonMapperCustomizers) {
			customizer.customize(builder);
		}
		return builder.build();
	}

	/**
	 * What a person wants to see at start. Never a key.
	 */
	private static String describe(String name, TriggerTemplate template, TriggerCredential[] credentials,
			PreviewBranch branch) {
		StringBuilder text = new StringBuilder("Trigger.dev client");
		text.append(name.equals(TriggerOperationsRegistry.DEFAULT) ? ": " : " '" + name + "': ");
		if (credentials.length == 0) {
			text.append("credential from a provider");
		}
		for (int i = 0; i < credentials.length; i++) {
			TriggerCredential credential = credentials[i];
			text.append((i > 0) ? " and " : "").append(credential.mode().description());
			if (credential.environment() != null) {
				text.append(" of ").append(credential.environment());
			}
		}
		return text.append(", branch ")
			.append(branch)
			.append(", ")
			.append(template.apiUrl())
			.append(", ")
			.append(template.capabilities())
			.toString();
	}

	private static @Nullable String emptyToNull(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

}
