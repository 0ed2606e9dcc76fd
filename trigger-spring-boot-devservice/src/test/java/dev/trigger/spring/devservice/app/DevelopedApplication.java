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

package dev.trigger.spring.devservice.app;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application in development.
 */
@SpringBootApplication
public class DevelopedApplication {

	/**
	 * The context of the last start.
	 */
	public static final AtomicReference<@Nullable ConfigurableApplicationContext> CONTEXT = new AtomicReference<>();

	/**
	 * Start the application.
	 * @param args the properties
	 */
	public static void main(String[] args) {
		CONTEXT.set(SpringApplication.run(DevelopedApplication.class, args));
	}

}
