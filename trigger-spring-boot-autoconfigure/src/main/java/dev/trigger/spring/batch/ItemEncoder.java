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

package dev.trigger.spring.batch;

import java.util.List;

import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.payload.EncodedPayload;
import dev.trigger.spring.payload.PayloadCodec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes items as lines of JSON, and uploads payloads that are too large for a line.
 */
final class ItemEncoder {

	/**
	 * How many payloads of a batch are uploaded at the same time.
	 */
	static final int CONCURRENT_UPLOADS = 8;

	private static final EncodedPayload NO_PAYLOAD = new EncodedPayload(null, "application/json");

	private final PayloadCodec payloads;

	ItemEncoder(PayloadCodec payloads) {
		this.payloads = payloads;
	}

	/**
	 * Encode the items of one batch. Most need no upload, and are encoded in a loop,
	 * which costs no operators.
	 */
	Mono<Chunks> encode(List<BatchItem> items, BatchOptions options) {
		return Mono.defer(() -> {
			Chunks chunks = new Chunks(items.stream().map(BatchItem::task));
			BatchItemWriter writer = new BatchItemWriter(this.payloads);
			for (int index = 0; index < items.size(); index++) {
				BatchItem item = items.get(index);
				EncodedPayload payload = payload(index, item);
				if (this.payloads.isLarge(payload)) {
					return encodeRest(items, index, options, writer, chunks);
				}
				chunks.add(write(index, item, payload, options, writer));
			}
			return Mono.just(chunks);
		});
	}

	/**
	 * Encode the items from the first on that needs an upload.
	 */
	private Mono<Chunks> encodeRest(List<BatchItem> items, int first, BatchOptions options, BatchItemWriter writer,
			Chunks chunks) {
		return Flux.range(first, items.size() - first)
			.flatMapSequential((index) -> upload(index, items.get(index)).onErrorMap(TriggerException.class,
					(ex) -> new BatchException(BatchException.Phase.OFFLOAD, null, items.size(), index.longValue(),
							BatchException.Sent.NOTHING, ex)),
					CONCURRENT_UPLOADS, 1)
			.doOnNext(
					(encoded) -> chunks.add(write(encoded.index(), encoded.item(), encoded.payload(), options, writer)))
			.then(Mono.just(chunks));
	}

	/**
	 * Encode items, each to a line with its line break.
	 */
	Flux<byte[]> encode(Flux<BatchItem> items, BatchOptions options) {
		return Flux.defer(() -> {
			BatchItemWriter writer = new BatchItemWriter(this.payloads);
			// one item after the other: an upload ends on another thread
			return items.index()
				.concatMap((indexed) -> upload(indexed.getT1().intValue(), indexed.getT2()))
				.map((encoded) -> write(encoded.index(), encoded.item(), encoded.payload(), options, writer));
		});
	}

	private Mono<Encoded> upload(int index, BatchItem item) {
		EncodedPayload payload = payload(index, item);
		return !this.payloads.isLarge(payload) ? Mono.just(new Encoded(index, item, payload))
				: this.payloads.offload(payload).map((uploaded) -> new Encoded(index, item, uploaded));
	}

	private EncodedPayload payload(int index, BatchItem item) {
		if (!item.hasPayload()) {
			return NO_PAYLOAD;
		}
		try {
			return this.payloads.encode(item.task(), item.payload(), item.payloadType());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidItemException(index, item, ex);
		}
	}

	private static byte[] write(int index, BatchItem item, EncodedPayload payload, BatchOptions batch,
			BatchItemWriter writer) {
		try {
			return writer.write(index, item.task(), payload, batch.ofItem(index, item.options()));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidItemException(index, item, ex);
		}
	}

	/**
	 * An item with its encoded payload.
	 *
	 * @param index the index of the item
	 * @param item the item
	 * @param payload the payload
	 */
	private record Encoded(int index, BatchItem item, EncodedPayload payload) {

	}

	/**
	 * Thrown for an item that can't be written as JSON.
	 */
	static final class InvalidItemException extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		private final int index;

		InvalidItemException(int index, BatchItem item, IllegalArgumentException cause) {
			super("Item " + index + " of the task '" + item.task() + "': " + cause.getMessage(), cause);
			this.index = index;
		}

		int index() {
			return this.index;
		}

	}

}
