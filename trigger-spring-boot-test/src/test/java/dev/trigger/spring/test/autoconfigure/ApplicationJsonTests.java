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

import java.time.Duration;
import java.util.Map;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerJsonMapperCustomizer;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.TriggeredAssert;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.util.StdConverter;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that tasks of the emulator have the types of an application as its client sends
 * and reads them.
 */
@SpringBootTest(classes = ApplicationJsonTests.Application.class,
		properties = { "spring.jackson.property-naming-strategy=SNAKE_CASE",
				"spring.jackson.deserialization.fail-on-unknown-properties=true" })
@AutoConfigureTriggerEmulator
class ApplicationJsonTests {

	private static final TaskType<Welcome, Receipt> WELCOME = TaskType.of("welcome", Welcome.class, Receipt.class);

	@Autowired
	private TriggerOperations trigger;

	@Autowired
	private TriggerEmulator emulator;

	@Test
	void payloadsAndOutputsHaveTheNamesThatTheApplicationGivesThem() {
		this.emulator.task("welcome", Welcome.class, (welcome, context) -> {
			context.metadata().set("last", welcome);
			Receipt receipt = context.triggerAndWait("receipt", welcome, Receipt.class);
			return new Receipt(receipt.messageId() + " in " + context.metadata().get("last", Welcome.class).userId(),
					receipt.price());
		});
		this.emulator.task("receipt", User.class, (user) -> new Receipt("sent to " + user.userId(), new Money(5)));
		Receipt receipt = this.trigger.tasks()
			.trigger(WELCOME, new Welcome("u1", "ada@example.com"))
			.flatMap(this.trigger.runs()::awaitOutput)
			.block(Duration.ofSeconds(20));
		assertThat(receipt).isEqualTo(new Receipt("sent to u1 in u1", new Money(5)));
	}

	@Test
	void assertionsCompareWhatTheApplicationSends() {
		this.emulator.task("welcome", Welcome.class, (welcome) -> new Receipt("m", new Money(1)));
		Welcome welcome = new Welcome("u1", "ada@example.com");
		this.trigger.tasks()
			.trigger(WELCOME, welcome)
			.flatMap(this.trigger.runs()::awaitCompletion)
			.block(Duration.ofSeconds(20));
		assertThat(this.emulator).hasTriggered("welcome").withPayload(welcome).once();
		assertThat(this.emulator.runs().get(0)).hasPayload(welcome).hasOutput(new Receipt("m", new Money(1)));
		assertThat(this.emulator.runs().get(0).payload(Welcome.class)).isEqualTo(welcome);
	}

	@Test
	void assertionsCompareRunsThatAreYetToCome() {
		Welcome welcome = new Welcome("u2", "ada@example.com");
		TriggeredAssert yetToCome = assertThat(this.emulator).runsOf("welcome")
			.withPayload(welcome)
			.withMetadata("last", welcome);
		this.trigger.tasks()
			.trigger(WELCOME, welcome, (options) -> options.metadata(Map.of("last", welcome)))
			.block(Duration.ofSeconds(20));
		yetToCome.once();
	}

	record Welcome(String userId, String email) {

	}

	/**
	 * What a test is interested in of a {@link Welcome}.
	 */
	record User(String userId) {

	}

	record Receipt(String messageId, Money price) {

	}

	record Money(int amount) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TriggerJsonMapperCustomizer money() {
			return (json) -> json.addMixIn(Money.class, MoneyAsText.class);
		}

	}

	@JsonSerialize(converter = MoneyToText.class)
	@JsonDeserialize(converter = TextToMoney.class)
	interface MoneyAsText {

	}

	static final class MoneyToText extends StdConverter<Money, String> {

		@Override
		public String convert(Money value) {
			return "$" + value.amount();
		}

	}

	static final class TextToMoney extends StdConverter<String, Money> {

		@Override
		public Money convert(String value) {
			return new Money(Integer.parseInt(value.substring(1)));
		}

	}

}
