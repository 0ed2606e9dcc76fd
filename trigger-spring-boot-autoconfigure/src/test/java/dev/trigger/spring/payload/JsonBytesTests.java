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

package dev.trigger.spring.payload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonBytes}.
 */
class JsonBytesTests {

	private static final String JSON = "{\"a\":\"ä€😀\"}";

	private final JsonBytes bytes = new JsonBytes(JSON.getBytes(StandardCharsets.UTF_8));

	private final SerializedString string = new SerializedString(JSON);

	private final JsonMapper mapper = JsonMapper.builder().build();

	@Test
	void isWrittenAsItIs() {
		Map<String, Object> body = Map.of("payload", new RawValue(this.bytes));
		String expected = "{\"payload\":" + JSON + "}";
		assertThat(new String(this.mapper.writeValueAsBytes(body), StandardCharsets.UTF_8)).isEqualTo(expected);
		StringWriter writer = new StringWriter();
		this.mapper.writeValue(writer, body);
		assertThat(writer).hasToString(expected);
	}

	@Test
	void isWrittenAsItIsWhenItExceedsTheBufferOfTheGenerator() {
		String large = "\"" + "x".repeat(50_000) + "\"";
		JsonBytes json = new JsonBytes(large.getBytes(StandardCharsets.UTF_8));
		assertThat(this.mapper.writeValueAsBytes(new RawValue(json))).asString().isEqualTo(large);
	}

	@Test
	void behavesAsTheStringDoes() throws IOException {
		assertThat(this.bytes.getValue()).isEqualTo(JSON);
		assertThat(this.bytes).hasToString(JSON);
		assertThat(this.bytes.charLength()).isEqualTo(JSON.length());
		assertThat(this.bytes.asUnquotedUTF8()).isEqualTo(this.string.asUnquotedUTF8());
		assertThat(this.bytes.asQuotedUTF8()).isEqualTo(this.string.asQuotedUTF8());
		assertThat(this.bytes.asQuotedChars()).isEqualTo(this.string.asQuotedChars());
		byte[] buffer = new byte[64];
		assertThat(this.bytes.appendUnquotedUTF8(buffer, 1)).isEqualTo(this.string.appendUnquotedUTF8(new byte[64], 1));
		assertThat(this.bytes.appendUnquotedUTF8(new byte[4], 0)).isEqualTo(-1);
		assertThat(this.bytes.putUnquotedUTF8(ByteBuffer.allocate(4))).isEqualTo(-1);
		assertThat(this.bytes.putUnquotedUTF8(ByteBuffer.allocate(64))).isEqualTo(buffer(JSON));
		assertThat(this.bytes.putQuotedUTF8(ByteBuffer.allocate(64)))
			.isEqualTo(this.string.putQuotedUTF8(ByteBuffer.allocate(64)));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		assertThat(this.bytes.writeUnquotedUTF8(out)).isEqualTo(out.size());
		assertThat(this.bytes.writeQuotedUTF8(out)).isEqualTo(this.string.writeQuotedUTF8(out));
	}

	private static int buffer(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
