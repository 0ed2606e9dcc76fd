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

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;

/**
 * Decompresses a body while it comes, where a proxy has compressed it unasked and the
 * connector has left it so.
 */
final class GzipBody {

	private static final int MIN_HEADER = 10;

	private static final int EXTRA = 4;

	private static final int NAME = 8;

	private static final int COMMENT = 16;

	private static final int CHECKSUM = 2;

	private final ByteArrayOutputStream header = new ByteArrayOutputStream();

	private final Inflater inflater = new Inflater(true);

	private final int maxBytes;

	private boolean begun;

	private boolean compressed = true;

	private GzipBody(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Read a body.
	 * @param body the body as it arrives
	 * @param headers the headers of the response
	 * @param maxBytes how much of the decompressed body may come at once, negative for no
	 * limit
	 * @return the decompressed body
	 */
	static Flux<DataBuffer> read(Flux<DataBuffer> body, HttpHeaders headers, int maxBytes) {
		if (!ContentDecoder.isGzip(ContentDecoder.encoding(headers))) {
			return body;
		}
		return Flux.using(() -> new GzipBody(maxBytes), (gzip) -> body.<DataBuffer>handle((buffer, sink) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			try {
				sink.next(DefaultDataBufferFactory.sharedInstance.wrap(gzip.read(bytes)));
			}
			catch (DataFormatException ex) {
				sink.error(new MalformedContentException("The response claims to be 'gzip', but is not", ex));
			}
		}), (gzip) -> gzip.inflater.end());
	}

	private byte[] read(byte[] bytes) throws DataFormatException {
		if (this.begun) {
			return this.compressed ? inflate(bytes, 0) : bytes;
		}
		this.header.writeBytes(bytes);
		byte[] all = this.header.toByteArray();
		if (all.length == 0) {
			return all;
		}
		// the connector may have decompressed it already
		this.compressed = (all[0] & 0xff) == 0x1f;
		int length = this.compressed ? headerLength(all) : 0;
		this.begun = length >= 0;
		if (!this.begun) {
			return new byte[0];
		}
		return this.compressed ? inflate(all, length) : all;
	}

	private byte[] inflate(byte[] bytes, int offset) throws DataFormatException {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		byte[] piece = new byte[4096];
		this.inflater.setInput(bytes, offset, bytes.length - offset);
		for (int read = this.inflater.inflate(piece); read > 0; read = this.inflater.inflate(piece)) {
			content.write(piece, 0, read);
			if (this.maxBytes >= 0 && content.size() > this.maxBytes) {
				throw new DataBufferLimitException("More than " + this.maxBytes + " bytes after decompression");
			}
		}
		return content.toByteArray();
	}

	/**
	 * Return the length of the header.
	 * @return the length, -1 if more of it has to come
	 */
	private static int headerLength(byte[] bytes) {
		if (bytes.length < MIN_HEADER) {
			return -1;
		}
		int flags = bytes[3];
		int length = MIN_HEADER;
		if ((flags & EXTRA) != 0) {
			if (bytes.length < length + 2) {
				return -1;
			}
			length += 2 + (bytes[length] & 0xff | (bytes[length + 1] & 0xff) << 8);
		}
		for (int text : new int[] { NAME, COMMENT }) {
			if ((flags & text) != 0) {
				while (length < bytes.length && bytes[length] != 0) {
					length++;
				}
				length++;
			}
		}
		length += ((flags & CHECKSUM) != 0) ? 2 : 0;
		return (length <= bytes.length) ? length : -1;
	}

}
