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

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares JSON by value, and collects what differs.
 */
final class JsonComparison {

	private static final String ANY = "$any";

	private static final String JWT = "$jwt";

	private static final String ADDITIONAL_KEY = "_sk_";

	private static final String UUID = "$uuid";

	private static final Pattern RANDOM_UUID = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

	private final List<String> differences = new ArrayList<>();

	private final boolean modelled;

	private final @Nullable String signingKey;

	private JsonComparison(boolean modelled, @Nullable String signingKey) {
		this.modelled = modelled;
		this.signingKey = signingKey;
	}

	/**
	 * Compare what was sent: nothing may be missing, and nothing may be added.
	 * @param what the name of what is compared
	 * @param expected what was expected
	 * @param actual what was sent
	 * @return the differences
	 */
	static List<String> ofRequest(String what, JsonNode expected, JsonNode actual) {
		JsonComparison comparison = new JsonComparison(false, null);
		comparison.compare(what, Argument.expand(expected), actual);
		return comparison.differences;
	}

	/**
	 * Compare a result: what the client's types leave out may be missing, {@code null} is
	 * as good as absent, and instants are compared to the millisecond.
	 * @param expected what was expected
	 * @param actual the result as JSON
	 * @param signingKey the key with which tokens in the result are signed
	 * @return the differences
	 */
	static List<String> ofResult(JsonNode expected, JsonNode actual, @Nullable String signingKey) {
		JsonComparison comparison = new JsonComparison(true, signingKey);
		JsonNode expanded = Argument.expand(expected);
		comparison.compare("result", expanded, actual);
		if (expanded.isObject() && !expanded.isEmpty() && actual.isObject() && actual.isEmpty()) {
			comparison.differences.add("result: nothing of it is modelled");
		}
		return comparison.differences;
	}

	/**
	 * Mark the random UUIDs that the client made up, which were others when they were
	 * recorded.
	 * @param expected what was sent then
	 * @param given what the client was given, so that it did not make it up
	 * @return the same with marks
	 */
	static JsonNode markRandom(JsonNode expected, JsonNode given) {
		String known = given.toString();
		return Contract.json(RANDOM_UUID.matcher(expected.toString())
			.replaceAll((uuid) -> known.contains(uuid.group()) ? uuid.group() : Matcher.quoteReplacement(UUID)));
	}

	private void compare(String path, JsonNode expected, JsonNode actual) {
		if (expected.isString() && expected.stringValue().equals(UUID)) {
			check(path, RANDOM_UUID.matcher(actual.asString("")).matches(), expected, actual);
		}
		else if (expected.isString() && expected.stringValue().equals(ANY)) {
			check(path, !actual.isMissingNode(), expected, actual);
		}
		else if (expected.has(JWT)) {
			compareToken(path, expected.get(JWT), actual);
		}
		else if (expected.isObject() && actual.isObject()) {
			compareObjects(path, expected, actual);
		}
		else if (expected.isArray() && actual.isArray()) {
			compareArrays(path, expected, actual);
		}
		else if (expected.isNumber() && actual.isNumber()) {
			check(path, expected.decimalValue().compareTo(actual.decimalValue()) == 0, expected, actual);
		}
		else if (isVoid(expected) && isVoid(actual)) {
			check(path, this.modelled || expected.isNull() == actual.isNull(), expected, actual);
		}
		else {
			check(path, expected.equals(actual) || (this.modelled && isSameInstant(expected, actual)), expected,
					actual);
		}
	}

	private void compareObjects(String path, JsonNode expected, JsonNode actual) {
		for (Map.Entry<String, JsonNode> field : expected.properties()) {
			JsonNode value = actual.path(field.getKey());
			if (!(this.modelled && isLeftOut(field, value))) {
				compare(path + "." + field.getKey(), field.getValue(), value);
			}
		}
		for (Map.Entry<String, JsonNode> field : actual.properties()) {
			if (!expected.has(field.getKey()) && !(this.modelled && isAllowed(field.getKey(), field.getValue()))) {
				this.differences.add(path + "." + field.getKey() + ": not expected, but is " + cut(field.getValue()));
			}
			else if (this.modelled && !expected.has(field.getKey()) && !isKnown(field.getKey())) {
				this.differences.add(path + "." + field.getKey() + ": modelled, but no response has such a field");
			}
		}
	}

	private static boolean isKnown(String field) {
		return Contract.hasField(field) || WireExclusions.isDocumentedOnly(field);
	}

	/**
	 * Return whether a type leaves a field out. One that it has, but that is
	 * {@code null}, is not left out.
	 */
	private static boolean isLeftOut(Map.Entry<String, JsonNode> expected, JsonNode actual) {
		boolean zero = expected.getValue().isNumber() && expected.getValue().decimalValue().signum() == 0;
		return actual.isMissingNode() || expected.getKey().startsWith("$")
				|| (zero && actual.isNull() && WireExclusions.isNullForZero(expected.getKey()));
	}

	private void compareArrays(String path, JsonNode expected, JsonNode actual) {
		if (expected.size() != actual.size()) {
			this.differences.add(path + ": expected " + expected.size() + " elements, but there are " + actual.size()
					+ ": " + cut(actual));
			return;
		}
		for (int i = 0; i < expected.size(); i++) {
			compare(path + "[" + i + "]", expected.get(i), actual.get(i));
		}
	}

	private void compareToken(String path, JsonNode expected, JsonNode actual) {
		String token = actual.asString("");
		String[] parts = token.split("\\.");
		if (parts.length != 3) {
			this.differences.add(path + ": not a token: " + cut(actual));
			return;
		}
		try {
			this.differences
				.addAll(ofRequest(path + " (header)", Contract.json("{\"alg\":\"HS256\"}"), decode(parts[0])));
			ObjectNode claims = (ObjectNode) decode(parts[1]);
			long lifetime = claims.path("exp").longValue() - claims.path("iat").longValue();
			if (expected.has("lifetimeSeconds") && lifetime != expected.get("lifetimeSeconds").longValue()) {
				this.differences
					.add(path + ": expected to live " + expected.get("lifetimeSeconds") + " s, but lives " + lifetime);
			}
			JsonNode expectedClaims = expected.path("claims");
			for (String name : List.of("exp", "iat")) {
				if (!expectedClaims.has(name)) {
					claims.remove(name);
				}
			}
			this.differences.addAll(ofRequest(path, expectedClaims, claims));
			if (!isSigned(token)) {
				this.differences.add(path + ": not signed with the credential of the request");
			}
		}
		catch (IllegalArgumentException | JacksonException ex) {
			this.differences.add(path + ": not a token: " + ex.getMessage());
		}
	}

	private static JsonNode decode(String part) {
		return Contract.json(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
	}

	private boolean isSigned(String token) {
		int dot = token.lastIndexOf('.');
		if (this.signingKey == null || this.signingKey.contains(ADDITIONAL_KEY) || dot < 0) {
			return false;
		}
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.signingKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			byte[] signature = mac.doFinal(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(signature).equals(token.substring(dot + 1));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isVoid(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

	/**
	 * Return whether a field may stand for one that is absent: lists are never null in
	 * the client's types, nor are flags. A handle has a token wherever one can be signed,
	 * which cases where the SDK fails don't show.
	 */
	private boolean isAllowed(String name, JsonNode node) {
		return isVoid(node) || (node.isContainer() && node.isEmpty()) || (node.isBoolean() && !node.booleanValue())
				|| (name.equals("publicAccessToken") && isSigned(node.asString("")));
	}

	private static boolean isSameInstant(JsonNode expected, JsonNode actual) {
		Instant first = instant(expected);
		return first != null && first.equals(instant(actual));
	}

	private static @Nullable Instant instant(JsonNode node) {
		try {
			return node.isNumber() ? Instant.ofEpochMilli(node.longValue())
					: Instant.parse(node.asString("")).truncatedTo(ChronoUnit.MILLIS);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private void check(String path, boolean condition, JsonNode expected, JsonNode actual) {
		if (!condition) {
			this.differences.add(path + ": expected " + cut(expected) + ", but is " + cut(actual));
		}
	}

	private static String cut(JsonNode node) {
		String text = node.isMissingNode() ? "absent" : node.toString();
		return (text.length() > 300) ? text.substring(0, 300) + "…" : text;
	}

}
