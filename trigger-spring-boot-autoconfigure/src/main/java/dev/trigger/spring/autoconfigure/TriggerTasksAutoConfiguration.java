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

package dev.trigger.spring.autoconfigure;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTasksScanner;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the
 * {@link dev.trigger.spring.annotation.TriggerTasks @TriggerTasks} interfaces in the
 * packages of the application, unless it says where to look. Without a client there are
 * no tasks.
 *
 * @since 1.0.0
 */
@AutoConfiguration(after = TriggerAutoConfiguration.class)
@ConditionalOnBean(TriggerOperations.class)
@ConditionalOnMissingBean(name = TriggerTasksScanner.SCAN_BEAN_NAME)
@Import(TriggerTasksRegistrar.class)
public final class TriggerTasksAutoConfiguration {

}
