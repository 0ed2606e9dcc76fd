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

import org.springframework.core.annotation.AliasFor;

/**
 * Annotation for an interface whose methods trigger tasks.
 * <p>
 * Each abstract method has {@link TriggerTask @TriggerTask}. In a Spring Boot application
 * the interface becomes a bean if it is in one of the application's own packages, or in
 * one of those that {@link TriggerTasksScan @TriggerTasksScan} names.
 *
 * @since 1.0.0
 * @see TriggerTasksFactory
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface TriggerTasks {

	/**
	 * Alias for {@link #client()}.
	 * @return the name of the client
	 */
	@AliasFor("client")
	String value() default "";

	/**
	 * The client that makes the calls.
	 * @return a name in {@code trigger.clients.*}, or the qualifier of a
	 * {@code TriggerOperations} bean; empty for the client that is injected without a
	 * qualifier. May have placeholders such as {@code ${app.client}}
	 */
	@AliasFor("value")
	String client() default "";

}
