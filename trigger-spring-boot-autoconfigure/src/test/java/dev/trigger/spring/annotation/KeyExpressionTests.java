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

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.run.RunHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a key which could never be evaluated is refused when its interface is read,
 * and not when the first run is triggered.
 */
class KeyExpressionTests {

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.build();

	@ParameterizedTest
	@ValueSource(classes = { UnknownProperty.class, UnknownPart.class, UnknownOfArgument.class, UnknownOfItem.class,
			UnknownOfElement.class, UnknownOfBean.class })
	void unknownPropertyIsRefused(Class<?> type) {
		assertThatExceptionOfType(InvalidTriggerTaskException.class)
			.isThrownBy(() -> TriggerTasksFactory.of(this.trigger).create(type))
			.withMessageContaining("refers to the property 'userId' of ");
	}

	@Test
	void unknownPropertyOfARecordListsThoseThatItHas() {
		assertThatExceptionOfType(InvalidTriggerTaskException.class)
			.isThrownBy(() -> TriggerTasksFactory.of(this.trigger).create(UnknownProperty.class))
			.withMessageContaining("['email', 'user', 'items']");
	}

	@Test
	void unknownMethodIsRefused() {
		assertThatExceptionOfType(InvalidTriggerTaskException.class)
			.isThrownBy(() -> TriggerTasksFactory.of(this.trigger).create(UnknownMethod.class))
			.withMessageContaining("the method getUserId()");
	}

	@Test
	void unknownPropertyOfAnOptionalIsRefused() {
		assertThatExceptionOfType(InvalidTriggerTaskException.class)
			.isThrownBy(() -> TriggerTasksFactory.of(this.trigger).create(UnknownOfOptional.class))
			.withMessageContaining("the property 'valu' of " + Nick.class.getName() + ", which has ['value']");
		assertThatExceptionOfType(InvalidTriggerTaskException.class)
			.isThrownBy(() -> TriggerTasksFactory.of(this.trigger).create(OptionalThatIsNotUnwrapped.class))
			.withMessageContaining("the property 'value' of java.util.Optional");
	}

	@ParameterizedTest
	@ValueSource(classes = { Known.class, OfOptional.class, OfInterface.class, OfMap.class, OfObject.class })
	void expressionWhoseTypesFitOrAreNotKnownIsTaken(Class<?> type) {
		assertThat(TriggerTasksFactory.of(this.trigger).create(type)).isNotNull();
	}

	record Welcome(String email, User user, List<User> items) {

	}

	record User(long id, Bean bean) {

	}

	static class Bean {

		private final Map<String, User> users = Map.of();

		public final String field = "a";

		public Map<String, User> getUsers() {
			return this.users;
		}

		public boolean isActive() {
			return true;
		}

	}

	record Named(Optional<Nick> nick, Optional<List<Nick>> nicks) {

	}

	record Nick(String value) {

	}

	interface Payload {

	}

	interface UnknownProperty {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload.userId")
		Mono<RunHandle<Object>> run(Welcome welcome);

	}

	interface UnknownPart {

		@TriggerTask(id = "welcome", idempotencyKey = "{'welcome', #payload.user.userId}")
		Mono<RunHandle<Object>> run(Welcome welcome);

	}

	interface UnknownOfArgument {

		@TriggerTask(id = "welcome", idempotencyKey = "'a' + #p0?.userId")
		Mono<RunHandle<Object>> run(Welcome welcome);

	}

	interface UnknownOfItem {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload.userId")
		Flux<RunHandle<Object>> run(Flux<Welcome> welcomes);

	}

	interface UnknownOfElement {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload.items[0].userId")
		Mono<RunHandle<Object>> run(Welcome welcome);

	}

	interface UnknownOfBean {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload.user.bean.users['a'].userId")
		Mono<RunHandle<Object>> run(Welcome welcome);

	}

	interface UnknownMethod {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload.getUserId()")
		Mono<RunHandle<Object>> run(Welcome welcome);

	}

	interface Known {

		@TriggerTask(id = "welcome",
				idempotencyKey = "{#payload.email, #payload.user.id, #payload.items[0].bean.active, "
						+ "#payload.user.bean.users['a'].id, #payload.user.bean.field, #payload.email.length(), "
						+ "#payload.items.size(), #payload.items.![id], #payload.email.bytes.length}")
		Mono<RunHandle<Object>> run(Welcome welcome);

		@TriggerTask(id = "welcome", idempotencyKey = "{#payload.email, T(java.time.LocalDate).now().year}")
		Flux<RunHandle<Object>> runAll(List<Welcome> welcomes);

	}

	interface OfOptional {

		@TriggerTask(id = "named",
				idempotencyKey = "{#payload.nick?.value, #payload.nick?.value(), "
						+ "#payload.nick?.orElse(null), #payload.nick.isPresent(), #payload.nicks?.[0].value, "
						+ "#payload.nicks?.![value]}")
		Mono<RunHandle<Object>> run(Named payload);

	}

	interface UnknownOfOptional {

		@TriggerTask(id = "named", idempotencyKey = "#payload.nick?.valu")
		Mono<RunHandle<Object>> run(Named payload);

	}

	interface OptionalThatIsNotUnwrapped {

		@TriggerTask(id = "named", idempotencyKey = "#payload.nick.value")
		Mono<RunHandle<Object>> run(Named payload);

	}

	interface OfInterface {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload.userId")
		Mono<RunHandle<Object>> run(Payload payload);

	}

	interface OfMap {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload['userId']")
		Mono<RunHandle<Object>> run(Map<String, Object> payload);

	}

	interface OfObject {

		@TriggerTask(id = "welcome", idempotencyKey = "#payload.userId")
		Mono<RunHandle<Object>> run(Object payload);

	}

}
