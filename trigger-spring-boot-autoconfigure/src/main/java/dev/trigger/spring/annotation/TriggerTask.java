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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.outbox.OutboxHandle;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.run.RunHandle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.AliasFor;

/**
 * Annotation for a method that triggers a task.
 * <p>
 * The return type of the method determines what it does:
 * <table>
 * <caption>Return types</caption>
 * <tr>
 * <th>type</th>
 * <th>what happens</th>
 * </tr>
 * <tr>
 * <td>{@link Mono}{@code <}{@link RunHandle}{@code <O>>}</td>
 * <td>triggers the task</td>
 * </tr>
 * <tr>
 * <td>{@code Mono<O>}</td>
 * <td>triggers the task and waits for its output</td>
 * </tr>
 * <tr>
 * <td>{@code Mono<Void>}</td>
 * <td>triggers the task, and completes when the run is created</td>
 * </tr>
 * <tr>
 * <td>{@link Flux}{@code <RunHandle<O>>}</td>
 * <td>triggers the task for all payloads of a {@code Publisher} or {@code Iterable}, in
 * batches of up to 1,000, and waits until the server has created their runs</td>
 * </tr>
 * <tr>
 * <td>{@code Flux<}{@link BatchHandle}{@code <O>>}</td>
 * <td>the same, but returns the handles of the batches without waiting</td>
 * </tr>
 * <tr>
 * <td>{@code Mono<BatchHandle<O>>}</td>
 * <td>triggers the task for all payloads of an {@code Iterable}, in one batch</td>
 * </tr>
 * <tr>
 * <td>{@code void}, {@code RunHandle<O>}, {@code O}, {@code Optional<O>},
 * {@code BatchHandle<O>}, {@code List<RunHandle<O>>}, {@code List<BatchHandle<O>>}</td>
 * <td>the same, but blocks the calling thread, and throws an
 * {@link IllegalStateException} on one that must not be blocked; a suspending function of
 * Kotlin suspends its caller instead, with {@code kotlinx-coroutines-reactor}</td>
 * </tr>
 * <tr>
 * <td>{@code void}, {@link OutboxHandle}{@code <O>} with {@link #transactional()}</td>
 * <td>triggers the task when the current transaction commits</td>
 * </tr>
 * </table>
 * <p>
 * The method has one parameter for the payload, or none for a task without payload; and
 * perhaps one for options: {@link TriggerOptions}, which go before those of this
 * annotation, or a {@code Consumer<TriggerOptions.Builder>}, which changes them. A batch
 * may also have {@link BatchOptions}.
 * <p>
 * All texts but {@link #value()} may have placeholders such as {@code ${app.queue}}.
 *
 * @since 1.0.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface TriggerTask {

	/**
	 * Alias for {@link #id()}.
	 * @return the identifier of the task
	 */
	@AliasFor("id")
	String value() default "";

	/**
	 * The task.
	 * @return the identifier of the task, such as {@code send-welcome}
	 */
	@AliasFor("value")
	String id() default "";

	/**
	 * The queue for the runs.
	 * @return the name of the queue, empty for that of the task
	 */
	String queue() default "";

	/**
	 * The time within which a run must start, or it expires.
	 * @return a duration such as {@code 10m}, {@code 1h30m} or {@code PT10M}, a number
	 * being seconds; empty for none
	 */
	String ttl() default "";

	/**
	 * The machine for the runs.
	 * @return the machine, such as {@code small-1x}, empty for that of the task
	 */
	String machine() default "";

	/**
	 * The tags of the runs.
	 * @return the tags, at most 10, each of at most 128 characters
	 */
	String[] tags() default {};

	/**
	 * The expression for the key for which at most one run is created.
	 * @return an expression in SpEL for a text, or a list of the parts of a key, such as
	 * <code>{'welcome', #payload.userId}</code>; empty for no key. {@code #payload} is
	 * the payload, in a batch that of each item; the arguments also have the names of
	 * their parameters, and {@code #p0}, {@code #p1}
	 */
	String idempotencyKey() default "";

	/**
	 * The time after which the idempotency key is forgotten.
	 * @return a duration as in {@link #ttl()}; empty for that of the server, 30 days
	 */
	String idempotencyKeyTtl() default "";

	/**
	 * How long to wait for the output.
	 * @return a duration as in {@link #ttl()}; empty for that of the client, an hour by
	 * default
	 */
	String timeout() default "";

	/**
	 * Whether to trigger the task together with the current database transaction, by the
	 * {@link TriggerOutbox}. Such a method returns {@code void} or an
	 * {@code OutboxHandle}.
	 * @return whether the task is triggered when the transaction commits
	 */
	boolean transactional() default false;

}
