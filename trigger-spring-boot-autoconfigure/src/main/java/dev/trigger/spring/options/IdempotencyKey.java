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

package dev.trigger.spring.options;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.Utf8;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A key for which at most one run is created.
 * <p>
 * The parts of the key are joined with hyphens and hashed, exactly as the official
 * TypeScript SDK does, so that Java and TypeScript recognize each other's keys. It
 * follows that {@code "a-b", "c"} and {@code "a", "b-c"} are the same key. A key of one
 * part of 64 characters is sent as it is.
 *
 * @since 1.0.0
 */
public final class IdempotencyKey {

	private static final int HASH_LENGTH = 64;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final String key;

	private final Scope scope;

	private final String value;

	private final boolean hashed;

	/**
	 * What the keys of items are derived from: the SDK takes an option as it was given,
	 * an array as JavaScript makes a text of it, and a key that was created as its hash.
	 */
	private final String itemBase;

	private IdempotencyKey(String key, Scope scope, String value, boolean hashed, String itemBase) {
		this.key = key;
		this.scope = scope;
		this.value = value;
		this.hashed = hashed;
		this.itemBase = itemBase;
	}

	/**
	 * Return the key of some parts, as the TypeScript SDK takes a text or an array for
	 * the option {@code idempotencyKey}.
	 * @param parts the parts, such as {@code "welcome", userId}; one part of 64
	 * characters is taken for a hash and sent as it is
	 * @return the key
	 * @throws IllegalArgumentException if a part is {@code null} or empty, or if the key
	 * is longer than 2048 characters or contains NUL
	 */
	public static IdempotencyKey of(String... parts) {
		for (int i = 0; i < check(parts).length; i++) {
			int position = i + 1;
			Assert.isTrue(!parts[i].isEmpty(), () -> "Part " + position + " of the idempotency key is empty, so that "
					+ "others would share the key: check the value");
		}
		if (parts.length > 0) {
			InputRules.key(String.join("-", parts));
		}
		if (parts.length == 1 && parts[0].length() == HASH_LENGTH) {
			return ofHash(parts[0], Scope.RUN);
		}
		String key = String.join("-", parts);
		return new IdempotencyKey(key, Scope.RUN, sha256(key), true, String.join(",", parts));
	}

	/**
	 * Return a random key, for one call with all its attempts. It has 64 characters, and
	 * so goes over the wire as it is.
	 * @return the key
	 */
	public static IdempotencyKey random() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return of(HexFormat.of().formatHex(bytes));
	}

	/**
	 * Return a key whose value was computed elsewhere, and is sent as it is.
	 * @param value the value that is sent, 1 to 2048 characters without NUL
	 * @param scope the scope of the key
	 * @param key the key before it was hashed, which is shown with the run
	 * @return the key
	 */
	public static IdempotencyKey ofValue(String value, Scope scope, String key) {
		return new IdempotencyKey(InputRules.notNull("key", key), scope, InputRules.key(value), true, value);
	}

	/**
	 * Return the key of some parts, or none for a single empty part.
	 * @param parts the parts
	 * @return the key, {@code null} for none
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public static @Nullable IdempotencyKey orNone(String... parts) {
		return (parts.length == 1 && "".equals(parts[0])) ? null : of(parts);
	}

	/**
	 * Check the parts of a key.
	 */
	private static String[] check(String[] parts) {
		for (int i = 0; i < InputRules.notNull("parts", parts).length; i++) {
			int position = i + 1;
			Assert.notNull(parts[i], () -> "Part " + position + " of the idempotency key is null, so that others would "
					+ "share the key: check the value");
			Assert.isTrue(parts[i].indexOf('\0') < 0,
					() -> "Part " + position + " of the idempotency key must not contain the NUL character");
		}
		return parts;
	}

	/**
	 * Return the key of some parts in a scope, as {@code idempotencyKeys.create} of the
	 * TypeScript SDK does outside of a run.
	 * @param scope the scope
	 * @param parts the parts, always hashed; none of them may be {@code null}, and empty
	 * ones count, as in the SDK
	 * @return the key
	 */
	public static IdempotencyKey create(Scope scope, String... parts) {
		return hash(List.of(check(parts)), scope, List.of());
	}

	/**
	 * Return the key of some parts within a run, as {@code idempotencyKeys.create} of the
	 * TypeScript SDK does inside of it.
	 * @param scope the scope
	 * @param runId the id of the run
	 * @param attemptNumber the number of the attempt, which matters to
	 * {@link Scope#ATTEMPT} only
	 * @param parts the parts, always hashed; none of them may be {@code null}, and empty
	 * ones count, as in the SDK
	 * @return the key
	 */
	public static IdempotencyKey createWithin(Scope scope, String runId, int attemptNumber, String... parts) {
		Assert.hasText(runId, "'runId' must not be empty");
		return hash(List.of(check(parts)), scope, switch (scope) {
			case GLOBAL -> List.of();
			case RUN -> List.of(runId);
			case ATTEMPT -> List.of(runId, Integer.toString(attemptNumber));
		});
	}

	private static IdempotencyKey hash(List<String> parts, Scope scope, List<String> suffix) {
		String key = String.join("-", parts);
		StringBuilder text = new StringBuilder(key);
		// the suffix is joined as further parts, even if there are no parts
		for (int i = 0; i < suffix.size(); i++) {
			if (i > 0 || !parts.isEmpty()) {
				text.append('-');
			}
			text.append(suffix.get(i));
		}
		String hash = sha256(text.toString());
		return new IdempotencyKey(key, scope, hash, true, hash);
	}

	private static IdempotencyKey ofHash(String hash, Scope scope) {
		return new IdempotencyKey(hash, scope, hash, false, hash);
	}

	private static String sha256(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(Utf8.encode(text, "idempotencyKey"));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Return the value that is sent.
	 * @return the hash in hexadecimal digits, or the key itself if it has 64 characters
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Return the parts joined by hyphens, as they were before they were hashed.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Return the scope.
	 * @return the scope
	 */
	public Scope scope() {
		return this.scope;
	}

	/**
	 * Return whether key and scope are known, and not only the hash.
	 * @return {@code false} if the key was given as a hash
	 */
	public boolean isHashed() {
		return this.hashed;
	}

	/**
	 * Return whether the key, before it was hashed, has the length of a hash.
	 * @return {@code true} if it has 64 characters
	 */
	public boolean looksLikeHash() {
		return this.key.length() == HASH_LENGTH;
	}

	/**
	 * Return the key of an item of a batch that has this key.
	 * @param index the index of the item
	 * @return the key of the item, of which only the hash is sent
	 */
	public IdempotencyKey ofItem(int index) {
		return ofHash(sha256(this.itemBase + "-" + index), this.scope);
	}

	/**
	 * Add the key to the body of a request that triggers.
	 * @param body the body, to which the key is added
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public void putInto(Map<String, Object> body) {
		body.put("idempotencyKey", this.value);
		if (this.hashed) {
			Map<String, Object> options = new LinkedHashMap<>();
			options.put("key", this.key);
			options.put("scope", this.scope.toString());
			body.put("idempotencyKeyOptions", options);
		}
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof IdempotencyKey other && this.value.equals(other.value));
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return this.hashed ? this.key + " (" + this.scope + ")" : this.value;
	}

	/**
	 * Where a key is unique.
	 */
	public enum Scope {

		/**
		 * Within the run that triggers; everywhere outside of one.
		 */
		RUN,

		/**
		 * Within the attempt of the run that triggers; everywhere outside of one.
		 */
		ATTEMPT,

		/**
		 * Everywhere in the environment.
		 */
		GLOBAL;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
