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

package dev.trigger.spring.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.util.JsonGeneratorDelegate;

/**
 * Writes strict JSON: refuses NaN and infinite numbers, which Jackson would write as
 * texts, so that a task which expects a number gets {@code "NaN"}. Also notes whether
 * something was written raw, which has to be checked afterwards.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class StrictGenerator extends JsonGeneratorDelegate {

	private boolean writtenRaw;

	/**
	 * Create a generator.
	 * @param delegate the generator that writes
	 */
	public StrictGenerator(JsonGenerator delegate) {
		super(delegate);
	}

	@Override
	public JsonGenerator writeNumber(double value) {
		if (!Double.isFinite(value)) {
			throw refused(value);
		}
		return super.writeNumber(value);
	}

	@Override
	public JsonGenerator writeNumber(float value) {
		if (!Float.isFinite(value)) {
			throw refused(value);
		}
		return super.writeNumber(value);
	}

	@Override
	public JsonGenerator writeArray(double[] values, int offset, int length) {
		for (int i = offset; i < offset + length; i++) {
			if (!Double.isFinite(values[i])) {
				throw refused(values[i]);
			}
		}
		return super.writeArray(values, offset, length);
	}

	@Override
	public JsonGenerator writeRaw(String text) {
		this.writtenRaw = true;
		return super.writeRaw(text);
	}

	@Override
	public JsonGenerator writeRaw(String text, int offset, int length) {
		this.writtenRaw = true;
		return super.writeRaw(text, offset, length);
	}

	@Override
	public JsonGenerator writeRaw(SerializableString text) {
		this.writtenRaw = true;
		return super.writeRaw(text);
	}

	@Override
	public JsonGenerator writeRaw(char[] text, int offset, int length) {
		this.writtenRaw = true;
		return super.writeRaw(text, offset, length);
	}

	@Override
	public JsonGenerator writeRaw(char character) {
		this.writtenRaw = true;
		return super.writeRaw(character);
	}

	@Override
	public JsonGenerator writeRawValue(String text) {
		this.writtenRaw = true;
		return super.writeRawValue(text);
	}

	@Override
	public JsonGenerator writeRawValue(String text, int offset, int length) {
		this.writtenRaw = true;
		return super.writeRawValue(text, offset, length);
	}

	@Override
	public JsonGenerator writeRawValue(char[] text, int offset, int length) {
		this.writtenRaw = true;
		return super.writeRawValue(text, offset, length);
	}

	/**
	 * Return whether something was written raw, and may not be JSON.
	 * @return {@code true} if something was
	 */
	public boolean hasWrittenRaw() {
		return this.writtenRaw;
	}

	private UnsupportedValueException refused(double value) {
		return new UnsupportedValueException(this,
				"JSON has no " + (Double.isNaN(value) ? "NaN" : "infinite numbers") + ": pass null or a text");
	}

}
