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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds {@link TriggerRunListener @TriggerRunListener} methods of beans, when all are
 * defined.
 */
final class RunListenerMethods implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(RunListenerMethods.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final ObjectProvider<RunListenerContainer> container;

	RunListenerMethods(ConfigurableListableBeanFactory beanFactory, ObjectProvider<RunListenerContainer> container) {
		this.beanFactory = beanFactory;
		this.container = container;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			if (!ScopedProxyUtils.isScopedTarget(beanName)) {
				examine(beanName);
				if (this.beanFactory.isFactoryBean(beanName) && !BeanFactoryUtils.isFactoryDereference(beanName)) {
					examine(BeanFactory.FACTORY_BEAN_PREFIX + beanName);
				}
			}
		}
	}

	private void examine(String beanName) {
		Class<?> type = type(beanName);
		if (type != null && AnnotationUtils.isCandidateClass(type, TriggerRunListener.class)) {
			add(beanName, type);
		}
	}

	/**
	 * Return the class of a bean, {@code null} if it is not known, such as for one that
	 * is created by something which needs more than there is.
	 */
	private @Nullable Class<?> type(String beanName) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type == null || !ScopedObject.class.isAssignableFrom(type)) {
				return type;
			}
			Class<?> target = AutoProxyUtils.determineTargetClass(this.beanFactory,
					ScopedProxyUtils.getTargetBeanName(beanName));
			return (target != null) ? target : type;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The class of the bean '" + beanName + "' is not known", ex);
			return null;
		}
	}

	static Map<Method, TriggerRunListener> find(Class<?> type) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<TriggerRunListener>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, TriggerRunListener.class));
	}

	private void add(String beanName, Class<?> type) {
		if (type.getName().startsWith("org.springframework.")) {
			return;
		}
		find(type).forEach((method, annotation) -> {
			RunListenerMethod listener = RunListenerMethod.of(beanName, type, method, annotation);
			UnaryOperator<@Nullable String> resolver = (value) -> (value != null)
					? this.beanFactory.resolveEmbeddedValue(value) : null;
			this.container.getObject()
				.add(listener.toListener(resolver, () -> this.beanFactory.getBean(beanName),
						invocable(beanName, type, method)));
		});
	}

	private Method invocable(String beanName, Class<?> type, Method method) {
		Class<?> exposed = this.beanFactory.getType(beanName);
		Method invocable;
		try {
			invocable = AopUtils.selectInvocableMethod(method, (exposed != null) ? exposed : type);
		}
		catch (IllegalStateException ex) {
			throw new InvalidRunListenerException(
					"The run listener " + type.getName() + "." + method.getName() + " can't be called on the bean '"
							+ beanName + "', which is a proxy without it",
					"Declare the method in an interface of the bean, make it non-private, or proxy the class "
							+ "with 'spring.aop.proxy-target-class=true'",
					ex);
		}
		if (exposed != null && SpringProxy.class.isAssignableFrom(exposed) && isFinalOfObject(invocable)) {
			throw new InvalidRunListenerException(
					"The run listener " + type.getName() + "." + method.getName() + " is final, and the bean '"
							+ beanName + "' is a proxy, which would call it on an object without its fields",
					"Remove 'final'");
		}
		return invocable;
	}

	private static boolean isFinalOfObject(Method method) {
		return Modifier.isFinal(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
	}

}
