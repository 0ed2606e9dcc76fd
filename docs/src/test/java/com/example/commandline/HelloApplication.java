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

package com.example.commandline;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.task.TaskType;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class HelloApplication implements CommandLineRunner {

	private static final TaskType<String, String> HELLO = TaskType.of("hello-world", String.class, String.class);

	private final TriggerOperations trigger;

	HelloApplication(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	@Override
	public void run(String... args) {
		String output = this.trigger.tasks().trigger(HELLO, "Ada").flatMap(this.trigger.runs()::awaitOutput).block();
		System.out.println(output);
	}

	public static void main(String[] args) {
		SpringApplication.run(HelloApplication.class, args);
	}

}
