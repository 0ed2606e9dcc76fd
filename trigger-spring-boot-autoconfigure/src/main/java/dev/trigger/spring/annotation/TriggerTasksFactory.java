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

package dev.trigger.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.outbox.TriggerOutbox;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.StringValueResolver;

/**
 * Creates objects of interfaces whose methods are {@link TriggerTask tasks}.
 *
 * @since 1.0.0
 */
public final class TriggerTasksFactory {

	private final Function<String, TriggerOperations> clients;

	private final Function<String, @Nullable TriggerOutbox> outboxes;

	private final Supplier<Collection<String>> names;

	private final StringValueResolver resolver;

	private TriggerTasksFactory(Function<String, TriggerOperations> clients,
			Function<String, @Nullable TriggerOutbox> outboxes, Supplier<Collection<String>> names,
			StringValueResolver resolver) {
		this.clients = clients;
		this.outboxes = outboxes;
		this.names = names;
		this.resolver = resolver;
	}

	/**
	 * Return a factory that finds clients among the beans.
	 * @param beanFactory has the clients, and resolves placeholders
	 * @return the factory
	 */
	public static TriggerTasksFactory of(BeanFactory beanFactory) {
		return new TriggerTasksFactory((name) -> find(beanFactory, name), (name) -> outbox(beanFactory, name),
				() -> names(beanFactory), (beanFactory instanceof ConfigurableBeanFactory configurable)
						? new EmbeddedValueResolver(configurable) : (text) -> text);
	}

	/**
	 * Return a factory for a single client, for use without Spring's container.
	 * @param client the client, for all interfaces
	 * @return the factory
	 */
	public static TriggerTasksFactory of(TriggerOperations client) {
		return new TriggerTasksFactory((name) -> client, (name) -> null, List::of, (text) -> text);
	}

	/**
	 * Return a factory for a single client and an outbox, for use without Spring's
	 * container.
	 * @param client the client, for all interfaces
	 * @param outbox the outbox, for the methods that are transactional
	 * @return the factory
	 */
	public static TriggerTasksFactory of(TriggerOperations client, TriggerOutbox outbox) {
		return new TriggerTasksFactory((name) -> client, (name) -> outbox, List::of, (text) -> text);
	}

	private static @Nullable TriggerOutbox outbox(BeanFactory beanFactory, String name) {
		TriggerOutbox outbox = beanFactory.getBeanProvider(TriggerOutbox.class).getIfUnique();
		return (outbox == null || name.isEmpty()) ? outbox : outbox.withClient(name);
	}

	/**
	 * Return the names of the clients, as far as they can be created.
	 */
	private static Collection<String> names(BeanFactory beanFactory) {
		try {
			TriggerOperationsRegistry registry = beanFactory.getBeanProvider(TriggerOperationsRegistry.class)
				.getIfUnique();
			return (registry != null) ? registry.getNames() : List.of();
		}
		catch (BeansException ex) {
			return List.of();
		}
	}

	private static TriggerOperations find(BeanFactory beanFactory, String name) {
		if (name.isEmpty() || name.equals(TriggerOperationsRegistry.DEFAULT)) {
			return beanFactory.getBean(TriggerOperations.class);
		}
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(beanFactory, TriggerOperations.class, name);
	}

	/**
	 * Create an object of an interface.
	 * @param <T> the type of the interface
	 * @param type the interface
	 * @return the object, whose methods trigger tasks
	 * @throws InvalidTriggerTaskException if a method can't be used, or there is no
	 * client of the name that {@link TriggerTasks#client()} has
	 */
	public <T> T create(Class<T> type) {
		Map<Method, TaskMethod> methods = new HashMap<>();
		for (TaskSignature signature : TaskSignature.allOf(type)) {
			methods.put(signature.method(), TaskMethod.of(signature, this.resolver));
		}
		String name = MergedAnnotations.from(type).get(TriggerTasks.class).getValue("client", String.class).orElse("");
		String client = resolve(type, name);
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, new TaskInvocationHandler(type,
					client(type, name, client), outbox(client, methods.values()), methods)));
	}

	private String resolve(Class<?> type, String client) {
		try {
			@Nullable String resolved = this.resolver.resolveStringValue(client);
			return (resolved != null) ? resolved : "";
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTriggerTaskException(
					"The client of the interface " + type.getName() + " can't be used: " + ex.getMessage(),
					"Correct 'client' of its @TriggerTasks", ex);
		}
	}

	private @Nullable TriggerOutbox outbox(String client, Collection<TaskMethod> methods) {
		TaskSignature transactional = methods.stream()
			.map(TaskMethod::signature)
			.filter(TaskSignature::isTransactional)
			.findFirst()
			.orElse(null);
		if (transactional == null) {
			return null;
		}
		TriggerOutbox outbox = this.outboxes.apply(client);
		if (outbox == null) {
			throw new InvalidTriggerTaskException(
					"The method " + transactional.description() + " is transactional, but there is no TriggerOutbox",
					"Set 'trigger.outbox.enabled' to true, and give the application a DataSource and spring-boot-jdbc. "
							+ "A test with @TriggerTest gets a DataSource by @AutoConfigureJdbc");
		}
		return outbox;
	}

	private TriggerOperations client(Class<?> type, String name, String resolved) {
		try {
			return this.clients.apply(resolved);
		}
		catch (NoSuchBeanDefinitionException ex) {
			if (name.isEmpty()) {
				throw ex;
			}
			throw new InvalidTriggerTaskException(
					"The interface " + type.getName() + " has no client. "
							+ TriggerOperationsRegistry.describeMissing(resolved, this.names.get()),
					"Correct the name, configure the client with 'trigger.clients." + resolved
							+ ".secret-key', or give a TriggerOperations bean this qualifier",
					ex);
		}
	}

}
