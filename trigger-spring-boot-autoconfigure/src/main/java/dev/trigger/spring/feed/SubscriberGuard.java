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

package dev.trigger.spring.feed;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Takes a subscriber that throws, which it must not, for one that cancels, as the rules
 * of Reactive Streams have it. Otherwise the operators above it would stay in the middle
 * of a signal for ever, and what is read would stay open.
 *
 * @param <T> the type of the elements
 * @since 1.0.0
 */
public final class SubscriberGuard<T> implements CoreSubscriber<T> {

	private final CoreSubscriber<? super T> subscriber;

	private @Nullable Subscription subscription;

	private boolean canceled;

	private SubscriberGuard(CoreSubscriber<? super T> subscriber) {
		this.subscriber = subscriber;
	}

	/**
	 * Guard what a subscriber holds open.
	 * @param <T> the type of the elements
	 * @param source the elements, as an application gets them
	 * @return the same elements
	 */
	public static <T> Flux<T> guard(Flux<T> source) {
		return source.transform(Operators.<T, T>lift((scannable, subscriber) -> new SubscriberGuard<>(subscriber)));
	}

	@Override
	public Context currentContext() {
		return this.subscriber.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		try {
			this.subscriber.onSubscribe(subscription);
		}
		catch (Throwable ex) {
			cancel(ex);
		}
	}

	@Override
	public void onNext(T element) {
		if (this.canceled) {
			Operators.onNextDropped(element, currentContext());
			return;
		}
		try {
			this.subscriber.onNext(element);
		}
		catch (Throwable ex) {
			cancel(ex);
		}
	}

	private void cancel(Throwable failure) {
		this.canceled = true;
		if (this.subscription != null) {
			this.subscription.cancel();
		}
		Exceptions.throwIfJvmFatal(failure);
		Operators.onErrorDropped(failure, currentContext());
	}

	@Override
	public void onError(Throwable failure) {
		if (this.canceled) {
			Operators.onErrorDropped(failure, currentContext());
			return;
		}
		this.subscriber.onError(failure);
	}

	@Override
	public void onComplete() {
		if (!this.canceled) {
			this.subscriber.onComplete();
		}
	}

}
