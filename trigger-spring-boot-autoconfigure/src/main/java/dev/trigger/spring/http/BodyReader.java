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

import java.io.EOFException;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Reads a whole response into memory, up to a limit, whatever its content type.
 */
final class BodyReader {

	private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

	private static final byte[] EMPTY = new byte[0];

	private final int maxBytes;

	BodyReader(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Read the body of a response.
	 * @param response the response
	 * @return the body, empty if there is none; fails with a
	 * {@link DataBufferLimitException} if it is too large, with a
	 * {@link MalformedContentException} if it is compressed in a way that can't be
	 * undone, and with another {@link IOException} if it does not arrive
	 */
	Mono<byte[]> read(ClientResponse response) {
		return read(response, UnaryOperator.identity());
	}

	/**
	 * Read the body of a response.
	 * @param response the response
	 * @param guard what the bytes pass before they are read
	 * @return the body, as with {@link #read(ClientResponse)}
	 */
	Mono<byte[]> read(ClientResponse response, UnaryOperator<Flux<DataBuffer>> guard) {
		if (response instanceof ReceivedResponse received) {
			return Mono.just(received.content());
		}
		Mono<byte[]> body = DataBufferUtils
			.join(guard.apply(response.body(BodyExtractors.toDataBuffers())), this.maxBytes)
			.map(BodyReader::toBytes)
			.onErrorMap(BodyReader::isMalformed, (ex) -> new IOException("The response is malformed", ex))
			.defaultIfEmpty(EMPTY);
		HttpHeaders headers = response.headers().asHttpHeaders();
		return body.flatMap((bytes) -> {
			if (isCutOff(bytes, headers)) {
				return Mono.error(new EOFException("The response ended after " + bytes.length + " bytes of "
						+ headers.getFirst(HttpHeaders.CONTENT_LENGTH)));
			}
			try {
				return Mono.just(ContentDecoder.decode(bytes, headers, this.maxBytes));
			}
			catch (MalformedContentException ex) {
				return Mono.error(ex);
			}
		});
	}

	/**
	 * Return whether a body is shorter than announced, which not all clients notice with
	 * HTTP/2. Some announce the length that it had before they decompressed it.
	 */
	private static boolean isCutOff(byte[] bytes, HttpHeaders headers) {
		String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
		return bytes.length > 0 && length != null && LENGTH.matcher(length).matches()
				&& !headers.containsHeader(HttpHeaders.CONTENT_ENCODING)
				&& !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING) && Long.parseLong(length) > bytes.length;
	}

	/**
	 * What a parser of HTTP complains about, such as a chunk size that is no number.
	 */
	private static boolean isMalformed(Throwable failure) {
		return failure instanceof IllegalArgumentException;
	}

	private static byte[] toBytes(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

}
