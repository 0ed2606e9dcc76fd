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

package dev.trigger.spring.runlistener;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Calls a method of a bean when a run is over, with success or without. The method has
 * one parameter of the type {@link RunFinished}, whose type argument is the type of the
 * output, and returns nothing, or a publisher such as a {@code Mono} whose end is waited
 * for; it may be a suspending function of Kotlin. If it throws an exception it is called
 * again later. An annotation of your own may have this one on it, and set attributes of
 * it with {@code @AliasFor}.
 * <p>
 * With a database the method is called in a transaction of its own, in which the run is
 * also marked as handled: what it writes there is written once for each run, even if the
 * application is killed. It is not called for runs that were over before the listener was
 * started for the first time.
 *
 * @since 1.0.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface TriggerRunListener {

	/**
	 * The identifiers of the tasks whose runs the method is called for; runs of all tasks
	 * by default. Placeholders are resolved.
	 * @return the identifiers of the tasks
	 */
	String[] task() default {};

	/**
	 * The tags of which a run must have at least one. Placeholders are resolved.
	 * @return the tags
	 */
	String[] tags() default {};

	/**
	 * The statuses that the method is called for, such as {@code COMPLETED} and
	 * {@code FAILED}; all in which a run is over by default.
	 * @return the statuses
	 */
	String[] status() default {};

	/**
	 * Which runs the method is called for.
	 * @return the scope
	 */
	Scope scope() default Scope.ENVIRONMENT;

	/**
	 * The name of the client whose runs the method is called for, as in
	 * {@code trigger.clients.*}; the one of {@code trigger.*} by default.
	 * @return the name of the client
	 */
	String client() default "";

	/**
	 * The id that identifies the listener in the database, at most 190 characters. The
	 * default consists of the names of the bean and the method: without an id, renaming
	 * either makes it a new listener. If tasks, tags or statuses are added to one that is
	 * known, it may be called for runs that match now and were canceled in the last 30
	 * days before they were started, which one with another id is not.
	 * @return the id
	 */
	String id() default "";

	/**
	 * Which runs a method is called for.
	 */
	enum Scope {

		/**
		 * All runs of the environment that the credential belongs to.
		 */
		ENVIRONMENT,

		/**
		 * Runs that this application triggered one by one, on any of its instances that
		 * share a database; those of batches are not among them. If the response to a
		 * trigger was lost, its run is not known to be one of them.
		 */
		APPLICATION

	}

}
