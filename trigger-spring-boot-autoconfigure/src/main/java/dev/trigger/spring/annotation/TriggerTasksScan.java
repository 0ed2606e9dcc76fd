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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Annotation for a configuration that registers beans for the {@link TriggerTasks
 * &#64;TriggerTasks} interfaces in some packages, and those below. Without it Spring Boot
 * looks in the application's own packages.
 *
 * @since 1.0.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(TriggerTasksScanRegistrar.class)
public @interface TriggerTasksScan {

	/**
	 * Alias for {@link #basePackages()}.
	 * @return the packages
	 */
	@AliasFor("basePackages")
	String[] value() default {};

	/**
	 * The packages to look in.
	 * @return the packages; that of the annotated class if there are none here and in
	 * {@link #basePackageClasses()}
	 */
	@AliasFor("value")
	String[] basePackages() default {};

	/**
	 * Classes that stand for the packages they are in.
	 * @return the classes
	 */
	Class<?>[] basePackageClasses() default {};

}
