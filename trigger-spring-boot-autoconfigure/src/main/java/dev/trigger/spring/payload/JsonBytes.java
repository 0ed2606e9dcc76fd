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

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * JSON in UTF-8 that goes into a request as it is. As a {@link String} it would be
 * decoded only to be encoded again.
 */
final class JsonBytes implements SerializableString {

	private final byte[] json;

	JsonBytes(byte[] json) {
		this.json = json;
	}

	@Override
	public byte[] asUnquotedUTF8() {
		return this.json;
	}

	@Override
	public int appendUnquotedUTF8(byte[] buffer, int offset) {
		if (this.json.length > buffer.length - offset) {
			return -1;
		}
		System.arraycopy(this.json, 0, buffer, offset, this.json.length);
		return this.json.length;
	}

	@Override
	public int writeUnquotedUTF8(OutputStream out) throws IOException {
		out.write(this.json);
		return this.json.length;
	}

	@Override
	public int putUnquotedUTF8(ByteBuffer buffer) {
		if (this.json.length > buffer.remaining()) {
			return -1;
		}
		buffer.put(this.json);
		return this.json.length;
	}

	@Override
	public String getValue() {
		return new String(this.json, StandardCharsets.UTF_8);
	}

	@Override
	public int charLength() {
		return getValue().length();
	}

	@Override
	public int appendUnquoted(char[] buffer, int offset) {
		return asString().appendUnquoted(buffer, offset);
	}

	@Override
	public char[] asQuotedChars() {
		return asString().asQuotedChars();
	}

	@Override
	public byte[] asQuotedUTF8() {
		return asString().asQuotedUTF8();
	}

	@Override
	public int appendQuotedUTF8(byte[] buffer, int offset) {
		return asString().appendQuotedUTF8(buffer, offset);
	}

	@Override
	public int appendQuoted(char[] buffer, int offset) {
		return asString().appendQuoted(buffer, offset);
	}

	@Override
	public int writeQuotedUTF8(OutputStream out) throws IOException {
		return asString().writeQuotedUTF8(out);
	}

	@Override
	public int putQuotedUTF8(ByteBuffer buffer) throws IOException {
		return asString().putQuotedUTF8(buffer);
	}

	private SerializedString asString() {
		return new SerializedString(getValue());
	}

	@Override
	public String toString() {
		return getValue();
	}

}
