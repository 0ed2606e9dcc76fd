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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBufferLimitException;

/**
 * Decompresses a body that a connector has left compressed. The client does not ask for
 * compression where the connector can't undo it, but a proxy or cache may send it anyway.
 */
final class ContentDecoder {

	private static final int GZIP_MAGIC = 0x1f8b;

	private static final int ZLIB_METHOD = 0x78;

	private ContentDecoder() {
	}

	/**
	 * Return whether a body is compressed with gzip, by either of its names.
	 * @param encoding the header {@code Content-Encoding}, {@code null} if there is none
	 */
	static boolean isGzip(@Nullable String encoding) {
		String name = (encoding != null) ? encoding.strip().toLowerCase(Locale.ROOT) : "";
		return name.equals("gzip") || name.equals("x-gzip");
	}

	/**
	 * Decompress a body.
	 * @param bytes the body as it arrived, or decompressed by the connector already
	 * @param encoding the header {@code Content-Encoding}
	 * @param maxBytes how large the decompressed body may be
	 * @return the decompressed body
	 * @throws MalformedContentException if it can't be decompressed
	 * @throws DataBufferLimitException if it is too large
	 */
	static byte[] decode(byte[] bytes, String encoding, int maxBytes) throws MalformedContentException {
		if (bytes.length < 2) {
			return bytes;
		}
		if (isGzip(encoding)) {
			return (((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) == GZIP_MAGIC)
					? read(encoding, maxBytes, () -> new GZIPInputStream(new ByteArrayInputStream(bytes))) : bytes;
		}
		return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
			case "", "identity" -> bytes;
			case "deflate" -> (bytes[0] == ZLIB_METHOD)
					? read(encoding, maxBytes, () -> new InflaterInputStream(new ByteArrayInputStream(bytes))) : bytes;
			default -> decodedAlready(bytes, encoding);
		};
	}

	private static byte[] decodedAlready(byte[] bytes, String encoding) throws MalformedContentException {
		if (bytes[0] == '{' || bytes[0] == '[' || bytes[0] == '"') {
			return bytes;
		}
		throw new MalformedContentException("The response is compressed with '" + encoding.strip()
				+ "', which the client neither asked for nor understands", null);
	}

	private static byte[] read(String encoding, int maxBytes, Source source) throws MalformedContentException {
		try (InputStream in = source.open()) {
			byte[] content = in.readNBytes(maxBytes);
			if (in.read() >= 0) {
				throw new DataBufferLimitException("More than " + maxBytes + " bytes after decompression");
			}
			return content;
		}
		catch (IOException ex) {
			throw new MalformedContentException("The response claims to be '" + encoding.strip() + "', and is not", ex);
		}
	}

	@FunctionalInterface
	private interface Source {

		InputStream open() throws IOException;

	}

}
