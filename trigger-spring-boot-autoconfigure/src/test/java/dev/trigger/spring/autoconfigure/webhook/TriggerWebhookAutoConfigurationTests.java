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

package dev.trigger.spring.autoconfigure.webhook;

import java.util.function.Consumer;

import dev.trigger.spring.alert.AlertEvent;
import dev.trigger.spring.alert.TriggerWebhook;
import dev.trigger.spring.alert.WebhookVerifier;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Tests for {@link TriggerWebhookAutoConfiguration} and those for controllers.
 */
class TriggerWebhookAutoConfigurationTests {

	private static final String SECRET = "trigger.webhook.secret=whsec_test";

	private static final String BODY = "{\"id\":\"webhook_1\",\"type\":\"alert.new\"}";

	private static final String SIGNATURE = "902fcd80e51a62fd880ef629729b857a28178ba385a5eb8a88601f003143a299";

	private static final String SIGNATURE_OF_NOPE = "5b8ecc52cfe772ffe0bd999d2acb30e53db6a4598353496416dd06f8cbd1a344";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerWebhookAutoConfiguration.class,
				TriggerWebhookWebFluxAutoConfiguration.class, TriggerWebhookWebMvcAutoConfiguration.class));

	private final ReactiveWebApplicationContextRunner reactiveRunner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerWebhookAutoConfiguration.class,
				TriggerWebhookWebFluxAutoConfiguration.class, TriggerWebhookWebMvcAutoConfiguration.class))
		.withUserConfiguration(ReactiveApplication.class);

	private final WebApplicationContextRunner servletRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerWebhookAutoConfiguration.class,
				TriggerWebhookWebFluxAutoConfiguration.class, TriggerWebhookWebMvcAutoConfiguration.class))
		.withUserConfiguration(ServletApplication.class);

	@Test
	void largestBodyIsThatOfTheVerifierByDefault() {
		assertThat(new TriggerWebhookProperties().getMaxBodySize().toBytes())
			.isEqualTo(WebhookVerifier.DEFAULT_MAX_BODY_SIZE);
	}

	@Test
	void withoutSecretThereIsNoVerifier() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookVerifier.class));
	}

	@Test
	void emptySecretIsNone() {
		this.contextRunner.withPropertyValues("trigger.webhook.secret= ")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookVerifier.class));
	}

	@Test
	void verifierHasTheProperties() {
		this.contextRunner.withPropertyValues(SECRET, "trigger.webhook.max-body-size=2KB")
			.run((context) -> assertThat(context.getBean(WebhookVerifier.class).maxBodySize()).isEqualTo(2048));
	}

	@Test
	void verifierOfTheApplicationTakesPrecedence() {
		WebhookVerifier own = WebhookVerifier.of("own");
		this.contextRunner.withPropertyValues(SECRET)
			.withBean(WebhookVerifier.class, () -> own)
			.run((context) -> assertThat(context.getBean(WebhookVerifier.class)).isSameAs(own));
	}

	@ParameterizedTest
	@CsvSource({ "trigger.webhook.max-body-size=0B,trigger.webhook.max-body-size",
			"trigger.webhook.max-body-size=2GB,trigger.webhook.max-body-size" })
	void badPropertyFailsTheStart(String property, String name) {
		this.contextRunner.withPropertyValues(SECRET, property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'" + name + "'")
				.hasMessageNotContaining("whsec_test"));
	}

	@Test
	void withoutWebFrameworkThereIsNoConfigurer() {
		this.contextRunner.withPropertyValues(SECRET)
			.withClassLoader(new FilteredClassLoader(WebMvcConfigurer.class, WebFluxConfigurer.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(WebhookVerifier.class));
	}

	@Test
	void reactiveControllerGetsTheAlert() {
		this.reactiveRunner.withPropertyValues(SECRET)
			.run((context) -> withClient(context,
					(client) -> send(client, SIGNATURE, BODY).expectStatus()
						.isOk()
						.expectBody(String.class)
						.isEqualTo("webhook_1")));
	}

	@Test
	void reactiveControllerIsNotCalledWithoutTheRightSignature() {
		this.reactiveRunner.withPropertyValues(SECRET).run((context) -> withClient(context, (client) -> {
			send(client, null, BODY).expectStatus().isUnauthorized();
			send(client, SIGNATURE, BODY + " ").expectStatus().isUnauthorized();
			send(client, SIGNATURE_OF_NOPE, "{]").expectStatus().isUnauthorized();
			send(client, SIGNATURE, "").expectStatus().isUnauthorized();
		}));
	}

	@Test
	void reactiveControllerIsNotCalledWithWhatIsNoAlert() {
		this.reactiveRunner.withPropertyValues(SECRET)
			.run((context) -> withClient(context,
					(client) -> send(client, SIGNATURE_OF_NOPE, "nope").expectStatus().isBadRequest()));
	}

	@Test
	void reactiveControllerIsNotCalledWithABodyThatIsTooLarge() {
		this.reactiveRunner.withPropertyValues(SECRET, "trigger.webhook.max-body-size=8B")
			.run((context) -> withClient(context, (client) -> {
				send(client, SIGNATURE, BODY).expectStatus().isEqualTo(413);
				client.post()
					.uri("/alerts")
					.header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE)
					.contentType(MediaType.APPLICATION_JSON)
					.body(Flux.just("{\"id\":", "\"webhook_1\"}"), String.class)
					.exchange()
					.expectStatus()
					.isEqualTo(413);
			}));
	}

	@Test
	void bodyOfTenMegabytesIsRefused() {
		String body = "x".repeat(10 * 1024 * 1024);
		this.reactiveRunner.withPropertyValues(SECRET)
			.run((context) -> withClient(context,
					(client) -> send(client, SIGNATURE, body).expectStatus().isEqualTo(413)));
		this.servletRunner.withPropertyValues(SECRET)
			.run((context) -> mockMvc(context)
				.perform(post("/alerts").header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE).content(body))
				.andExpect(status().isContentTooLarge()));
	}

	@Test
	void controllerWithoutSecretStopsTheStart() {
		this.reactiveRunner.run((context) -> assertThat(context).getFailure()
			.isInstanceOf(InvalidTriggerPropertyException.class)
			.hasMessageContaining("has a parameter with @TriggerWebhook, but 'trigger.webhook.secret' is not set"));
		this.servletRunner.withPropertyValues("trigger.webhook.secret=")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidTriggerPropertyException.class)
				.hasMessageContaining("AlertController"));
	}

	@Test
	void verifierOfTheApplicationIsEnough() {
		this.servletRunner.withBean(WebhookVerifier.class, () -> WebhookVerifier.of("own"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void servletControllerGetsTheAlert() {
		this.servletRunner.withPropertyValues(SECRET)
			.run((context) -> mockMvc(context)
				.perform(post("/alerts").contentType(MediaType.APPLICATION_JSON)
					.header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE)
					.content(BODY))
				.andExpect(status().isOk())
				.andExpect(content().string("webhook_1")));
	}

	@Test
	void servletControllerIsNotCalledWithoutTheRightSignature() {
		this.servletRunner.withPropertyValues(SECRET).run((context) -> {
			MockMvc mockMvc = mockMvc(context);
			mockMvc.perform(post("/alerts").content(BODY)).andExpect(status().isUnauthorized());
			mockMvc
				.perform(post("/alerts").header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE, SIGNATURE).content(BODY))
				.andExpect(status().isUnauthorized());
			mockMvc.perform(post("/alerts").header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE).content("{]"))
				.andExpect(status().isUnauthorized());
		});
	}

	@Test
	void servletControllerIsNotCalledWithWhatIsNoAlertOrTooLarge() {
		this.servletRunner.withPropertyValues(SECRET, "trigger.webhook.max-body-size=8B").run((context) -> {
			MockMvc mockMvc = mockMvc(context);
			mockMvc.perform(post("/alerts").header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE_OF_NOPE).content("nope"))
				.andExpect(status().isBadRequest());
			mockMvc.perform(post("/alerts").header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE).content(BODY))
				.andExpect(status().isContentTooLarge());
		});
	}

	/**
	 * Nothing is wrong with the signature, and nobody would look for the filter.
	 */
	@Test
	void bodyThatAFilterHasReadIsReportedToTheApplication() {
		Filter reading = (request, response, chain) -> {
			request.getInputStream().readAllBytes();
			chain.doFilter(request, response);
		};
		this.servletRunner.withPropertyValues(SECRET).run((context) -> {
			MockMvc mockMvc = mockMvc(context, reading);
			assertThatExceptionOfType(ServletException.class)
				.isThrownBy(() -> mockMvc
					.perform(post("/alerts").header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE).content(BODY)))
				.havingCause()
				.isInstanceOf(IllegalStateException.class)
				.withMessageContaining("read before")
				.withMessageContaining("filter");
			mockMvc.perform(post("/alerts").header(WebhookVerifier.SIGNATURE_HEADER, SIGNATURE))
				.andExpect(status().isUnauthorized());
		});
	}

	private static MockMvc mockMvc(AssertableWebApplicationContext context, Filter... filters) {
		assertThat(context).hasNotFailed();
		return MockMvcBuilders.webAppContextSetup(context).addFilters(filters).build();
	}

	private static void withClient(ApplicationContext context, Consumer<WebTestClient> test) {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.applicationContext(context).build()))
			.bindNow();
		try {
			test.accept(WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + server.port()).build());
		}
		finally {
			server.disposeNow();
		}
	}

	private static WebTestClient.ResponseSpec send(WebTestClient client, String signature, String body) {
		WebTestClient.RequestBodySpec request = client.post().uri("/alerts").contentType(MediaType.APPLICATION_JSON);
		if (signature != null) {
			request.header(WebhookVerifier.SIGNATURE_HEADER, signature);
		}
		return request.bodyValue(body).exchange();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFlux
	static class ReactiveApplication {

		@Bean
		AlertController alertController() {
			return new AlertController();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class ServletApplication {

		@Bean
		AlertController alertController() {
			return new AlertController();
		}

	}

	@RestController
	static class AlertController {

		@PostMapping("/alerts")
		String alert(@TriggerWebhook AlertEvent event) {
			return event.id();
		}

	}

}
