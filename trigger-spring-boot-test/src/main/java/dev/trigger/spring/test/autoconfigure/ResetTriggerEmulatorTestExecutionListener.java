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

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerTemplate;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Lets the emulator and the clients forget after each test method, so that tests that
 * share a context do not see each other's runs and limits.
 */
class ResetTriggerEmulatorTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public void afterTestMethod(TestContext testContext) {
		reset(testContext);
	}

	/**
	 * What a class does after all of its tests is none of the next class's business.
	 */
	@Override
	public void afterTestClass(TestContext testContext) {
		reset(testContext);
	}

	private static void reset(TestContext testContext) {
		if (testContext.hasApplicationContext() && TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(),
				AutoConfigureTriggerEmulator.class)) {
			ApplicationContext context = testContext.getApplicationContext();
			context.getBeanProvider(TriggerEmulator.class).ifAvailable(TriggerEmulator::reset);
			// a limit that one test reached would hold up the next
			context.getBeansOfType(TriggerTemplate.class, false, false).values().forEach(TriggerTemplate::forgetLimits);
		}
	}

}
