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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Makes the text in UTF-8 of a body that everything else reads. It undoes compressions
 * that a connector has left: the client does not ask for compression where the connector
 * can't undo it, but a proxy, cache or object store may send it anyway, in layers or
 * without a header. And it recodes text that is declared to be in another character set.
 */
final class ContentDecoder {

	private static final String GZIP = "gzip";

	private static final String DEFLATE = "deflate";

	/**
	 * What stands in the header although nothing is compressed: an object store keeps
	 * what the upload said, and some servers write the character set there.
	 */
	private static final Set<String> NOT_COMPRESSED = Set.of("", "identity", "none", "aws-chunked", "utf-8", "utf8",
			"binary", "7bit", "8bit");

	private static final int GZIP_MAGIC = 0x1f8b;

	private static final int BIG_ENDIAN = 0xfeff;

	private static final int LITTLE_ENDIAN = 0xfffe;

	private static final int MAX_LAYERS = 4;

	private ContentDecoder() {
	}

	/**
	 * Return whether a body is compressed with gzip and nothing else.
	 * @param encoding the header {@code Content-Encoding}, {@code null} if there is none
	 */
	static boolean isGzip(@Nullable String encoding) {
		return encoding != null && layers(encoding).equals(List.of(GZIP));
	}

	/**
	 * Return the whole header {@code Content-Encoding}, which may have come in several
	 * parts.
	 * @param headers the headers of the response
	 * @return the header, {@code null} if there is none
	 */
	static @Nullable String encoding(HttpHeaders headers) {
		List<String> parts = headers.get(HttpHeaders.CONTENT_ENCODING);
		return (parts != null) ? String.join(",", parts) : null;
	}

	/**
	 * Return the compressions that the header names, in the order in which they were
	 * applied.
	 */
	private static List<String> layers(String encoding) {
		List<String> layers = new ArrayList<>();
		for (String part : encoding.toLowerCase(Locale.ROOT).split(",")) {
			String name = part.strip();
			if (!NOT_COMPRESSED.contains(name)) {
				layers.add(name.equals("x-gzip") ? GZIP : name);
			}
		}
		return layers;
	}

	/**
	 * Decode a body.
	 * @param bytes the body as it arrived, or decompressed by the connector already
	 * @param headers the headers of the response
	 * @param maxBytes how large the decoded body may be
	 * @return the text of the body in UTF-8
	 * @throws MalformedContentException if it can't be decompressed
	 * @throws DataBufferLimitException if it is too large
	 */
	static byte[] decode(byte[] bytes, HttpHeaders headers, int maxBytes) throws MalformedContentException {
		String encoding = encoding(headers);
		byte[] content = decode(bytes, (encoding != null) ? encoding : "", maxBytes);
		Charset named = charset(headers.getFirst(HttpHeaders.CONTENT_TYPE));
		Charset charset = (named == null && isMarkedAsUtf16(content)) ? StandardCharsets.UTF_16 : named;
		boolean utf8 = charset == null || (isSingleByte(charset) && isUtf8(content));
		return utf8 ? content : new String(content, charset).getBytes(StandardCharsets.UTF_8);
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
		List<String> layers = layers(encoding);
		byte[] content = bytes;
		for (int i = layers.size() - 1; i >= Math.max(0, layers.size() - MAX_LAYERS); i--) {
			content = undo(content, layers.get(i), encoding, maxBytes);
		}
		// no text begins like gzip does, so this is a layer that no header names
		for (int i = 0; i < MAX_LAYERS && layers.isEmpty() && isGzip(content); i++) {
			content = gunzip(content, GZIP, maxBytes);
		}
		return content;
	}

	private static byte[] undo(byte[] bytes, String layer, String encoding, int maxBytes)
			throws MalformedContentException {
		if (bytes.length < 2) {
			return bytes;
		}
		return switch (layer) {
			case GZIP -> isGzip(bytes) ? gunzip(bytes, encoding, maxBytes) : bytes;
			case DEFLATE -> inflate(bytes, encoding, maxBytes);
			default -> decodedAlready(bytes, encoding);
		};
	}

	private static boolean isGzip(byte[] bytes) {
		return bytes.length > 1 && ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) == GZIP_MAGIC;
	}

	private static byte[] gunzip(byte[] bytes, String encoding, int maxBytes) throws MalformedContentException {
		return read(encoding, maxBytes, () -> new GZIPInputStream(new ByteArrayInputStream(bytes)));
	}

	/**
	 * By its definition the data has a header, which some servers leave out.
	 */
	private static byte[] inflate(byte[] bytes, String encoding, int maxBytes) throws MalformedContentException {
		boolean header = (bytes[0] & 0x0f) == 8 && ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) % 31 == 0;
		if (header) {
			return read(encoding, maxBytes, () -> new InflaterInputStream(new ByteArrayInputStream(bytes)));
		}
		Inflater inflater = new Inflater(true);
		try {
			return read(encoding, maxBytes, () -> new InflaterInputStream(new ByteArrayInputStream(bytes), inflater));
		}
		catch (MalformedContentException ex) {
			return bytes;
		}
		finally {
			inflater.end();
		}
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
			throw new MalformedContentException("The response claims to be '" + encoding.strip() + "', but is not", ex);
		}
	}

	/**
	 * Return the character set that a content type names.
	 * @return the character set, {@code null} for UTF-8, or if there is none that is
	 * known
	 */
	private static @Nullable Charset charset(@Nullable String contentType) {
		if (contentType == null || !contentType.toLowerCase(Locale.ROOT).contains("charset")) {
			return null;
		}
		try {
			Charset charset = MediaType.parseMediaType(contentType).getCharset();
			return StandardCharsets.UTF_8.equals(charset) ? null : charset;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isMarkedAsUtf16(byte[] bytes) {
		int mark = (bytes.length > 1) ? (bytes[0] & 0xff) << 8 | bytes[1] & 0xff : 0;
		return mark == BIG_ENDIAN || mark == LITTLE_ENDIAN;
	}

	private static boolean isSingleByte(Charset charset) {
		return !charset.name().startsWith("UTF-16") && !charset.name().startsWith("UTF-32");
	}

	/**
	 * Frameworks add a default of theirs to the content type of what is UTF-8.
	 */
	private static boolean isUtf8(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	@FunctionalInterface
	private interface Source {

		InputStream open() throws IOException;

	}

}
