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

import dev.trigger.emulator.TriggerEmulator;
import org.junit.jupiter.api.parallel.ResourceLock;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Annotation for a test that runs the client against a {@link TriggerEmulator}, which
 * becomes a bean.
 * <p>
 * The emulator outranks the configuration of the application: URLs, credentials and
 * preview branches in {@code trigger.*} properties and in environment variables are
 * ignored, those of named clients too, even if they refer to a variable that is not set.
 * Runs are polled quickly unless {@code trigger.polling.*} is set, and
 * {@code trigger.contract.check} is off.
 * <p>
 * After each test method and each class the emulator forgets what happened, and the
 * clients forget rate limits; tasks stay. Test classes with this annotation therefore run
 * one after another where JUnit runs classes in parallel.
 *
 * @since 1.0.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@ResourceLock(AutoConfigureTriggerEmulator.RESOURCE)
public @interface AutoConfigureTriggerEmulator {

	/**
	 * The resource that the tests of an emulator lock, for JUnit's
	 * {@link ResourceLock @ResourceLock}.
	 */
	String RESOURCE = "dev.trigger.spring.test.emulator";

	/**
	 * The environment whose secret key the client gets.
	 * @return {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 */
	String environment() default "dev";

	/**
	 * The branch of the preview environment, which the emulator creates.
	 * @return the branch, empty for none
	 */
	String previewBranch() default "";

}
