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
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for what is read of a body that is compressed, or says so, and for secrets in
 * URLs.
 */
class ContentDecoderTests {

	private static final String TEXT = "{\"id\":\"run_1\",\"text\":\"" + "abc ".repeat(3000) + "\"}";

	private static final int TRAILER = 8;

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "gzip, true", "x-gzip, true", "' GZIP ', true", "deflate, false",
			"'', false", "-, false", "'gzip, br', false" })
	void encodingIsGzipWhateverItsCase(@Nullable String encoding, boolean gzip) {
		assertThat(ContentDecoder.isGzip(encoding)).isEqualTo(gzip);
	}

	@Test
	void bodyIsDecodedAsItsEncodingSays() throws IOException {
		byte[] text = bytes(TEXT);
		assertThat(ContentDecoder.decode(gzip(text, 0), "gzip", 1_000_000)).isEqualTo(text);
		assertThat(ContentDecoder.decode(zlib(text), " Deflate ", 1_000_000)).isEqualTo(text);
		assertThat(ContentDecoder.decode(gzip(text, 0), "gzip", text.length)).isEqualTo(text);
		for (String encoding : List.of("gzip", "deflate", "identity", "", "br")) {
			// the connector has decoded it
			assertThat(ContentDecoder.decode(text, encoding, 1_000_000)).isEqualTo(text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "\"text\"" })
	void bodyThatIsJsonIsDecodedAlready(String json) throws IOException {
		assertThat(ContentDecoder.decode(bytes(json), "br", 100)).isEqualTo(bytes(json));
	}

	@Test
	void bodyOfOneByteIsNotCompressed() throws IOException {
		assertThat(ContentDecoder.decode(bytes("1"), "br", 100)).isEqualTo(bytes("1"));
		assertThat(ContentDecoder.decode(new byte[0], "gzip", 100)).isEmpty();
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> ContentDecoder.decode(new byte[] { 1, 2 }, "br", 100));
	}

	@Test
	void bodyThatIsNotWhatItSaysIsRefused() {
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> ContentDecoder.decode(bytes("\u0001\u0002\u0003"), " br ", 100))
			.withMessage("The response is compressed with 'br', which the client neither asked for nor understands");
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> ContentDecoder.decode(new byte[] { 0x1f, (byte) 0x8b, 1, 2 }, "gzip", 100))
			.withMessage("The response claims to be 'gzip', but is not");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16BE", "UTF-16LE" })
	void byteOrderMarkNamesTheCharacterSetIfNothingElseDoes(String charset) throws IOException {
		byte[] marked = ("\ufeff" + TEXT).getBytes(Charset.forName(charset));
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
		assertThat(new String(ContentDecoder.decode(marked, headers, 10_000), StandardCharsets.UTF_8)).isEqualTo(TEXT);
	}

	@Test
	void bodyThatIsTooLargeAfterDecompressionIsRefused() {
		byte[] text = bytes(TEXT);
		assertThatExceptionOfType(DataBufferLimitException.class)
			.isThrownBy(() -> ContentDecoder.decode(gzip(text, 0), "gzip", text.length - 1))
			.withMessageContaining("More than " + (text.length - 1) + " bytes");
		assertThatExceptionOfType(DataBufferLimitException.class)
			.isThrownBy(() -> ContentDecoder.decode(gzip(new byte[101], 0), "gzip", 100));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 4, 8, 16, 4 | 8, 8 | 16, 2 | 4 | 8 | 16 })
	void streamIsDecompressedWhereverItIsSplit(int flags) {
		byte[] compressed = gzip(bytes(TEXT), flags);
		for (int first = 0; first < 60; first++) {
			assertThat(read("gzip", compressed, first)).isEqualTo(TEXT);
		}
		assertThat(read("gzip", compressed, compressed.length - TRAILER)).isEqualTo(TEXT);
	}

	@Test
	void streamOfSingleBytesIsDecompressed() {
		byte[] compressed = gzip(bytes("text"), 2 | 4 | 8 | 16);
		List<byte[]> pieces = new ArrayList<>();
		for (byte piece : compressed) {
			pieces.add(new byte[] { piece });
		}
		assertThat(read("gzip", pieces.toArray(byte[][]::new))).isEqualTo("text");
	}

	@Test
	void streamThatIsNotCompressedIsLeftAsItIs() {
		assertThat(read("gzip", new byte[0], bytes("data: 1\n"), bytes("data: 2\n"))).isEqualTo("data: 1\ndata: 2\n");
		assertThat(read("identity", gzip(bytes("a"), 0))).isNotEqualTo("a");
		assertThat(read(null, bytes("more than a byte"))).isEqualTo("more than a byte");
	}

	@Test
	void streamThatIsBrokenIsRefused() {
		byte[] broken = gzip(bytes(TEXT), 0);
		for (int i = 10; i < broken.length; i++) {
			broken[i] = -1;
		}
		assertThatExceptionOfType(MalformedContentException.class).isThrownBy(() -> {
			try {
				read("gzip", broken);
			}
			catch (RuntimeException ex) {
				throw ex.getCause();
			}
		}).withMessage("The response claims to be 'gzip', but is not");
	}

	@Test
	void streamOfSeveralMembersIsReadToItsEnd() {
		byte[] first = gzip(bytes("first "), 8);
		byte[] second = gzip(bytes("second"), 4);
		byte[] all = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, all, first.length, second.length);
		for (int i = 0; i <= all.length; i++) {
			assertThat(read("gzip", all, i)).isEqualTo("first second");
		}
		assertThat(read("gzip", Arrays.copyOf(all, all.length + 100), 20)).isEqualTo("first second");
	}

	@Test
	void streamOfWhichMuchIsCompressedIsReadInPieces() {
		byte[] zeros = new byte[10_000_000];
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
		Flux<DataBuffer> body = Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(gzip(zeros, 0)));
		assertThat(GzipBody.read(body, headers).map(DataBuffer::readableByteCount).collectList().block())
			.allSatisfy((size) -> assertThat(size).isBetween(1, 16 * 1024))
			.satisfies((sizes) -> assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(10_000_000));
	}

	/**
	 * If everything so far were looked at again with each byte, this would take a minute.
	 */
	@Test
	@Timeout(20)
	void streamOfWhichLongHeadersComeByteByByteIsReadInLinearTime() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < 10; i++) {
			byte[] member = gzip(bytes("a"), 8);
			bytes.write(member, 0, 10);
			bytes.writeBytes(bytes("n".repeat(120_000)));
			bytes.write(member, 10, member.length - 10);
		}
		byte[] all = bytes.toByteArray();
		byte[][] pieces = new byte[all.length][];
		for (int i = 0; i < all.length; i++) {
			pieces[i] = new byte[] { all[i] };
		}
		assertThat(read("gzip", pieces)).isEqualTo("a".repeat(10));
	}

	private static String read(@Nullable String encoding, byte[] all, int first) {
		byte[] start = Arrays.copyOf(all, first);
		return read(encoding, start, Arrays.copyOfRange(all, first, all.length));
	}

	private static String read(@Nullable String encoding, byte[]... pieces) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_ENCODING, encoding);
		Flux<DataBuffer> body = Flux.fromArray(pieces).map(DefaultDataBufferFactory.sharedInstance::wrap);
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		GzipBody.read(body, headers).doOnNext((buffer) -> {
			byte[] piece = new byte[buffer.readableByteCount()];
			buffer.read(piece);
			content.writeBytes(piece);
		}).blockLast();
		return content.toString(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Compress with the optional fields of a header that some flags stand for.
	 */
	private static byte[] gzip(byte[] content, int flags) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		write(content, compressed, (out) -> new GZIPOutputStream(out));
		byte[] plain = compressed.toByteArray();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.write(plain, 0, 3);
		bytes.write(flags);
		bytes.write(plain, 4, 6);
		if ((flags & 4) != 0) {
			bytes.writeBytes(new byte[] { 44, 1 });
			bytes.writeBytes(new byte[256 + 44]);
		}
		if ((flags & 8) != 0) {
			bytes.writeBytes(bytes("name.json\0"));
		}
		if ((flags & 16) != 0) {
			bytes.writeBytes(bytes("\0"));
		}
		if ((flags & 2) != 0) {
			bytes.writeBytes(new byte[] { 7, 7 });
		}
		bytes.write(plain, 10, plain.length - 10);
		return bytes.toByteArray();
	}

	private static byte[] zlib(byte[] content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		write(content, bytes, DeflaterOutputStream::new);
		return bytes.toByteArray();
	}

	private static void write(byte[] content, ByteArrayOutputStream to, Compression compression) {
		try (OutputStream out = compression.of(to)) {
			out.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Compression {

		OutputStream of(OutputStream out) throws IOException;

	}

	@ParameterizedTest
	@ValueSource(strings = { "authorization", "Host", "CONTENT-LENGTH", "x-trigger-branch", "transfer-encoding",
			"accept-encoding" })
	void headersOfTheClientAreReserved(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> ReservedHeaders.check(name))
			.withMessageStartingWith("The header '" + name + "' is set by the client: ");
	}

	@Test
	void headerTakesWhatCanBeSent() {
		ReservedHeaders.check("x-mine");
		ReservedHeaders.checkValue("x-mine", "caf\u00e9 \u00ff");
		for (String value : List.of("a\r\nb", "a\nb", "\u0000", "\u0100", "\u007f")) {
			assertThat(ReservedHeaders.isValue(value)).isFalse();
			assertThatIllegalArgumentException().isThrownBy(() -> ReservedHeaders.checkValue("x-mine", value))
				.withMessage("The header 'x-mine' contains a line break or a character outside of Latin-1");
		}
	}

}
