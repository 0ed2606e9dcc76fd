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

import java.util.Arrays;
import java.util.Collection;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Finds {@link TriggerTasks @TriggerTasks} interfaces and registers a bean for each,
 * which a {@link TriggerTasksFactory} bean creates.
 *
 * @since 1.0.0
 */
public final class TriggerTasksScanner {

	/**
	 * The name of the bean that exists when {@link TriggerTasksScan} specifies where to
	 * look. Conditions find a name without a look at the annotations of all beans.
	 */
	public static final String SCAN_BEAN_NAME = "dev.trigger.spring.annotation.triggerTasksScan";

	/**
	 * Marks the definitions that are registered here.
	 */
	static final String ATTRIBUTE = TriggerTasksScanner.class.getName();

	private final BeanDefinitionRegistry registry;

	private final ResourceLoader resourceLoader;

	private final ClassPathScanningCandidateComponentProvider candidates;

	/**
	 * Create a scanner.
	 * @param registry where to register the beans
	 * @param environment the environment, whose profiles may exclude interfaces
	 * @param resourceLoader loads the classes
	 */
	public TriggerTasksScanner(BeanDefinitionRegistry registry, Environment environment,
			ResourceLoader resourceLoader) {
		this.registry = registry;
		this.resourceLoader = resourceLoader;
		this.candidates = new Candidates(environment);
		this.candidates.setResourceLoader(resourceLoader);
	}

	/**
	 * Register a bean for each interface in some packages, and those below, of which
	 * there is no bean yet.
	 * @param basePackages the packages
	 */
	public void scan(Collection<String> basePackages) {
		for (String basePackage : basePackages) {
			for (BeanDefinition candidate : this.candidates.findCandidateComponents(basePackage)) {
				String type = candidate.getBeanClassName();
				Assert.state(type != null, "A class that was found has a name");
				Class<?> resolved = ClassUtils.resolveClassName(type, this.resourceLoader.getClassLoader());
				if (!isPresent(resolved)) {
					register(resolved);
				}
			}
		}
	}

	private boolean isPresent(Class<?> type) {
		if (this.registry.containsBeanDefinition(type.getName())) {
			return true;
		}
		return this.registry instanceof ListableBeanFactory beanFactory
				&& Arrays.stream(beanFactory.getBeanNamesForType(type, true, false))
					.anyMatch((name) -> !isScanned(name));
	}

	/**
	 * Return whether a bean was found here: another interface that extends this one may
	 * have another client.
	 */
	private boolean isScanned(String name) {
		return this.registry.containsBeanDefinition(name)
				&& this.registry.getBeanDefinition(name).hasAttribute(ATTRIBUTE);
	}

	private void register(Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setAttribute(ATTRIBUTE, true);
		// where an interface that it extends is injected, the bean of that one is meant
		definition.setFallback(extendsTasks(type));
		definition.setInstanceSupplier(InstanceSupplier
			.of((bean) -> bean.getBeanFactory().getBean(TriggerTasksFactory.class).create(bean.getBeanClass())));
		// the short name might be that of another interface in another package
		this.registry.registerBeanDefinition(type.getName(), definition);
	}

	private static boolean extendsTasks(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).stream(TriggerTasks.class).count() > 1;
	}

	/**
	 * Finds interfaces, which are no components to Spring.
	 */
	private static final class Candidates extends ClassPathScanningCandidateComponentProvider {

		private Candidates(Environment environment) {
			super(false, environment);
			addIncludeFilter(new AnnotationTypeFilter(TriggerTasks.class));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return definition.getMetadata().isIndependent() && !definition.getMetadata().isAnnotation();
		}

	}

}
