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

package dev.trigger.spring.autoconfigure.property;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * {@link Conditional @Conditional} that matches if a {@code trigger.*} property is bound
 * as true. The conditions of Spring Boot compare its text, for which {@code no} may be on
 * and {@code yes} off.
 *
 * @since 1.0.0
 * @hidden shared by the auto-configurations of the client, not an API for applications
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnTriggerFlagCondition.class)
public @interface ConditionalOnTriggerFlag {

	/**
	 * The property.
	 * @return its full name
	 */
	String value();

	/**
	 * Whether the condition matches if the property is not set, or empty.
	 * @return whether it is on by default
	 */
	boolean matchIfMissing() default false;

}
