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

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jackson.JsonNodeDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads trees without loss: a number that a double would round, or take for zero or
 * infinite, stays a decimal. All others are doubles, as everywhere.
 */
final class ExactTreeModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	/**
	 * As many digits every double has.
	 */
	private static final int SAFE_LENGTH = 16;

	/**
	 * What is out of this is a double nevertheless: to calculate with such a number may
	 * take any time and memory.
	 */
	private static final int MAX_SCALE = 1_000;

	@SuppressWarnings("unchecked")
	ExactTreeModule() {
		super("trigger-exact-trees");
		addDeserializer(JsonNode.class, (ValueDeserializer<JsonNode>) (ValueDeserializer<?>) new TreeDeserializer(
				JsonNodeDeserializer.getDeserializer(JsonNode.class)));
	}

	private static final class TreeDeserializer extends DelegatingDeserializer {

		private TreeDeserializer(ValueDeserializer<?> delegate) {
			super(delegate);
		}

		@Override
		protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
			return new TreeDeserializer(delegate);
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			return super.deserialize(new ExactParser(parser), context);
		}

	}

	private static final class ExactParser extends JsonParserDelegate {

		private ExactParser(JsonParser parser) {
			super(parser);
		}

		@Override
		public NumberTypeFP getNumberTypeFP() {
			NumberTypeFP type = super.getNumberTypeFP();
			boolean rounded = type != NumberTypeFP.BIG_DECIMAL && !isNaN() && isRounded();
			return rounded ? NumberTypeFP.BIG_DECIMAL : type;
		}

		private boolean isRounded() {
			if (getStringLength() <= SAFE_LENGTH && getString().indexOf('e') < 0 && getString().indexOf('E') < 0) {
				return false;
			}
			BigDecimal exact = exact();
			if (exact == null || Math.abs((long) exact.scale()) > MAX_SCALE) {
				return false;
			}
			double rounded = getDoubleValue();
			return !Double.isFinite(rounded) || BigDecimal.valueOf(rounded).compareTo(exact) != 0;
		}

		/**
		 * Return the number, {@code null} if its exponent is one that no decimal has.
		 */
		private @Nullable BigDecimal exact() {
			try {
				return getDecimalValue();
			}
			catch (ArithmeticException | NumberFormatException ex) {
				return null;
			}
		}

	}

}
