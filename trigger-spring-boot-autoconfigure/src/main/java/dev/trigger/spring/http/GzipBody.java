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

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;

/**
 * Decompresses a body while it comes, where a proxy has compressed it unasked and the
 * connector has left it so. What comes of it is never more than a piece at once, however
 * well it was compressed.
 */
final class GzipBody {

	private static final int PIECE = 16 * 1024;

	private static final int MAX_HEADER = 128 * 1024;

	private static final int TRAILER = 8;

	private final Inflater inflater = new Inflater(true);

	private final byte[] piece = new byte[PIECE];

	private byte[] bytes = new byte[0];

	private int position;

	private Part part = Part.HEADER;

	private GzipHeader header = new GzipHeader();

	private boolean begun;

	private boolean closed;

	private GzipBody() {
	}

	/**
	 * Read a body.
	 * @param body the body as it arrives
	 * @param headers the headers of the response
	 * @return the decompressed body
	 */
	static Flux<DataBuffer> read(Flux<DataBuffer> body, HttpHeaders headers) {
		if (!ContentDecoder.isGzip(ContentDecoder.encoding(headers))) {
			return body;
		}
		return Flux.using(GzipBody::new, (gzip) -> body.concatMapIterable(gzip::pieces, 1), GzipBody::close);
	}

	private Iterable<DataBuffer> pieces(DataBuffer buffer) {
		add(buffer);
		return () -> new Iterator<>() {

			private @Nullable DataBuffer next = GzipBody.this.next();

			@Override
			public boolean hasNext() {
				return this.next != null;
			}

			@Override
			public DataBuffer next() {
				DataBuffer piece = this.next;
				if (piece == null) {
					throw new NoSuchElementException();
				}
				this.next = GzipBody.this.next();
				return piece;
			}

		};
	}

	private void add(DataBuffer buffer) {
		int rest = rest();
		byte[] all = Arrays.copyOfRange(this.bytes, this.position, this.position + rest + buffer.readableByteCount());
		buffer.read(all, rest, buffer.readableByteCount());
		DataBufferUtils.release(buffer);
		this.bytes = all;
		this.position = 0;
	}

	private int rest() {
		return this.bytes.length - this.position;
	}

	/**
	 * Return the next piece. A reader may leave while another thread is in here.
	 * @return the piece, {@code null} if more has to come first
	 */
	private synchronized @Nullable DataBuffer next() {
		DataBuffer piece = null;
		Part former = null;
		while (!this.closed && piece == null && former != this.part) {
			former = this.part;
			piece = switch (this.part) {
				case HEADER -> header();
				case DATA -> data();
				case TRAILER -> trailer();
				case REST -> skip();
				case PLAIN -> plain();
			};
		}
		return piece;
	}

	/**
	 * Writers make a member of its own of each piece that they compress, or fill a block
	 * after the last one.
	 */
	private @Nullable DataBuffer header() {
		while (rest() > 0) {
			if (this.header.length() == 0 && (this.bytes[this.position] & 0xff) != 0x1f) {
				// the connector may have decompressed it already
				this.part = this.begun ? Part.REST : Part.PLAIN;
				return null;
			}
			this.header.add(this.bytes[this.position++]);
			if (this.header.isComplete()) {
				this.header = new GzipHeader();
				this.begun = true;
				this.part = Part.DATA;
				return null;
			}
			if (this.header.length() > MAX_HEADER) {
				throw malformed(null);
			}
		}
		return null;
	}

	private @Nullable DataBuffer data() {
		int length;
		try {
			this.inflater.setInput(this.bytes, this.position, rest());
			length = this.inflater.inflate(this.piece);
		}
		catch (DataFormatException ex) {
			throw malformed(ex);
		}
		this.position = this.bytes.length - this.inflater.getRemaining();
		if (this.inflater.finished()) {
			this.inflater.reset();
			this.part = Part.TRAILER;
		}
		return (length > 0) ? wrap(this.piece, 0, length) : null;
	}

	private @Nullable DataBuffer trailer() {
		if (rest() >= TRAILER) {
			this.position += TRAILER;
			this.part = Part.HEADER;
		}
		return null;
	}

	private @Nullable DataBuffer skip() {
		this.position = this.bytes.length;
		return null;
	}

	private @Nullable DataBuffer plain() {
		int rest = rest();
		int start = this.position;
		this.position += rest;
		return (rest > 0) ? wrap(this.bytes, start, rest) : null;
	}

	private static DataBuffer wrap(byte[] bytes, int start, int length) {
		return DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(bytes, start, start + length));
	}

	private static RuntimeException malformed(@Nullable Throwable cause) {
		return Exceptions
			.propagate(new MalformedContentException("The response claims to be 'gzip', but is not", cause));
	}

	private synchronized void close() {
		this.closed = true;
		this.inflater.end();
	}

	/**
	 * What the next bytes are.
	 */
	private enum Part {

		HEADER, DATA, TRAILER, REST, PLAIN

	}

}
