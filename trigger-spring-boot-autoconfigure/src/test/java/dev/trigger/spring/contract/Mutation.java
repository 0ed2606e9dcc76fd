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

package dev.trigger.spring.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Makes of a good body one that is not, or that is good in another way.
 */
final class Mutation {

	private static final List<String> TOKENS = List.of("null", "true", "0", "-1", "-0", "1e400", "1e-400",
			"1E+1000000000", "1.0", "9223372036854775808", "-9223372036854775809", "2147483648", "9".repeat(900),
			"9".repeat(1100), "0." + "3".repeat(900), "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"",
			"\"\\ud83d\\ude00\"", "\"NaN\"", "\"Infinity\"", "\"-0\"", "\"2025-13-45T99:99:99Z\"", "\"2025-01-01\"",
			"\"+999999999-01-01T00:00:00Z\"", "\"-999999999-01-01T00:00:00+18:00\"", "\"1e9\"",
			"\"9" + "9".repeat(2000) + "\"", "\"a.b\\\\.c\"", "\"http://127.0.0.1:1/x\"", "\"javascript:1\"",
			"\"../..\"", "\"__proto__\"", "\"application/super+json\"", "\"application/store\"", "\"text/plain\"", "[]",
			"{}", "[null]", "[[]]", "{\"\":null}", "[{}]", "[[\"Date\"]]", "[\"map\"]", "[\"undefined\"]",
			"[\"bigint\"]", "{\"json\":{\"a\":\"1\"},\"meta\":{\"values\":{\"a\":[\"bigint\"]}}}", "[".repeat(600),
			"[".repeat(400) + "]".repeat(400), "{\"a\":".repeat(400) + "1" + "}".repeat(400), "NaN", "'x'", "/*x*/",
			",", ":", "\\", "\"", "}", "]", "\u0000", "\uFEFF");

	private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
			StandardCharsets.ISO_8859_1, Charset.forName("UTF-32"));

	private final Random random;

	Mutation(Random random) {
		this.random = random;
	}

	byte[] of(JsonNode seed) {
		JsonNode tree = seed.deepCopy();
		List<JsonNode> containers = new ArrayList<>();
		collect(tree, containers);
		for (int i = this.random.nextInt(4); i > 0 && !containers.isEmpty(); i--) {
			change(containers.get(this.random.nextInt(containers.size())), containers);
		}
		return of(tree.toString());
	}

	byte[] of(String seed) {
		if (this.random.nextInt(200) == 0) {
			return seed.getBytes(CHARSETS.get(this.random.nextInt(CHARSETS.size())));
		}
		byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
		for (int i = Math.max(0, this.random.nextInt(6) - 2); i > 0; i--) {
			bytes = change(bytes);
		}
		return bytes;
	}

	String token() {
		return TOKENS.get(this.random.nextInt(TOKENS.size()));
	}

	private static void collect(JsonNode node, List<JsonNode> containers) {
		if (node.isContainer()) {
			containers.add(node);
			node.values().forEach((child) -> collect(child, containers));
		}
	}

	private void change(JsonNode container, List<JsonNode> others) {
		JsonNode value = (this.random.nextInt(4) == 0) ? others.get(this.random.nextInt(others.size())).deepCopy()
				: JsonNodeFactory.instance.rawValueNode(new RawValue(token()));
		if (container instanceof ObjectNode object) {
			List<String> names = List.copyOf(object.propertyNames());
			String name = names.isEmpty() ? "x" : names.get(this.random.nextInt(names.size()));
			if (this.random.nextInt(4) == 0) {
				object.remove(name);
			}
			else {
				object.set(name, value);
			}
		}
		else if (container instanceof ArrayNode array) {
			if (array.isEmpty() || this.random.nextInt(3) == 0) {
				array.add(value);
			}
			else {
				array.set(this.random.nextInt(array.size()), value);
			}
		}
	}

	private byte[] change(byte[] bytes) {
		int from = this.random.nextInt(bytes.length + 1);
		int to = Math.min(bytes.length, from + this.random.nextInt(1 + Math.min(64, bytes.length)));
		return switch (this.random.nextInt(6)) {
			case 0 ->
				join(bytes, from, new byte[] { (byte) this.random.nextInt(256) }, Math.min(from + 1, bytes.length));
			case 1 -> join(bytes, from, new byte[0], to);
			case 2 -> join(bytes, from, token().getBytes(StandardCharsets.UTF_8), to);
			case 3 -> join(bytes, from, Arrays.copyOfRange(bytes, from, to), from);
			case 4 -> Arrays.copyOf(bytes, from);
			default -> join(bytes, from, token().getBytes(StandardCharsets.UTF_8), from);
		};
	}

	private static byte[] join(byte[] bytes, int from, byte[] middle, int to) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + middle.length);
		out.write(bytes, 0, from);
		out.writeBytes(middle);
		out.write(bytes, to, bytes.length - to);
		return out.toByteArray();
	}

}
