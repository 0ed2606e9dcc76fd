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

package dev.trigger.emulator.http;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ValueNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Makes numbers what JavaScript makes of them, since servers read what they are sent and
 * write it anew: {@code 1.0} becomes {@code 1}, and of an integer with more than 53 bits
 * the last ones are lost.
 */
final class JavaScriptNumbers extends JsonNodeFactory {

	private static final long serialVersionUID = 1L;

	private static final long MAX_SAFE = 1L << 53;

	/**
	 * From here on JavaScript writes an exponent.
	 */
	private static final double EXPONENT = 1e21;

	@Override
	public NumericNode numberNode(long value) {
		return (Math.abs(value) <= MAX_SAFE) ? super.numberNode(value) : numberNode((double) value);
	}

	@Override
	public ValueNode numberNode(@Nullable BigInteger value) {
		return (value != null) ? numberNode(value.doubleValue()) : super.numberNode(value);
	}

	@Override
	public ValueNode numberNode(@Nullable BigDecimal value) {
		return (value != null) ? numberNode(value.doubleValue()) : super.numberNode(value);
	}

	@Override
	public NumericNode numberNode(float value) {
		return numberNode((double) value);
	}

	@Override
	public NumericNode numberNode(double value) {
		if (value != Math.rint(value) || Math.abs(value) >= EXPONENT) {
			return super.numberNode(value);
		}
		if (Math.abs(value) <= Integer.MAX_VALUE) {
			return super.numberNode((int) value);
		}
		return (Math.abs(value) <= MAX_SAFE) ? super.numberNode((long) value)
				: (NumericNode) super.numberNode(integer(value));
	}

	/**
	 * Return an integer with the digits that JavaScript writes.
	 */
	private static BigInteger integer(double value) {
		return new BigDecimal(Double.toString(value)).toBigInteger();
	}

	/**
	 * Writes a number without the fraction that it does not have.
	 */
	static final class DoubleSerializer extends StdSerializer<Double> {

		DoubleSerializer() {
			super(Double.class);
		}

		@Override
		public void serialize(Double value, JsonGenerator generator, SerializationContext context) {
			if (value != Math.rint(value) || Math.abs(value) >= EXPONENT) {
				generator.writeNumber(value);
			}
			else {
				generator.writeNumber(integer(value));
			}
		}

	}

}
