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
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Prepares beans with {@link TriggerRunListener @TriggerRunListener} methods ahead of
 * time: hints for the methods and for their outputs. Methods that can't be called are
 * refused.
 */
class RunListenerAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = ClassUtils.getUserClass(registeredBean.getBeanClass());
		if (!AnnotationUtils.isCandidateClass(type, TriggerRunListener.class)
				|| type.getName().startsWith("org.springframework.")) {
			return null;
		}
		Map<Method, TriggerRunListener> methods = RunListenerMethods.find(type);
		if (methods.isEmpty()) {
			return null;
		}
		return (generationContext, code) -> {
			RuntimeHints hints = generationContext.getRuntimeHints();
			BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
			methods.forEach((method, annotation) -> {
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
				binding.registerReflectionHints(hints.reflection(),
						RunListenerMethod.of(registeredBean.getBeanName(), type, method, annotation).outputType());
			});
		};
	}

}
