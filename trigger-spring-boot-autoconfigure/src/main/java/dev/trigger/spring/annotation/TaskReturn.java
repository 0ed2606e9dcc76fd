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

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.outbox.OutboxHandle;
import dev.trigger.spring.run.RunHandle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * What a method returns, and so what it does.
 *
 * @param outcome what it is about
 * @param form how it is handed over
 * @param suspending whether the caller is suspended, where it would be blocked otherwise
 * @param outputType the type of the output of a run
 */
record TaskReturn(Outcome outcome, Form form, boolean suspending, Type outputType) {

	private TaskReturn(Outcome outcome, Form form, Type outputType) {
		this(outcome, form, false, outputType);
	}

	/**
	 * Read a return type.
	 * @param method the method, for the message of an exception
	 * @param returnType the type, without type variables
	 * @return what it says
	 * @throws InvalidTriggerTaskException if it says nothing
	 */
	static TaskReturn of(String method, Type returnType) {
		ResolvableType type = ResolvableType.forType(returnType);
		Class<?> raw = type.resolve(Object.class);
		ResolvableType element = type.getGeneric();
		if (raw == Mono.class) {
			return single(method, element, Form.REACTIVE);
		}
		if (raw == Optional.class) {
			return single(method, element, Form.OPTIONAL);
		}
		if (raw == Flux.class) {
			return many(method, element, Form.REACTIVE);
		}
		if ((raw == List.class || raw == Collection.class) && isHandle(element)) {
			return many(method, element, Form.LIST);
		}
		if (raw == OutboxHandle.class) {
			return new TaskReturn(Outcome.WRITTEN, Form.PLAIN, outputType(method, type));
		}
		return single(method, type, Form.PLAIN);
	}

	/**
	 * Read what a suspending function returns.
	 * @param method the method, for the message of an exception
	 * @param returnType the type, without type variables
	 * @return what it says
	 * @throws InvalidTriggerTaskException if it says nothing
	 */
	static TaskReturn ofSuspending(String method, Type returnType) {
		TaskReturn plain = of(method, returnType);
		if (plain.form() == Form.REACTIVE) {
			throw new InvalidTriggerTaskException(
					"The method " + method + " is a suspending function, but returns a publisher",
					"Let it return what the publisher emits, or remove 'suspend'");
		}
		return new TaskReturn(plain.outcome(), plain.form(), true, plain.outputType());
	}

	private static TaskReturn single(String method, ResolvableType type, Form form) {
		Class<?> raw = type.resolve();
		if (raw == null) {
			throw new InvalidTriggerTaskException("The method " + method + " does not specify the type of the output",
					"Give the type that it returns a type argument, such as Mono<Receipt> or Mono<RunHandle<Receipt>>");
		}
		if (raw == void.class || raw == Void.class) {
			return new TaskReturn(Outcome.NOTHING, form, Void.class);
		}
		if (raw == RunHandle.class) {
			return new TaskReturn(Outcome.HANDLE, form, outputType(method, type));
		}
		if (raw == BatchHandle.class) {
			return new TaskReturn(Outcome.BATCH, form, outputType(method, type));
		}
		return new TaskReturn(Outcome.OUTPUT, form, checkOutput(method, type));
	}

	private static TaskReturn many(String method, ResolvableType element, Form form) {
		if (!isHandle(element)) {
			throw new InvalidTriggerTaskException(
					"The method " + method + " returns a Flux, which is for batches, but not one of handles",
					"Return Flux<RunHandle<O>> or Flux<BatchHandle<O>>, and await outputs with "
							+ "TriggerOperations.runs().awaitOutput(handle), or return Mono<List<O>> for a single run "
							+ "whose output is a list");
		}
		Outcome outcome = (element.resolve() == RunHandle.class) ? Outcome.RUNS : Outcome.BATCHES;
		return new TaskReturn(outcome, form, outputType(method, element));
	}

	private static boolean isHandle(ResolvableType type) {
		return type.resolve() == RunHandle.class || type.resolve() == BatchHandle.class;
	}

	/**
	 * Return whether a method can leave it to the outbox to trigger.
	 */
	boolean canBeTransactional() {
		return this.form == Form.PLAIN && (this.outcome == Outcome.NOTHING || this.outcome == Outcome.WRITTEN);
	}

	/**
	 * Return the type argument of a handle. One that says nothing means any output.
	 */
	private static Type outputType(String method, ResolvableType handle) {
		ResolvableType output = handle.getGeneric();
		return (output.resolve() != null) ? checkOutput(method, output) : Object.class;
	}

	private static Type checkOutput(String method, ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (isHandle(type) || raw == OutboxHandle.class || isAsynchronous(raw)) {
			throw new InvalidTriggerTaskException(
					"The method " + method + " returns " + type + " where an output or a handle is expected",
					"Return Mono<RunHandle<O>> to trigger, Mono<O> to wait for the output, Flux<RunHandle<O>> to "
							+ "trigger a batch, or the plain type to block");
		}
		for (ResolvableType generic : type.getGenerics()) {
			checkOutput(method, generic);
		}
		return type.getType();
	}

	private static boolean isAsynchronous(Class<?> type) {
		return Future.class.isAssignableFrom(type) || BaseStream.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	/**
	 * What a method is about.
	 */
	enum Outcome {

		/**
		 * The handle of a run.
		 */
		HANDLE,

		/**
		 * The output of a run.
		 */
		OUTPUT,

		/**
		 * Nothing but that the run is made.
		 */
		NOTHING,

		/**
		 * The handle of what is written to the outbox.
		 */
		WRITTEN,

		/**
		 * The handles of the runs of batches.
		 */
		RUNS,

		/**
		 * The handles of batches.
		 */
		BATCHES,

		/**
		 * The handle of a single batch.
		 */
		BATCH;

		boolean isBatch() {
			return this == RUNS || this == BATCHES || this == BATCH;
		}

	}

	/**
	 * How the outcome is handed over. All but the first block or suspend the caller.
	 */
	enum Form {

		/**
		 * As a publisher.
		 */
		REACTIVE,

		/**
		 * As it is.
		 */
		PLAIN,

		/**
		 * As an {@link Optional}.
		 */
		OPTIONAL,

		/**
		 * As a {@link List}.
		 */
		LIST

	}

}
