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

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Scans the packages that {@link TriggerTasksScan} specifies.
 */
class TriggerTasksScanRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	TriggerTasksScanRegistrar(Environment environment, ResourceLoader resourceLoader) {
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		if (!registry.containsBeanDefinition(TriggerTasksScanner.SCAN_BEAN_NAME)) {
			registry.registerBeanDefinition(TriggerTasksScanner.SCAN_BEAN_NAME, new RootBeanDefinition(Marker.class));
		}
		new TriggerTasksScanner(registry, this.environment, this.resourceLoader)
			.scan(packages(metadata, metadata.getAnnotations().get(TriggerTasksScan.class)));
	}

	private Set<String> packages(AnnotationMetadata metadata, MergedAnnotation<TriggerTasksScan> scan) {
		Set<String> packages = new LinkedHashSet<>();
		for (String basePackage : scan.getStringArray("basePackages")) {
			Collections.addAll(packages,
					StringUtils.tokenizeToStringArray(this.environment.resolvePlaceholders(basePackage), ",; \t\n"));
		}
		for (Class<?> basePackageClass : scan.getClassArray("basePackageClasses")) {
			packages.add(basePackageClass.getPackageName());
		}
		return packages.isEmpty() ? Set.of(ClassUtils.getPackageName(metadata.getClassName())) : packages;
	}

	/**
	 * Marks that the application specifies the packages to scan.
	 */
	static final class Marker {

	}

}
