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

package dev.trigger.spring.contracts.generator;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.lang.model.SourceVersion;

/**
 * Makes names of Java of any text: letters, digits and underscores, whatever the text is.
 */
final class Names {

	private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

	private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

	private static final int MAX_LENGTH = 60;

	/**
	 * Names that mean something in a record or its builder, or at the start of a line.
	 */
	private static final Set<String> MEMBERS = Set.of("build", "builder", "clone", "equals", "finalize", "getClass",
			"hashCode", "notify", "notifyAll", "permits", "record", "sealed", "toString", "var", "wait", "when",
			"yield");

	/**
	 * Types that generated sources use by their simple names.
	 */
	private static final Set<String> TYPES = Set.of("ArrayList", "BigDecimal", "BigInteger", "Boolean", "Builder",
			"Collections", "DecimalMax", "DecimalMin", "DeserializationContext", "Double", "Email", "Generated",
			"Instant", "Integer", "JsonAnyGetter", "JsonAnySetter", "JsonCreator", "JsonDeserialize", "JsonFormat",
			"JsonInclude", "JsonNode", "JsonParser", "JsonProperty", "JsonPropertyOrder", "JsonSubTypes",
			"JsonTypeInfo", "JsonValue", "LinkedHashMap", "List", "LocalDate", "Long", "Map", "Max", "Min", "Nullable",
			"Object", "Objects", "Override", "Pattern", "Reader", "Record", "Set", "Size", "String", "URI", "UUID",
			"Valid", "ValueDeserializer", "Void");

	private Names() {
	}

	/**
	 * Return the name of a type, such as {@code PlaceOrder} for {@code place-order}.
	 */
	static String type(String text) {
		String name = words(text).stream().map(Names::capitalize).collect(Collectors.joining());
		name = shorten(name.isEmpty() ? "Value" : Character.isDigit(name.charAt(0)) ? "Type" + name : name, text);
		return TYPES.contains(name) ? name + "Value" : name;
	}

	/**
	 * Return the name of a component or variable, such as {@code weirdName} for
	 * {@code weird-name}.
	 */
	static String member(String text) {
		String name = variable(text);
		return MEMBERS.contains(name) ? name + "_" : name;
	}

	/**
	 * Return the name of a method with a parameter, such as {@code placeOrder} for
	 * {@code place-order}.
	 */
	static String method(String text) {
		String name = variable(text);
		return (name.equals("wait") || name.equals("equals")) ? name + "_" : name;
	}

	private static String variable(String text) {
		List<String> words = words(text);
		StringBuilder name = new StringBuilder();
		for (String word : words) {
			name.append(name.isEmpty() ? uncapitalize(word) : capitalize(word));
		}
		if (name.isEmpty()) {
			return "value";
		}
		if (Character.isDigit(name.charAt(0))) {
			name.insert(0, '_');
		}
		String result = shorten(name.toString(), text);
		return SourceVersion.isKeyword(result, SourceVersion.RELEASE_17) ? result + "_" : result;
	}

	/**
	 * Return the name of a constant, such as {@code PLACE_ORDER} for {@code place-order}.
	 */
	static String constant(String text) {
		List<String> words = new ArrayList<>();
		for (String word : words(text)) {
			words.addAll(List.of(HUMP.split(word)));
		}
		String name = String.join("_", words).toUpperCase(Locale.ROOT);
		if (name.isEmpty()) {
			return text.isEmpty() ? "EMPTY" : "VALUE";
		}
		return shorten(Character.isDigit(name.charAt(0)) ? "_" + name : name, text);
	}

	/**
	 * Return a name that is not taken yet, and take it. Names of types are also names of
	 * files, some of which do not tell upper from lower case.
	 */
	static String unique(String name, Set<String> taken) {
		String candidate = name;
		for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
			candidate = name + i;
		}
		return candidate;
	}

	/**
	 * Return a short text that differs for different texts, as long as nobody seeks equal
	 * ones.
	 */
	static String hash(String text) {
		return Integer.toUnsignedString(text.hashCode(), 36);
	}

	private static List<String> words(String text) {
		String start = (text.length() > 2 * MAX_LENGTH) ? text.substring(0, 2 * MAX_LENGTH) : text;
		String plain = Normalizer.normalize(start, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
		List<String> words = new ArrayList<>();
		Matcher matcher = WORD.matcher(plain);
		while (matcher.find()) {
			words.add(matcher.group());
		}
		return words;
	}

	private static String shorten(String name, String text) {
		return (name.length() <= MAX_LENGTH) ? name : name.substring(0, MAX_LENGTH - 8) + "_" + hash(text);
	}

	private static String capitalize(String word) {
		return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
	}

	/**
	 * Begin with a lower case letter, and with lower case letters if nothing else is
	 * there: {@code URL} becomes {@code url}, {@code SKUCode} stays nearly as it is.
	 */
	private static String uncapitalize(String word) {
		return word.equals(word.toUpperCase(Locale.ROOT)) ? word.toLowerCase(Locale.ROOT)
				: word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
	}

}
