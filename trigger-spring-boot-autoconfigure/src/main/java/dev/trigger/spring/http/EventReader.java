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

package dev.trigger.spring.http;

import java.util.List;
import java.util.function.UnaryOperator;

import org.apache.commons.logging.impl.NoOpLog;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.Hints;
import org.springframework.core.codec.StringDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Reads server-sent events. The reader of Spring logs each line, which may be a secret,
 * and it also emits an event of which the body has only the beginning when it ends.
 */
final class EventReader {

	private static final ResolvableType LINE = ResolvableType.forClass(String.class);

	private static final List<String> ENDS_OF_LINES = List.of("\n", "\r");

	private static final char BYTE_ORDER_MARK = '\ufeff';

	private final StringDecoder lines = StringDecoder.allMimeTypes(ENDS_OF_LINES, false);

	private final int maxBytes;

	EventReader(int maxBytes) {
		this.maxBytes = maxBytes;
		this.lines.setMaxInMemorySize(maxBytes);
		this.lines.setLogger(new NoOpLog());
	}

	/**
	 * Read a body.
	 * @param message the response
	 * @param guard what the bytes pass before they are read
	 * @return the events
	 */
	Flux<ServerSentEvent<String>> read(ReactiveHttpInputMessage message, UnaryOperator<Flux<DataBuffer>> guard) {
		return Flux.defer(() -> {
			Fields fields = new Fields(this.maxBytes);
			Flux<DataBuffer> body = GzipBody.read(guard.apply(message.getBody()), message.getHeaders());
			return this.lines.decode(body, LINE, null, Hints.none()).handle((line, sink) -> {
				if (fields.add(line)) {
					sink.next(fields.end());
				}
			});
		});
	}

	/**
	 * The fields of the event that is being read.
	 */
	private static final class Fields {

		private final int maxBytes;

		private @Nullable String id;

		private @Nullable String event;

		private @Nullable StringBuilder data;

		private long length;

		private boolean begun;

		private boolean endedWithReturn;

		Fields(int maxBytes) {
			this.maxBytes = maxBytes;
		}

		/**
		 * Add a line.
		 * @param text the line with its end
		 * @return whether it ends an event
		 */
		boolean add(String text) {
			boolean secondHalf = this.endedWithReturn && text.equals("\n");
			this.endedWithReturn = text.endsWith("\r");
			if (secondHalf) {
				return false;
			}
			boolean ended = this.endedWithReturn || text.endsWith("\n");
			int begin = (!this.begun && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) ? 1 : 0;
			this.begun = true;
			String line = text.substring(begin, ended ? text.length() - 1 : text.length());
			if (line.isEmpty()) {
				return ended;
			}
			addField(line);
			return false;
		}

		private void addField(String line) {
			int colon = line.indexOf(':');
			String value = (colon >= 0) ? line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1) : "";
			switch ((colon >= 0) ? line.substring(0, colon) : line) {
				case "data" -> addData(line, value);
				// an id that can't be sent back is ignored, as the format does with NUL
				case "id" -> this.id = ReservedHeaders.isValue(value.trim()) ? value.trim() : null;
				case "event" -> this.event = value.trim();
				default -> {
					// a comment, which may be all that comes for hours
				}
			}
		}

		private void addData(String line, String value) {
			this.length += line.length();
			if (this.length > this.maxBytes) {
				throw new DataBufferLimitException("An event has more than " + this.maxBytes + " bytes");
			}
			StringBuilder present = this.data;
			this.data = (present != null) ? present.append('\n').append(value) : new StringBuilder(value);
		}

		ServerSentEvent<String> end() {
			ServerSentEvent.Builder<String> builder = ServerSentEvent.builder();
			if (this.id != null) {
				builder.id(this.id);
			}
			if (this.event != null) {
				builder.event(this.event);
			}
			StringBuilder text = this.data;
			if (text != null) {
				builder.data(text.toString());
			}
			this.id = null;
			this.event = null;
			this.data = null;
			this.length = 0;
			return builder.build();
		}

	}

}
