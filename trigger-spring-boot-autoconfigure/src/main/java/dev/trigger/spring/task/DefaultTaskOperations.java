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

package dev.trigger.spring.task;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOperations;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.http.TriggerResponse;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.payload.EncodedPayload;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.token.HandleTokens;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

import org.springframework.util.Assert;

/**
 * Default {@link TaskOperations}.
 */
final class DefaultTaskOperations implements TaskOperations {

	private static final String PAYLOAD_TYPE = "payloadType";

	private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	DefaultTaskOperations(TriggerHttp http, PayloadCodec payloads) {
		this.http = http;
		this.payloads = payloads;
	}

	@Override
	public <P extends @Nullable Object, O> Mono<RunHandle<O>> trigger(TaskType<P, O> task, P payload,
			TriggerOptions options) {
		return Mono.defer(() -> {
			TriggerOptions safe = withKey(options);
			EncodedPayload encoded = this.payloads.encode(task.id(), payload, task.payloadType());
			return !this.payloads.isLarge(encoded) ? trigger(task, encoded, safe, safe != options)
					: this.http.limit(TriggerEndpoint.TASKS_TRIGGER.toString(), this.payloads.offload(encoded)
						.flatMap((uploaded) -> trigger(task, uploaded, safe, safe != options)));
		});
	}

	private <O> Mono<RunHandle<O>> trigger(TaskType<?, O> task, EncodedPayload payload, TriggerOptions options,
			boolean autoKeyed) {
		return this.http.exchange(request(task.id(), payload, options, autoKeyed))
			.map((response) -> handle(task, response));
	}

	@Override
	public <O> Mono<BatchHandle<O>> batchTriggerItems(TaskType<?, O> task, List<BatchItem> items,
			BatchOptions options) {
		Assert.isTrue(items.stream().allMatch((item) -> item.task().equals(task.id())),
				() -> "All items must be of the task " + task + ": use batches() for those of several tasks");
		return batches().trigger(items, options).map((batch) -> batch.withOutputType(task.outputType()));
	}

	@Override
	public <P extends @Nullable Object, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task,
			Collection<? extends P> payloads, BatchOptions options) {
		Assert.notEmpty(payloads, "A batch must have at least one payload");
		return batches().triggerAll(Flux.fromStream(() -> payloads.stream().map(task::item)), options)
			.map((batch) -> batch.withOutputType(task.outputType()));
	}

	@Override
	public <P, O> Flux<BatchHandle<O>> batchTrigger(TaskType<P, O> task, Publisher<? extends P> payloads,
			BatchOptions options) {
		return batches().triggerAll(Flux.from(payloads).map(task::item), options)
			.map((batch) -> batch.withOutputType(task.outputType()));
	}

	@Override
	public <P extends @Nullable Object> EncodedTrigger encode(TaskType<P, ?> task, P payload, TriggerOptions options) {
		EncodedPayload encoded = this.payloads.encode(task.id(), payload, task.payloadType());
		Map<String, Object> body = options.toBody(encoded.type(), this.payloads);
		body.remove(PAYLOAD_TYPE);
		return new EncodedTrigger(task.id(), Objects.requireNonNull(encoded.json()), encoded.type(),
				TriggerJson.shared().write(body));
	}

	@Override
	public Mono<RunHandle<Object>> trigger(EncodedTrigger trigger) {
		TaskType<Object, Object> task = TaskType.of(trigger.task(), Object.class, Object.class);
		return this.payloads.offload(new EncodedPayload(trigger.payload(), trigger.payloadType()))
			.flatMap((payload) -> this.http.exchange(TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, trigger.task())
				.body(body(payload, trigger.options()))
				.replaySafe(true)
				.poll()
				.returning(Triggered.class)))
			.map((response) -> handle(task, response));
	}

	/**
	 * Put the body together without reading its parts, which could change numbers.
	 */
	private static byte[] body(EncodedPayload payload, byte[] options) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes("{\"payload\":".getBytes(StandardCharsets.UTF_8));
		body.writeBytes(Objects.requireNonNull(payload.json()));
		body.writeBytes(",\"options\":{\"payloadType\":".getBytes(StandardCharsets.UTF_8));
		body.writeBytes(TriggerJson.shared().write(payload.type()));
		body.write((options.length > 2) ? ',' : ' ');
		body.write(options, 1, options.length - 1);
		body.write('}');
		return body.toByteArray();
	}

	private BatchOperations batches() {
		return BatchOperations.create(this.http, this.payloads, Polling.defaults());
	}

	/**
	 * Give a call without a key a random one: the key, and no header, is what the server
	 * recognizes an attempt by that it has acted on. A key of 64 characters is taken for
	 * a hash, and is not shown as the user's own.
	 */
	private TriggerOptions withKey(TriggerOptions options) {
		if (options.idempotencyKey() != null || !this.http.settings().retry().autoIdempotency()) {
			return options;
		}
		IdempotencyKey key = IdempotencyKey.random();
		return options.with((builder) -> builder.idempotencyKey(key));
	}

	private TriggerRequest<Triggered> request(String taskId, EncodedPayload payload, TriggerOptions options,
			boolean autoKeyed) {
		return TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, taskId)
			.json(new Trigger(payload.value(), options.toBody(payload.type(), this.payloads)))
			.replaySafe(options.idempotencyKey() != null)
			.autoKeyed(autoKeyed)
			.returning(Triggered.class);
	}

	private <O> RunHandle<O> handle(TaskType<?, O> task, TriggerResponse<Triggered> response) {
		Triggered run = response.body();
		if (run == null || run.id() == null || run.id().isBlank()) {
			throw TriggerDecodingException.missing(TriggerEndpoint.TASKS_TRIGGER, "the id of the run");
		}
		this.http.triggered(task.id(), run.id());
		return new RunHandle<>(run.id(), run.isCached(), task.outputType(),
				HandleTokens.of(this.http, response, List.of("read:runs:" + run.id()), TOKEN_LIFETIME));
	}

	/**
	 * The body of a trigger.
	 *
	 * @param payload the payload
	 * @param options the options
	 */
	record Trigger(@Nullable RawValue payload, Map<String, Object> options) {

	}

	/**
	 * The response to a trigger.
	 *
	 * @param id the id of the run
	 * @param isCached whether the run was there already
	 */
	record Triggered(@Nullable String id, boolean isCached) {

	}

}
