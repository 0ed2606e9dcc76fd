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

package dev.trigger.spring.realtime;

import java.util.function.Consumer;

import dev.trigger.spring.http.LiveStatistics;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.RunHandle;
import reactor.core.publisher.Flux;

/**
 * Follows runs while they happen: the server pushes each change. All take a secret key or
 * a public access token with a scope that reads the runs; a personal access token can't
 * follow.
 * <p>
 * A feed reconnects by itself when its connection breaks or the server restarts, for as
 * long as it is subscribed to. It fails if the server refuses it, and if there is no
 * response at all within {@code trigger.timeout}. A subscriber that is slower than the
 * changes gets the newest state of each run. Each subscription has a connection of its
 * own; Trigger.dev's plans limit how many may be open at once.
 *
 * @since 1.0.0
 */
public interface RealtimeOperations {

	/**
	 * Follow a run: its present state, then every change.
	 * <p>
	 * {@code GET /realtime/v1/runs/{runId}}
	 * @param runId the id
	 * @param skipColumns what to leave out, to receive less
	 * @return the states of the run; completes after a final one. Fails with a
	 * {@link dev.trigger.spring.exception.NotFoundException} if there is no such run
	 */
	Flux<RealtimeRun> run(String runId, RunColumn... skipColumns);

	/**
	 * Follow a run: its present state, then every change.
	 * <p>
	 * {@code GET /realtime/v1/runs/{runId}}
	 * @param handle the handle of the run
	 * @param skipColumns what to leave out, to receive less
	 * @return the states of the run; completes after a final one
	 */
	default Flux<RealtimeRun> run(RunHandle<?> handle, RunColumn... skipColumns) {
		return run(handle.id(), skipColumns);
	}

	/**
	 * Follow all runs of the environment that were created within the last 24 hours, or
	 * from now on.
	 * <p>
	 * {@code GET /realtime/v1/runs}
	 * @return the states of the runs; never completes
	 */
	default Flux<RealtimeRun> runs() {
		return runs(RealtimeQuery.all());
	}

	/**
	 * Follow runs of the environment by their tags.
	 * <p>
	 * {@code GET /realtime/v1/runs}
	 * @param query which runs
	 * @return the states of the runs; never completes. A run that was created less than
	 * about a second ago may come a moment later
	 */
	Flux<RealtimeRun> runs(RealtimeQuery query);

	/**
	 * Follow runs of the environment by their tags.
	 * <p>
	 * {@code GET /realtime/v1/runs}
	 * @param query selects the runs
	 * @return the states of the runs; never completes
	 */
	default Flux<RealtimeRun> runs(Consumer<RealtimeQuery.Builder> query) {
		return runs(RealtimeQuery.of(query));
	}

	/**
	 * Follow the runs of a batch.
	 * <p>
	 * {@code GET /realtime/v1/batches/{batchId}}
	 * @param batchId the id
	 * @param skipColumns what to leave out, to receive less
	 * @return the states of the runs; never completes
	 */
	Flux<RealtimeRun> batch(String batchId, RunColumn... skipColumns);

	/**
	 * Read a stream of a run from its beginning until the run is over.
	 * <p>
	 * {@code GET /realtime/v1/streams/{runId}/{streamId}}
	 * @param <T> the type of the values
	 * @param runId the id of the run
	 * @param key the name of the stream
	 * @param type the type of the values
	 * @return the parts
	 * @see RunStreamOperations#read(Class)
	 */
	default <T> Flux<StreamPart<T>> stream(String runId, String key, Class<T> type) {
		return stream(runId, key).read(type);
	}

	/**
	 * Return the operations on a stream of a run.
	 * @param runId the id of the run
	 * @param key the name of the stream
	 * @return the operations
	 */
	RunStreamOperations stream(String runId, String key);

	/**
	 * Return the operations on a stream that is sent into a run.
	 * @param runId the id of the run
	 * @param key the name of the stream
	 * @return the operations
	 */
	InputStreamOperations input(String runId, String key);

	/**
	 * Return what this client has open.
	 * @return the present figures
	 */
	LiveStatistics statistics();

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param payloads decodes payloads and outputs
	 * @return the operations
	 */
	static RealtimeOperations create(TriggerHttp http, PayloadCodec payloads) {
		return new DefaultRealtimeOperations(http, payloads);
	}

}
