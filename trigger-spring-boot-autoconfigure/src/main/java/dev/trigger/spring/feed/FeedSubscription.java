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

import java.time.Duration;
import java.util.List;

import dev.trigger.spring.exception.ConflictException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.LiveConnection;
import dev.trigger.spring.http.LiveHttp;
import dev.trigger.spring.http.LiveResponse;
import dev.trigger.spring.http.TriggerHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * The polls of one subscriber.
 */
final class FeedSubscription {

	/**
	 * How many responses in a row may be unreadable: at first it is probably not the API
	 * that responds, later it may be the page of a proxy while the server is away.
	 */
	private static final int MAX_UNREADABLE_AT_FIRST = 3;

	private static final int MAX_UNREADABLE = 20;

	/**
	 * A server holds a poll until something changes. One that does not is asked less and
	 * less often.
	 */
	private static final long HELD_MILLIS = 1_000;

	private static final int MAX_NOT_HELD = 3;

	private final LiveHttp http;

	private final @Nullable Duration timeout;

	private final FeedSource source;

	private final FeedState state;

	private final FluxSink<FeedRow> sink;

	private final Conflation<FeedRow> conflation;

	private final LiveConnection connection;

	private final Disposable.Composite resources = Disposables.composite();

	private final Disposable.Swap deadline = Disposables.swap();

	/**
	 * Whether each response is waited for as long as the first one, not for ever.
	 */
	private final boolean forWait;

	private volatile @Nullable Throwable lastFailure;

	private boolean responded;

	private int failures;

	private int restarts;

	private int unreadable;

	private int notHeld;

	private boolean began;

	FeedSubscription(TriggerHttp http, FeedSource source, FluxSink<FeedRow> sink, boolean forWait) {
		this.forWait = forWait;
		this.http = http.live();
		this.timeout = http.settings().timeout();
		this.source = source;
		this.state = new FeedState(source);
		this.sink = sink;
		this.conflation = new Conflation<>(sink, FeedSubscription::key, FeedState.MAX_ROWS);
		this.connection = this.http.open(source.endpoint(), sink.contextView());
	}

	private static Object key(FeedRow row) {
		String id = row.text("friendlyId");
		return (id != null) ? id : String.valueOf(row.text("id"));
	}

	void start() {
		this.sink.onDispose(this::close);
		this.resources.add(this.deadline);
		startDeadline();
		this.resources.add(this.http.whenClosed().subscribe(null, this::fail));
		this.resources
			.add(Mono.defer(this::poll).repeat().contextWrite(this.sink.contextView()).subscribe(null, this::fail));
	}

	private void startDeadline() {
		Duration time = this.timeout;
		if (time != null && this.deadline.get() == null) {
			this.deadline.update(this.http.elapsed(time).subscribe(null, this::fail, () -> fail(timedOut(time))));
		}
	}

	private TriggerTimeoutException timedOut(Duration timeout) {
		return new TriggerTimeoutException("%s had no response within %d ms: 'trigger.timeout' allows more"
			.formatted(this.source.endpoint(), timeout.toMillis()), timeout, this.lastFailure);
	}

	private void fail(Throwable failure) {
		try {
			this.connection.failed(failure);
		}
		finally {
			this.resources.dispose();
			this.conflation.fail(failure);
		}
	}

	private void close() {
		this.resources.dispose();
		this.connection.close();
	}

	private Mono<Void> poll() {
		if (this.resources.isDisposed()) {
			// the first response may come, and the subscriber leave, before start returns
			return Mono.never();
		}
		long start = this.http.now();
		return this.http.poll(this.state.request(), (response) -> receive(response, start))
			.onErrorResume(this::recover);
	}

	private Mono<Void> receive(LiveResponse response, long start) {
		boolean live = this.state.isLive();
		FeedState.Step step;
		try {
			step = this.state.accept(response);
		}
		catch (IllegalArgumentException ex) {
			return Mono.error(new TriggerDecodingException(this.source.endpoint(),
					this.source.endpoint() + " returned a body that is not a log of changes: " + ex.getMessage(),
					null));
		}
		if (step.restarted()) {
			return startOver(null);
		}
		this.unreadable = 0;
		this.failures = 0;
		this.restarts = live ? 0 : this.restarts;
		this.responded = true;
		this.deadline.update(null);
		this.conflation.offer(step.rows());
		if (this.forWait && !this.began && this.state.isLive()) {
			this.began = true;
			this.conflation.offer(List.of(FeedRow.END_OF_FIRST_RESPONSE));
		}
		boolean early = live ? this.http.now() - start < HELD_MILLIS : !this.state.isLive();
		this.notHeld = (early && !step.progressed()) ? this.notHeld + 1 : 0;
		return (this.notHeld > MAX_NOT_HELD) ? this.http.backOff(this.notHeld - MAX_NOT_HELD, null)
				: this.conflation.room();
	}

	private Mono<Void> recover(Throwable failure) {
		if (failure instanceof ConflictException conflict) {
			this.state.restart(conflict.getHeaders());
			return startOver(conflict);
		}
		if (failure instanceof TriggerDecodingException
				&& ++this.unreadable >= (this.responded ? MAX_UNREADABLE : MAX_UNREADABLE_AT_FIRST)) {
			return Mono.error(failure);
		}
		if (!LiveHttp.isTemporary(failure)) {
			return Mono.error(failure);
		}
		reconnect(failure);
		return this.http.backOff(++this.failures, failure);
	}

	/**
	 * The first time at once; over and over again it is a failure like others.
	 */
	private Mono<Void> startOver(@Nullable Throwable failure) {
		reconnect(failure);
		this.restarts++;
		return (this.restarts > 1) ? this.http.backOff(this.restarts - 1, null) : Mono.empty();
	}

	private void reconnect(@Nullable Throwable failure) {
		this.lastFailure = failure;
		this.connection.reconnects(failure);
		if (this.forWait) {
			startDeadline();
		}
	}

}
