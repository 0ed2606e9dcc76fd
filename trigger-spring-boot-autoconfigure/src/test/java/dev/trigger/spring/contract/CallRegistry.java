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

package dev.trigger.spring.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.trigger.spring.TriggerOperations;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Knows how to make the operations of the contract with the public API.
 */
final class CallRegistry {

	private static final CallRegistry INSTANCE = find();

	private final Map<String, Registration<?>> registrations = new LinkedHashMap<>();

	static CallRegistry get() {
		return INSTANCE;
	}

	private static CallRegistry find() {
		CallRegistry registry = new CallRegistry();
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(Calls.class));
		for (BeanDefinition definition : scanner.findCandidateComponents(CallRegistry.class.getPackageName())) {
			create(String.valueOf(definition.getBeanClassName())).register(registry);
		}
		return registry;
	}

	private static Calls create(String className) {
		try {
			return (Calls) ClassUtils.resolveClassName(className, null).getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(className + " needs a constructor without parameters", ex);
		}
	}

	/**
	 * Register an operation.
	 * @param <T> the type of the result
	 * @param operation the dotted name
	 * @param sampleArguments arguments as a JSON array, for calls where only the response
	 * matters; environments are {@code prod}
	 * @param call makes the call
	 * @return the registration, to say more
	 */
	<T> Registration<T> add(String operation, String sampleArguments, Call<T> call) {
		Registration<T> registration = new Registration<>(operation, Arguments.of(sampleArguments), call);
		if (this.registrations.put(operation, registration) != null) {
			throw new IllegalStateException(operation + " is registered twice");
		}
		return registration;
	}

	/**
	 * Find an operation.
	 * @param operation the dotted name
	 * @return its registration, {@code null} if there is none
	 */
	@Nullable Registration<?> find(String operation) {
		return this.registrations.get(operation);
	}

	/**
	 * Find the operation whose call is made to an endpoint.
	 * @param endpoint the dotted name of the endpoint
	 * @return the operation of that name, or else the first one that uses the endpoint
	 */
	@Nullable Registration<?> findForEndpoint(String endpoint) {
		Registration<?> exact = find(endpoint);
		if (exact != null) {
			return exact;
		}
		for (JsonNode row : Contract.endpoints()) {
			if (row.path("operation").asString("").equals(endpoint)) {
				for (JsonNode user : row.path("usedBy")) {
					Registration<?> registration = find(user.stringValue());
					if (registration != null && !registration.severalRequests) {
						return registration;
					}
				}
			}
		}
		return null;
	}

	/**
	 * Makes a call with the public API.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	interface Call<T> {

		/**
		 * Make the call.
		 * @param client the client
		 * @param arguments the arguments, as the TypeScript function takes them
		 * @return the result
		 * @throws Unrepresentable if Java can't say what the arguments say
		 */
		Publisher<? extends T> invoke(TriggerOperations client, Arguments arguments);

	}

	/**
	 * How to make an operation.
	 *
	 * @param <T> the type of the result
	 */
	static final class Registration<T> {

		final String operation;

		final Arguments sample;

		final Call<T> call;

		@Nullable Call<?> items;

		boolean nothing;

		boolean several;

		boolean severalRequests;

		boolean emptyIfNotFound;

		UnaryOperator<JsonNode> recorded = UnaryOperator.identity();

		Function<Object, @Nullable Object> json = (result) -> result;

		private Registration(String operation, Arguments sample, Call<T> call) {
			this.operation = operation;
			this.sample = sample;
			this.call = call;
		}

		/**
		 * Say that the result has another form in Java than in TypeScript.
		 * @param json makes what is written as JSON, and compared, out of the result
		 * @return this registration
		 */
		@SuppressWarnings("unchecked")
		Registration<T> json(Function<? super T, @Nullable Object> json) {
			this.json = (result) -> json.apply((T) result);
			return this;
		}

		/**
		 * Say that in Java there is no result, so that none is compared.
		 * @return this registration
		 */
		Registration<T> returningNothing() {
			this.nothing = true;
			return this;
		}

		/**
		 * Say that the result is a list of everything that the publisher emits.
		 * @return this registration
		 */
		Registration<T> returningMany() {
			this.several = true;
			return this;
		}

		/**
		 * Say that the call makes several requests, so that the recording of a single
		 * response is not enough for it.
		 * @return this registration
		 */
		Registration<T> makingSeveralRequests() {
			this.severalRequests = true;
			return this;
		}

		/**
		 * Say that the call completes empty, and doesn't fail, when the response is 404.
		 * @return this registration
		 */
		Registration<T> emptyIfNotFound() {
			this.emptyIfNotFound = true;
			return this;
		}

		/**
		 * Say how the items of all pages are walked over.
		 * @param items makes the call
		 * @return this registration
		 */
		Registration<T> items(Call<?> items) {
			this.items = items;
			return this;
		}

		/**
		 * Say what part of a recorded response of the server the result is.
		 * @param recorded takes the body of the response, and returns what the result is
		 * compared with
		 * @return this registration
		 */
		Registration<T> recordedAs(UnaryOperator<JsonNode> recorded) {
			this.recorded = recorded;
			return this;
		}

		Flux<Object> invoke(TriggerOperations client, Arguments arguments) {
			return Flux.from(this.call.invoke(client, arguments));
		}

		/**
		 * Compare what was emitted with the result that was expected.
		 * @param expected the result as JSON
		 * @param emitted what was emitted
		 * @param signingKey the key with which tokens are signed
		 * @return the differences
		 */
		List<String> compare(JsonNode expected, List<Object> emitted, @Nullable String signingKey) {
			if (this.nothing) {
				return emitted.isEmpty() ? List.of() : List.of("result: expected nothing, but is " + emitted);
			}
			if (emitted.isEmpty() && !this.several) {
				boolean fits = expected.isNull() || expected.isMissingNode();
				return fits ? List.of() : List.of("result: expected " + expected + ", but the call completed empty");
			}
			Object result = this.several ? emitted : emitted.get(0);
			return JsonComparison.ofResult(expected, ResultJson.write(this.json.apply(result)), signingKey);
		}

		Flux<Object> invokeItems(TriggerOperations client, Arguments arguments) {
			if (this.items == null) {
				throw new AssertionError(this.operation + " is registered without items(…)");
			}
			return Flux.from(this.items.invoke(client, arguments));
		}

	}

}
