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
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.payload.EncodedPayload;
import dev.trigger.spring.payload.PayloadCodec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes items as lines of JSON, and uploads what is too large for a line.
 */
final class ItemEncoder {

	private static final EncodedPayload NO_PAYLOAD = new EncodedPayload(null, "application/json");

	private final PayloadCodec payloads;

	ItemEncoder(PayloadCodec payloads) {
		this.payloads = payloads;
	}

	/**
	 * Encode the items of one batch.
	 */
	Mono<Chunks> encode(List<BatchItem> items, BatchOptions options) {
		return encode(Flux.fromIterable(items), options)
			.collect(() -> new Chunks(items.stream().map(BatchItem::task)), Chunks::add)
			.onErrorMap(TriggerException.class,
					(ex) -> new BatchException(BatchException.Phase.OFFLOAD, null, items.size(), ex));
	}

	/**
	 * Encode items, each to a line with its line break.
	 */
	Flux<byte[]> encode(Flux<BatchItem> items, BatchOptions options) {
		return Flux.defer(() -> {
			BatchItemWriter writer = new BatchItemWriter(this.payloads);
			// one item after the other: an upload ends on another thread
			return items.index()
				.concatMap((indexed) -> encode(indexed.getT1().intValue(), indexed.getT2(), options, writer));
		});
	}

	private Mono<byte[]> encode(int index, BatchItem item, BatchOptions batch, BatchItemWriter writer) {
		TriggerOptions options = withKey(index, item.options(), batch);
		EncodedPayload inline = item.hasPayload() ? this.payloads.encodeInline(item.payload()) : NO_PAYLOAD;
		return (inline != null) ? Mono.just(writer.write(index, item.task(), inline, options))
				: this.payloads.encode(item.payload())
					.map((uploaded) -> writer.write(index, item.task(), uploaded, options));
	}

	/**
	 * An item without a key of its own has one that is derived from that of the batch.
	 */
	private static TriggerOptions withKey(int index, TriggerOptions item, BatchOptions batch) {
		IdempotencyKey key = batch.idempotencyKey();
		String ttl = batch.idempotencyKeyTtl();
		if (key == null && ttl == null) {
			return item;
		}
		return item.with((options) -> {
			if (item.idempotencyKey() == null && key != null) {
				options.idempotencyKey(key.ofItem(index));
			}
			if (item.idempotencyKeyTtl() == null && ttl != null) {
				options.idempotencyKeyTtl(ttl);
			}
		});
	}

}
