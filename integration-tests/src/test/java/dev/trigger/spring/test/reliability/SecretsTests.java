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

package dev.trigger.spring.test.reliability;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ServerSocketFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.reliability.FaultProxy.Behaviour;
import dev.trigger.spring.test.reliability.FaultProxy.Response;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Collects everything that leaves the process while every operation runs, and fails in
 * many ways, and looks for the credentials in it.
 */
@SpringBootTest(classes = SecretsTests.Application.class,
		properties = { "trigger.retry.max-attempts=1", "trigger.timeout=5s", "trigger.polling.timeout=1s",
				"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always",
				"management.endpoint.trigger.show-values=always", "management.endpoints.access.default=read-only",
				"management.endpoints.jmx.exposure.include=*", "spring.jmx.enabled=true",
				"spring.http.codecs.log-request-details=true" })
class SecretsTests {

	private static final String KEY = "q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D";

	private static final String TOKEN = "hG5sJ2fK8aQ4wE7rT1yU6iO3pZ9xC0vBnM2dS5gH";

	private static final String WEBHOOK_SECRET = "7vBq4Yd1Ks9Xw2Jt6Mz3Rh8P";

	private static final String CALLBACK_HASH = "c4118ac4ha54c0ffeec4118ac4ha54";

	/**
	 * What follows the name of the signature in a presigned URL.
	 */
	private static final Pattern SIGNATURE = Pattern.compile("X-Amz-Signature=[^\u2022].{0,20}");

	private static final String SUCCESS = "success";

	private static final Secrets SECRETS = new Secrets().and("tr_prod_", KEY)
		.and("tr_pat_", TOKEN)
		.and("", WEBHOOK_SECRET)
		.and("/callback/", CALLBACK_HASH);

	private static final TriggerEmulator emulator = TriggerEmulator.builder()
		.secretKey("prod", "tr_prod_" + KEY)
		.personalAccessToken("tr_pat_" + TOKEN)
		.rateLimit(1_000_000, 1_000_000, Duration.ofSeconds(10))
		.start();

	private static final FaultProxy proxy = new FaultProxy(emulator.port(), ServerSocketFactory.getDefault());

	private static final Duration LIVE_TIME = Duration.ofSeconds(2);

	private static final Map<String, Behaviour> WAYS_TO_FAIL = Map.of("echo in an error",
			echo(400, "application/json", "{\"error\":\"No %s\",\"code\":\"%s\"}"), "echo in HTML",
			echo(500, "text/html", "<html><body>%s %s</body></html>"), "echo instead of JSON",
			echo(200, "application/json", "%s %s"), "echo in JSON of another form",
			echo(200, "application/json", "{\"id\":{\"%s\":1},\"data\":\"%s\",\"createdAt\":\"%1$s\"}"), "unauthorized",
			echo(401, "application/json", "{\"error\":\"Invalid API key\"}"), "reset", (exchange) -> exchange.reset(),
			"redirect", (exchange) -> {
				exchange.body();
				exchange.write(Response.of(302, "", "location: http://localhost:1/tr_prod_" + KEY));
				return true;
			});

	private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final List<Appender<ILoggingEvent>> appenders = new ArrayList<>();

	private Level level;

	private int logged;

	@Autowired
	private ApplicationContext context;

	@Autowired
	private TriggerOperations trigger;

	@Autowired
	private ObservedText observed;

	@DynamicPropertySource
	static void connect(DynamicPropertyRegistry properties) {
		properties.add("trigger.api-url", () -> "http://127.0.0.1:" + proxy.port());
		properties.add("trigger.secret-key", () -> "tr_prod_" + KEY);
		properties.add("trigger.access-token", () -> "tr_pat_" + TOKEN);
		properties.add("trigger.webhook.secret", () -> WEBHOOK_SECRET);
		properties.add("trigger.webhook.secert", () -> WEBHOOK_SECRET);
		properties.add("trigger.project-ref", emulator::projectRef);
		properties.add("somewhere.else", () -> "key=tr_prod_" + KEY);
	}

	@AfterAll
	static void stop() {
		proxy.close();
		emulator.close();
	}

	/**
	 * What is logged is looked at and not written: it is a lot.
	 */
	@BeforeEach
	void logEverything() {
		Logger root = this.logging.getLogger(Logger.ROOT_LOGGER_NAME);
		this.level = root.getLevel();
		root.iteratorForAppenders().forEachRemaining(this.appenders::add);
		this.appenders.forEach(root::detachAppender);
		AppenderBase<ILoggingEvent> inspector = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				inspect(event);
			}

		};
		inspector.setContext(this.logging);
		inspector.start();
		root.addAppender(inspector);
		root.setLevel(Level.TRACE);
	}

	@AfterEach
	void logAsBefore() {
		Logger root = this.logging.getLogger(Logger.ROOT_LOGGER_NAME);
		root.detachAndStopAllAppenders();
		this.appenders.forEach(root::addAppender);
		root.setLevel(this.level);
	}

	private void inspect(ILoggingEvent event) {
		// the emulator runs in this process too
		if (!event.getLoggerName().startsWith("reactor.netty.http.server")
				&& !event.getThreadName().startsWith("trigger-emulator")) {
			this.logged++;
			search("log of " + event.getLoggerName(), event.getFormattedMessage());
			if (event.getThrowableProxy() != null) {
				search("exception in the log of " + event.getLoggerName(),
						ThrowableProxyUtil.asString(event.getThrowableProxy()));
			}
		}
	}

	private void search(String where, String text) {
		Matcher signature = SIGNATURE.matcher(text);
		if (!where.startsWith("response") && signature.find()) {
			this.leaks.add(where + ": …" + signature.group() + "…");
		}
		String found = SECRETS.find(text);
		String kind = where.substring(0, where.indexOf(' '));
		if (found != null && this.leaks.stream().filter((leak) -> leak.startsWith(kind)).count() < 3) {
			this.leaks.add(where + ": …" + found + "…");
		}
	}

	@Test
	void nothingThatLeavesTheProcessContainsTheCredentials() {
		runEverything(SUCCESS);
		WAYS_TO_FAIL.forEach((way, behaviour) -> {
			proxy.arm(behaviour, 0, Integer.MAX_VALUE);
			runEverything(way);
			proxy.arm(Behaviour.NONE, 0, 0);
		});
		searchBeans();
		searchActuator();
		this.context.getBean(MeterRegistry.class)
			.forEachMeter((meter) -> search("meter registry", meter.getId() + " " + meter.getId().getTags()));
		this.observed.texts().forEach((text) -> search("observation told", text));
		Thread.getAllStackTraces().keySet().forEach((thread) -> search("name of a thread", thread.getName()));
		assertThat(this.leaks).isEmpty();
		assertThat(this.logged).as("events in the log").isGreaterThan(1000);
		assertThat(this.observed.texts()).isNotEmpty();
	}

	@Test
	void secretAddressesStandInNoLogTraceOrException() {
		transferAndCallBack(SUCCESS);
		WAYS_TO_FAIL.forEach((way, behaviour) -> {
			proxy.arm(behaviour, 0, Integer.MAX_VALUE);
			transferAndCallBack(way);
			proxy.arm(Behaviour.NONE, 0, 0);
		});
		proxy.arm((exchange) -> {
			exchange.body();
			exchange.write(Response.of(403, "<Error>" + exchange.path() + "</Error>", "content-type: application/xml",
					"location: " + exchange.path()));
			return true;
		}, 1, Integer.MAX_VALUE);
		transferAndCallBack("echo of the address");
		proxy.arm(Behaviour.NONE, 0, 0);
		this.observed.texts().forEach((text) -> search("observation told", text));
		assertThat(this.leaks).isEmpty();
		assertThat(this.logged).as("events in the log").isGreaterThan(100);
	}

	private void transferAndCallBack(String way) {
		String large = "x".repeat(200_000);
		List<Mono<?>> calls = List.of(
				this.trigger.tasks()
					.trigger(TaskType.of("large", String.class, Void.class), large)
					.flatMap((handle) -> this.trigger.runs().retrieve(handle.id())),
				this.trigger.waitpoints().completeByCallback("waitpoint_1", CALLBACK_HASH, "ok"));
		for (Mono<?> call : calls) {
			try {
				call.block(Duration.ofSeconds(30));
			}
			catch (RuntimeException ex) {
				search("exception from a transfer, " + way, describe(ex));
			}
		}
	}

	@Test
	void secretIsFoundWhereverItIs() {
		org.slf4j.Logger logger = LoggerFactory.getLogger(SecretsTests.class);
		logger.trace("halves {}", KEY.substring(0, 12));
		logger.trace("base64 {}",
				Base64.getEncoder().encodeToString(("Bearer tr_prod_" + KEY).getBytes(StandardCharsets.UTF_8)));
		logger.trace("exception", new IllegalStateException(new IllegalStateException("tr_pat_" + TOKEN)));
		assertThat(this.leaks).hasSize(3);
	}

	private void runEverything(String way) {
		List<Mono<?>> live = new ArrayList<>();
		for (EveryOperation operation : EveryOperation.all()) {
			try {
				Flux<?> call = Flux.from(operation.call(this.trigger, -1, ""));
				if (operation.isLive()) {
					// it never ends: all of them are open for a while, side by side
					live.add(call.take(LIVE_TIME)
						.collectList()
						.doOnNext((result) -> searchResult(operation, way, result))
						.onErrorResume(Exception.class, (ex) -> {
							searchFailure(operation, way, ex);
							return Mono.empty();
						}));
				}
				else {
					searchResult(operation, way, call.collectList().block(Duration.ofSeconds(30)));
				}
			}
			catch (Exception ex) {
				searchFailure(operation, way, ex);
			}
		}
		Flux.merge(live).blockLast(Duration.ofSeconds(30));
	}

	private void searchResult(EveryOperation operation, String way, @Nullable Object result) {
		if (way.equals(SUCCESS)) {
			// else it is what the server was made to return
			search("result of " + operation, String.valueOf(result));
		}
	}

	private void searchFailure(EveryOperation operation, String way, Exception failure) {
		search("exception from " + operation + ", " + way, describe(failure));
	}

	/**
	 * All that a diligent error reporter finds: texts, stack traces, and what getters
	 * return, of the exception and all that are behind it.
	 */
	private static String describe(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			for (Method getter : cause.getClass().getMethods()) {
				if (getter.getParameterCount() == 0 && !Modifier.isStatic(getter.getModifiers())
						&& getter.getName().startsWith("get")) {
					try {
						text.append(getter.getName()).append('=').append(String.valueOf(getter.invoke(cause)));
					}
					catch (ReflectiveOperationException ex) {
						text.append(ex.toString());
					}
				}
			}
		}
		return text.toString();
	}

	private void searchBeans() {
		for (String name : this.context.getBeanDefinitionNames()) {
			Object bean = this.context.getBean(name);
			if (bean.getClass().getName().startsWith("dev.trigger.spring")) {
				search("bean " + name, String.valueOf(bean));
			}
		}
	}

	private void searchActuator() {
		JsonMapper json = JsonMapper.builder().build();
		int read = 0;
		for (String name : this.context.getBeanNamesForAnnotation(Endpoint.class)) {
			if (name.startsWith("heapDump")) {
				// who may read the memory may read the credentials
				continue;
			}
			Object endpoint = this.context.getBean(name);
			for (Method method : endpoint.getClass().getMethods()) {
				if (AnnotatedElementUtils.hasAnnotation(method, ReadOperation.class)) {
					try {
						method.setAccessible(true);
						Object response = method.invoke(endpoint, new Object[method.getParameterCount()]);
						search("actuator " + name, json.writeValueAsString(response));
						read++;
					}
					catch (ReflectiveOperationException | RuntimeException ex) {
						search("actuator " + name, describe(ex));
					}
				}
			}
		}
		assertThat(read).as("operations of the actuator").isGreaterThan(5);
		assertThat(this.context.getBeanNamesForAnnotation(Endpoint.class)).contains("environmentEndpoint",
				"configurationPropertiesReportEndpoint", "beansEndpoint", "healthEndpoint");
	}

	private static Behaviour echo(int status, String contentType, String body) {
		return (exchange) -> {
			exchange.body();
			exchange.write(Response.of(status, body.formatted("tr_prod_" + KEY, "tr_pat_" + TOKEN),
					"content-type: " + contentType, "x-echo: tr_prod_" + KEY));
			return true;
		};
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> wiretap() {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.wiretap(true));
		}

		@Bean
		ObservedText observedText() {
			return new ObservedText(new ConcurrentLinkedQueue<>());
		}

	}

	/**
	 * Keeps what observations tell.
	 *
	 * @param texts what they told
	 */
	record ObservedText(Queue<String> texts) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			this.texts.add(context.getName() + " " + context.getContextualName() + " " + context.getAllKeyValues());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
