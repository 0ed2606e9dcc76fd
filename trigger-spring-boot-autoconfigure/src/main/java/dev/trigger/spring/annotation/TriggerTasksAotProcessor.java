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
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.javapoet.ClassName;
import org.springframework.javapoet.CodeBlock;

/**
 * Prepares {@link TriggerTasks @TriggerTasks} beans ahead of time: hints for their
 * proxies and for the payloads and outputs of their methods, and for those that were
 * found by scanning the code that creates them.
 */
class TriggerTasksAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = registeredBean.getBeanClass();
		if (!type.isInterface() || !MergedAnnotations.from(type).isPresent(TriggerTasks.class)) {
			return null;
		}
		boolean scanned = registeredBean.getMergedBeanDefinition().hasAttribute(TriggerTasksScanner.ATTRIBUTE);
		return new Contribution(type, scanned);
	}

	/**
	 * What is contributed for one interface.
	 *
	 * @param type the interface
	 * @param scanned whether the bean was found by scanning
	 */
	private record Contribution(Class<?> type, boolean scanned) implements BeanRegistrationAotContribution {

		@Override
		public BeanRegistrationCodeFragments customizeBeanRegistrationCodeFragments(GenerationContext generationContext,
				BeanRegistrationCodeFragments codeFragments) {
			return this.scanned ? new CreationCode(codeFragments) : codeFragments;
		}

		@Override
		public void applyTo(GenerationContext generationContext, BeanRegistrationCode beanRegistrationCode) {
			RuntimeHints hints = generationContext.getRuntimeHints();
			hints.proxies().registerJdkProxy(this.type);
			hints.reflection().registerType(TriggerTasks.class, MemberCategory.INVOKE_DECLARED_METHODS);
			hints.reflection().registerType(TriggerTask.class, MemberCategory.INVOKE_DECLARED_METHODS);
			for (Method method : this.type.getMethods()) {
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			}
			BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
			for (TaskSignature signature : TaskSignature.allOf(this.type)) {
				binding.registerReflectionHints(hints.reflection(), signature.returns().outputType());
				Type payloadType = signature.parameters().payloadType();
				if (payloadType != null) {
					binding.registerReflectionHints(hints.reflection(), payloadType);
				}
			}
		}

	}

	/**
	 * Writes what the scanner gives as a lambda.
	 */
	private static final class CreationCode extends BeanRegistrationCodeFragmentsDecorator {

		private CreationCode(BeanRegistrationCodeFragments delegate) {
			super(delegate);
		}

		@Override
		public ClassName getTarget(RegisteredBean registeredBean) {
			return ClassName.get(registeredBean.getBeanClass());
		}

		@Override
		public CodeBlock generateInstanceSupplierCode(GenerationContext generationContext,
				BeanRegistrationCode beanRegistrationCode, boolean allowDirectSupplierShortcut) {
			return CodeBlock.of("$T.of((bean) -> bean.getBeanFactory().getBean($T.class).create(bean.getBeanClass()))",
					InstanceSupplier.class, TriggerTasksFactory.class);
		}

	}

}
