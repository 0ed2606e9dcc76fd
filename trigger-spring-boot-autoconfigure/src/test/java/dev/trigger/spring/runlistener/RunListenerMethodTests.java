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

package dev.trigger.spring.runlistener;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.trigger.spring.run.RunStatus;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.annotation.AliasFor;
import org.springframework.javapoet.ClassName;
import org.springframework.scheduling.annotation.Async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RunListenerMethods} and {@link RunListenerMethod}.
 */
class RunListenerMethodTests {

	static Stream<Class<?>> refused() {
		return Stream.of(NoParameter.class, TwoParameters.class, OtherParameter.class, Returning.class, NoStatus.class,
				EmptyTask.class, UnresolvedTask.class, LongId.class, Asynchronous.class, AsynchronousClass.class,
				LaterOutput.class);
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusesWhatCannotBeCalled(Class<?> type) {
		assertThatExceptionOfType(InvalidRunListenerException.class).isThrownBy(() -> listeners(type))
			.satisfies((ex) -> assertThat(ex.getDescription()).contains(type.getName() + ".on("))
			.satisfies((ex) -> assertThat(ex.getAction()).isNotEmpty());
	}

	@Test
	void findsTypesOfOutputs() {
		assertThat(listeners(Outputs.class).stream().map((listener) -> listener.outputType().getTypeName()).sorted())
			.containsExactly("java.lang.Integer", "java.lang.Object", "java.lang.Object", "java.lang.String",
					"java.util.List<java.lang.String>");
	}

	@Test
	void resolvesPlaceholders() {
		RunListener listener = listeners(Filtered.class).get(0);
		assertThat(listener.id()).isEqualTo("mine");
		assertThat(listener.client()).isEqualTo("billing");
		assertThat(listener.filter().tasks()).containsExactly("resolved");
		assertThat(listener.filter().statuses()).containsExactly(RunStatus.TIMED_OUT);
	}

	@Test
	void findsComposedAnnotation() {
		RunListener listener = listeners(Composed.class).get(0);
		assertThat(listener.id()).isEqualTo("bean.on");
		assertThat(listener.filter().tasks()).containsExactly("report");
		assertThat(listener.filter().statuses()).containsExactly(RunStatus.FAILED);
	}

	/**
	 * As the annotation {@code Scheduled} does.
	 */
	@Test
	void findsMethodsOfFactoryAndOfItsProduct() {
		assertThat(listeners(Factory.class).stream().map(RunListener::id)).containsExactlyInAnyOrder("&bean.on",
				"bean.generic", "bean.wildcard", "bean.raw", "bean.bounded", "bean.list");
	}

	@Test
	void doesNotFindMethodBehindProxyWithoutIt() {
		assertThatExceptionOfType(InvalidRunListenerException.class).isThrownBy(() -> listeners((factory) -> {
			RootBeanDefinition definition = new RootBeanDefinition(Other.class,
					() -> (Other) new ProxyFactory(new Proxied()).getProxy());
			definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, Proxied.class);
			factory.registerBeanDefinition("proxied", definition);
		})).withMessageContaining("proxy").withMessageContaining("spring.aop.proxy-target-class");
	}

	/**
	 * A proxy does not have the fields of its bean, and can't override the method.
	 */
	@Test
	void refusesFinalMethodOfProxy() {
		assertThatExceptionOfType(InvalidRunListenerException.class)
			.isThrownBy(() -> listeners((factory) -> registerProxy(factory, Final.class, new Final())))
			.withMessageContaining(Final.class.getName() + ".on is final")
			.withMessageContaining("proxy");
	}

	@Test
	void acceptsWhatAProxyDoesNotChange() {
		assertThat(listeners(Final.class)).hasSize(1);
		assertThat(listeners(AsynchronousFuture.class)).hasSize(1);
		assertThat(listeners((factory) -> registerProxy(factory, Static.class, new Static()))).hasSize(1);
	}

	private static <T> void registerProxy(DefaultListableBeanFactory factory, Class<T> type, T target) {
		ProxyFactory proxy = new ProxyFactory(target);
		proxy.setProxyTargetClass(true);
		RootBeanDefinition definition = new RootBeanDefinition(type, () -> type.cast(proxy.getProxy()));
		definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, type);
		factory.registerBeanDefinition("proxied", definition);
	}

	@Test
	void givesHintsForOutput() {
		DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
		factory.registerBeanDefinition("outputs", new RootBeanDefinition(Own.class));
		BeanRegistrationAotContribution contribution = new RunListenerAotProcessor()
			.processAheadOfTime(RegisteredBean.of(factory, "outputs"));
		GenerationContext context = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("com.example", "Application")), new InMemoryGeneratedFiles());
		Objects.requireNonNull(contribution).applyTo(context, mock());
		RuntimeHints hints = context.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection().onType(Receipt.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Own.class, "on")).accepts(hints);
	}

	private static List<RunListener> listeners(Class<?> type) {
		return listeners((factory) -> factory.registerBeanDefinition("bean", new RootBeanDefinition(type)));
	}

	private static List<RunListener> listeners(Consumer<DefaultListableBeanFactory> beans) {
		RunListenerContainer container = new RunListenerContainer(InMemoryRunEventStore::new, true, (name) -> mock(),
				RunListenerSettings.defaults(), new TriggeredRunRecorder(), List.of(), ObservationRegistry.NOOP);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment().getSystemProperties().put("run.listener.task", "resolved");
			context.registerBean(PropertySourcesPlaceholderConfigurer.class);
			beans.accept(context.getDefaultListableBeanFactory());
			context.registerBean(RunListenerContainer.class, () -> container,
					(definition) -> definition.setLazyInit(true));
			context.registerBean(RunListenerMethods.class, () -> new RunListenerMethods(context.getBeanFactory(),
					context.getBeanProvider(RunListenerContainer.class)));
			context.refresh();
			return container.listeners();
		}
		finally {
			System.clearProperty("run.listener.task");
		}
	}

	record Receipt(@Nullable String id) {

	}

	static class NoParameter {

		@TriggerRunListener
		void on() {
		}

	}

	static class TwoParameters {

		@TriggerRunListener
		void on(RunFinished<String> event, String other) {
		}

	}

	static class OtherParameter {

		@TriggerRunListener
		void on(Receipt output) {
		}

	}

	static class Returning {

		@TriggerRunListener
		boolean on(RunFinished<String> event) {
			return true;
		}

	}

	static class NoStatus {

		@TriggerRunListener(status = "EXECUTING")
		void on(RunFinished<String> event) {
		}

	}

	static class EmptyTask {

		@TriggerRunListener(task = "${nothing:}")
		void on(RunFinished<String> event) {
		}

	}

	static class UnresolvedTask {

		@TriggerRunListener(task = "${nothing}")
		void on(RunFinished<String> event) {
		}

	}

	static class LongId {

		@TriggerRunListener(id = "0123456789012345678901234567890123456789012345678901234567890123456789"
				+ "0123456789012345678901234567890123456789012345678901234567890123456789"
				+ "0123456789012345678901234567890123456789012345678901234567890123456789")
		void on(RunFinished<String> event) {
		}

	}

	static class Asynchronous {

		@Async
		@TriggerRunListener
		public void on(RunFinished<String> event) {
		}

	}

	@Async
	static class AsynchronousClass {

		@TriggerRunListener
		public void on(RunFinished<String> event) {
		}

	}

	static class AsynchronousFuture {

		@Async
		@TriggerRunListener
		public CompletableFuture<Void> on(RunFinished<String> event) {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class LaterOutput {

		@TriggerRunListener
		void on(RunFinished<Mono<String>> event) {
		}

	}

	static class Final {

		@TriggerRunListener
		public final void on(RunFinished<String> event) {
		}

	}

	static class Static {

		@TriggerRunListener
		public static final void on(RunFinished<String> event) {
		}

	}

	static class Generic<T> {

		@TriggerRunListener
		void generic(RunFinished<T> event) {
		}

	}

	static class Outputs extends Generic<Integer> {

		@TriggerRunListener
		void wildcard(RunFinished<?> event) {
		}

		@TriggerRunListener
		@SuppressWarnings("rawtypes")
		void raw(RunFinished event) {
		}

		@TriggerRunListener
		Mono<String> bounded(RunFinished<? extends String> event) {
			return Mono.empty();
		}

		@TriggerRunListener
		void list(RunFinished<List<String>> event) {
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@TriggerRunListener(status = "FAILED")
	@interface OnFailure {

		@AliasFor(annotation = TriggerRunListener.class)
		String[] task();

	}

	static class Composed {

		@OnFailure(task = "report")
		void on(RunFinished<String> event) {
		}

	}

	static class Factory implements FactoryBean<Outputs> {

		@Override
		public Outputs getObject() {
			return new Outputs();
		}

		@Override
		public Class<?> getObjectType() {
			return Outputs.class;
		}

		@TriggerRunListener
		void on(RunFinished<String> event) {
		}

	}

	static class Filtered {

		@TriggerRunListener(id = "mine", client = "billing", task = "${run.listener.task}", status = "timed out")
		void on(RunFinished<Map<String, Object>> event) {
		}

	}

	interface Other {

		void other();

	}

	static class Proxied implements Other {

		@Override
		public void other() {
		}

		@TriggerRunListener
		public void on(RunFinished<String> event) {
		}

	}

	static class Own {

		@TriggerRunListener
		void on(RunFinished<Receipt> event) {
		}

	}

}
