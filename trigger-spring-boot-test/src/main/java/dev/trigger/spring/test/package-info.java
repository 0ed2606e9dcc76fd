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

/**
 * Test support: assertions about an emulator, fixtures for runs and handles, and signed
 * alerts.
 *
 * <!-- snippet: com/example/onboarding/OnboardingTests.java#test --> <pre class="code">
 * &#64;SpringBootTest
 * &#64;AutoConfigureTriggerEmulator
 * class OnboardingTests {
 *
 *     &#64;Autowired
 *     private Onboarding onboarding;
 *
 *     &#64;Autowired
 *     private TriggerEmulator emulator;
 *
 *     &#64;Test
 *     void signUpSendsWelcome() {
 *         this.emulator.task("send-welcome", Welcome.class, (welcome) -&gt; new Receipt("sent to " + welcome.email()));
 *         this.onboarding.welcome(new Welcome("1", "ada&#64;example.com")).subscribe();
 *         assertThat(this.emulator).hasTriggered("send-welcome").withTag("user:1").once();
 *     }
 *
 * }
 * </pre>
 */
@NullMarked
package dev.trigger.spring.test;

import org.jspecify.annotations.NullMarked;
