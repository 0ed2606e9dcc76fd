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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerCallListener;
import dev.trigger.spring.http.TriggerObservationConvention;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The one place where properties, connection details and customizers become a client.
 *
 * @param connectors makes the connector
 * @param webClientBuilder the application's builder
 * @param jsonMapper the application's mapper
 * @param variables looks up environment variables
 * @param webClientCustomizers customize the builder of the client's {@link WebClient}
 * @param jsonMapperCustomizers customize the client's mapper
 * @param clientCustomizers customize the client
 * @param listeners are told what happens to calls
 * @param observationConvention says what observations tell of calls, {@code null} for the
 * default
 */
record TriggerClientFactory(ConnectorFactory connectors, WebClient.@Nullable Builder webClientBuilder,
		@Nullable JsonMapper jsonMapper, Function<String, @Nullable String> variables,
		List<TriggerWebClientCustomizer> webClientCustomizers, List<TriggerJsonMapperCustomizer> jsonMapperCustomizers,
		List<TriggerClientCustomizer> clientCustomizers, List<TriggerCallListener> listeners,
		@Nullable TriggerObservationConvention observationConvention) implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TriggerClientFactory.class);

	/**
	 * Return the factory of an application. It asks for what it needs: parameters of a
	 * bean method, as many as these, cost the start several milliseconds.
	 * @param environment has the environment variables
	 * @param beanFactory has what clients are made with, as far as the application has it
	 * @return the factory
	 */
	static TriggerClientFactory of(Environment environment, BeanFactory beanFactory) {
		ConnectorFactory connectors = new ConnectorFactory(
				beanFactory.getBeanProvider(ClientHttpConnectorBuilder.class).getIfAvailable(),
				beanFactory.getBeanProvider(HttpClientSettings.class).getIfAvailable(),
				beanFactory.getBeanProvider(SslBundles.class).getIfAvailable());
		return new TriggerClientFactory(connectors,
				beanFactory.getBeanProvider(WebClient.Builder.class).getIfAvailable(),
				beanFactory.getBeanProvider(JsonMapper.class).getIfAvailable(), environment::getProperty,
				all(beanFactory, TriggerWebClientCustomizer.class), all(beanFactory, TriggerJsonMapperCustomizer.class),
				all(beanFactory, TriggerClientCustomizer.class), all(beanFactory, TriggerCallListener.class),
				beanFactory.getBeanProvider(TriggerObservationConvention.class).getIfAvailable());
	}

	private static <T> List<T> all(BeanFactory beanFactory, Class<T> type) {
		return beanFactory.getBeanProvider(type).orderedStream().toList();
	}

	/**
	 * Create a client.
	 * @param name the name of the client, empty for the one of {@code trigger.*}
	 * @param details where to connect to, with which credentials
	 * @param properties everything else
	 * @param credentialProvider supplies a secret key that may change
	 * @return the client
	 */
	TriggerTemplate create(String name, TriggerConnectionDetails details, TriggerProperties properties,
			@Nullable TriggerCredentialProvider credentialProvider) {
		String prefix = name.isEmpty() ? "trigger." : "trigger.clients." + name + ".";
		TriggerCredential[] credentials = credentials(prefix, details);
		PreviewBranch branch = PreviewBranch.resolve(details.getPreviewBranch(), this.variables);
		for (TriggerCredential credential : credentials) {
			check(credential, branch);
		}
		TriggerTemplateBuilder builder = TriggerTemplate.builder(credentials)
			.name(name.isEmpty() ? TriggerOperationsRegistry.DEFAULT : name)
			.listeners(this.listeners)
			.apiUrl(details.getApiUrl())
			.branch(branch)
			.projectRef(emptyToNull(details.getProjectRef()))
			.retry(retry(properties.getRetry()))
			.timeout(timeout(properties.getTimeout()))
			.allowInsecure(properties.getHttp().isAllowInsecure() || details.isInsecureAllowed())
			.maxInMemorySize(Math.toIntExact(properties.getHttp().getMaxInMemorySize().toBytes()))
			.webClientBuilder(webClient(this.connectors.create(properties.getHttp(), details.getApiUrl())))
			.jsonMapper(mapper());
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
			throw new MissingTriggerCredentialException(details);
		}
		logger.info(describe(name, template, credentials, branch));
		return template;
	}

	@Override
	public void close() {
		this.connectors.close();
	}

	private static TriggerCredential[] credentials(String prefix, TriggerConnectionDetails details) {
		Map<String, TriggerCredential> credentials = new LinkedHashMap<>();
		add(credentials, prefix + "secret-key", details.getSecretKey());
		add(credentials, prefix + "access-token", details.getAccessToken());
		return new LinkedHashSet<>(credentials.values()).toArray(new TriggerCredential[0]);
	}

	private static void add(Map<String, TriggerCredential> credentials, String property, @Nullable String value) {
		if (!StringUtils.hasText(value)) {
			return;
		}
		TriggerCredential credential = parse(property, value);
		for (Map.Entry<String, TriggerCredential> other : credentials.entrySet()) {
			Assert.state(other.getValue().equals(credential) || other.getValue().mode() != credential.mode(),
					() -> "'" + other.getKey() + "' and '" + property
							+ "' hold two different credentials of the same kind (" + credential.mode().description()
							+ "): remove one of them");
		}
		credentials.put(property, credential);
	}

	private static TriggerCredential parse(String property, String value) {
		try {
			return TriggerCredential.of(value);
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

	private static RetryPolicy retry(TriggerProperties.Retry properties) {
		return new RetryPolicy(properties.getMaxAttempts(), properties.getDelay(), properties.getMultiplier(),
				properties.getMaxDelay(), properties.isJitter(), properties.isAutoIdempotency(),
				properties.isRepeatUnsafe());
	}

	private static @Nullable Duration timeout(Duration timeout) {
		return timeout.isZero() ? null : timeout;
	}

	private WebClient.Builder webClient(ClientHttpConnector connector) {
		WebClient.Builder builder = (this.webClientBuilder != null) ? this.webClientBuilder.clone()
				: WebClient.builder();
		builder.clientConnector(connector);
		for (TriggerWebClientCustomizer customizer : this.webClientCustomizers) {
			customizer.customize(builder);
		}
		return builder;
	}

	private JsonMapper mapper() {
		JsonMapper.Builder builder = (this.jsonMapper != null) ? this.jsonMapper.rebuild() : JsonMapper.builder();
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
		text.append(name.isEmpty() ? ": " : " '" + name + "': ");
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
