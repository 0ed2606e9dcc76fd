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
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Annotation for a test that puts a {@link TriggerEmulator} behind the client: the
 * emulator becomes a bean, and its {@link TriggerConnectionDetails} take the place of the
 * {@code trigger.*} properties. After each test method the emulator forgets what
 * happened; tasks stay.
 *
 * @since 1.0.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("trigger.test.emulator")
public @interface AutoConfigureTriggerEmulator {

	/**
	 * The environment whose secret key the client gets.
	 * @return {@code dev}, {@code staging}, {@code preview} or {@code prod}
	 */
	String environment() default "dev";

	/**
	 * The branch of the preview environment, which is made when it is named.
	 * @return the branch, empty for none
	 */
	String previewBranch() default "";

}
