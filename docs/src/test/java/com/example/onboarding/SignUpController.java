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

package com.example.onboarding;

import com.example.onboarding.Onboarding.Receipt;
import com.example.onboarding.Onboarding.Welcome;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SignUpController {

	private final Onboarding onboarding;

	SignUpController(Onboarding onboarding) {
		this.onboarding = onboarding;
	}

	@PostMapping("/sign-ups")
	Mono<Receipt> signUp(@RequestBody Welcome welcome) {
		return this.onboarding.welcomeAndWait(welcome);
	}

}
