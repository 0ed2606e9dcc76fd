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

package dev.trigger.spring.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Annotation for a test of how an application uses Trigger.dev: it has the client, an
 * emulator behind it, and the application's
 * {@link dev.trigger.spring.annotation.TriggerTasks @TriggerTasks} interfaces. Other
 * components of the application are left out, unless {@link #components()} names them.
 *
 * @since 1.0.0
 * @see AutoConfigureTriggerEmulator
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(TriggerTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(TriggerTypeExcludeFilter.class)
@AutoConfigureTriggerEmulator
@ImportAutoConfiguration
public @interface TriggerTest {

	/**
	 * Properties to add to the {@link Environment} before the test runs.
	 * @return properties in the form {@code key=value}
	 */
	String[] properties() default {};

	/**
	 * Alias for {@link #components()}.
	 * @return the components
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * The components of the application to test.
	 * @return the components
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * The environment whose secret key the client gets.
	 * @return {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 */
	@AliasFor(annotation = AutoConfigureTriggerEmulator.class)
	String environment() default "dev";

	/**
	 * The branch of the preview environment, which the emulator creates.
	 * @return the branch, empty for none
	 */
	@AliasFor(annotation = AutoConfigureTriggerEmulator.class)
	String previewBranch() default "";

	/**
	 * Whether the default filters are used, which leave out what has nothing to do with
	 * the client.
	 * @return {@code false} to have components only by the filters of this annotation
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Filters for components that are added.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Filters for components that are left out.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations that are left out.
	 * @return the auto-configurations
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
