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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.trigger.spring.http.TriggerJson;
import dev.trigger.spring.payload.EncodedPayload;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.OptionsBody;
import dev.trigger.spring.run.TriggerOptions;
import org.jspecify.annotations.Nullable;

/**
 * Writes the items of one stream as lines of JSON, each with its line break. Most items
 * differ in index and payload only, so that the rest is written once. Not thread-safe.
 */
final class LineWriter {

	private static final byte[] INDEX = ascii("{\"index\":");

	private static final byte[] TASK = ascii(",\"task\":");

	private static final byte[] PAYLOAD = ascii(",\"payload\":");

	private static final byte[] OPTIONS = ascii(",\"options\":");

	private static final byte[] END = ascii("}\n");

	private final PayloadCodec payloads;

	private byte[] line = new byte[512];

	private int length;

	private @Nullable String lastTask;

	private byte[] lastTaskJson = {};

	private @Nullable TriggerOptions lastOptions;

	private @Nullable String lastType;

	private byte[] lastOptionsJson = {};

	LineWriter(PayloadCodec payloads) {
		this.payloads = payloads;
	}

	byte[] write(int index, String task, EncodedPayload payload, TriggerOptions options) {
		this.length = 0;
		append(INDEX);
		append(ascii(Integer.toString(index)));
		append(TASK);
		append(taskJson(task));
		byte[] value = payload.toBytes();
		if (value != null) {
			append(PAYLOAD);
			append(value);
		}
		append(OPTIONS);
		append(optionsJson(options, payload.type()));
		append(END);
		return Arrays.copyOf(this.line, this.length);
	}

	private byte[] taskJson(String task) {
		if (!task.equals(this.lastTask)) {
			this.lastTaskJson = TriggerJson.shared().write(task);
			this.lastTask = task;
		}
		return this.lastTaskJson;
	}

	private byte[] optionsJson(TriggerOptions options, String type) {
		// metadata belongs to the application, which may change it from item to item
		if (options != this.lastOptions || options.metadata() != null || !type.equals(this.lastType)) {
			this.lastOptionsJson = TriggerJson.shared().write(OptionsBody.of(options, type, this.payloads));
			this.lastOptions = options;
			this.lastType = type;
		}
		return this.lastOptionsJson;
	}

	private void append(byte[] bytes) {
		int end = this.length + bytes.length;
		if (end > this.line.length) {
			this.line = Arrays.copyOf(this.line, Math.max(end, 2 * this.line.length));
		}
		System.arraycopy(bytes, 0, this.line, this.length, bytes.length);
		this.length = end;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
