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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A key under which a run is made at most once.
 * <p>
 * What goes over the wire is a hash of the key's parts, made exactly as the TypeScript
 * SDK makes it, so that Java and TypeScript recognize each other's keys. A key of 64
 * characters goes as it is.
 *
 * @since 1.0.0
 */
public final class IdempotencyKey {

	private static final int HASH_LENGTH = 64;

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
	 * characters is taken for a hash and goes as it is
	 * @return the key
	 */
	public static IdempotencyKey of(String... parts) {
		if (parts.length == 1 && parts[0].length() == HASH_LENGTH) {
			return ofHash(parts[0], Scope.RUN);
		}
		String key = String.join("-", parts);
		return new IdempotencyKey(key, Scope.RUN, sha256(key), true, String.join(",", parts));
	}

	/**
	 * Return the key of some parts in a scope, as {@code idempotencyKeys.create} of the
	 * TypeScript SDK does outside of a run.
	 * @param scope the scope
	 * @param parts the parts, always hashed
	 * @return the key
	 */
	public static IdempotencyKey create(Scope scope, String... parts) {
		return hash(List.of(parts), scope, List.of());
	}

	/**
	 * Return the key of some parts within a run, as {@code idempotencyKeys.create} of the
	 * TypeScript SDK does inside of it.
	 * @param scope the scope
	 * @param runId the id of the run
	 * @param attemptNumber the number of the attempt, which matters to
	 * {@link Scope#ATTEMPT} only
	 * @param parts the parts, always hashed
	 * @return the key
	 */
	public static IdempotencyKey createWithin(Scope scope, String runId, int attemptNumber, String... parts) {
		Assert.hasText(runId, "'runId' must not be empty");
		return hash(List.of(parts), scope, switch (scope) {
			case GLOBAL -> List.of();
			case RUN -> List.of(runId);
			case ATTEMPT -> List.of(runId, Integer.toString(attemptNumber));
		});
	}

	private static IdempotencyKey hash(List<String> parts, Scope scope, List<String> suffix) {
		String key = String.join("-", parts);
		StringBuilder text = new StringBuilder(key);
		// the suffix is joined as further parts, also to no part at all
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
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Return what goes over the wire.
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
	 */
	public boolean looksLikeHash() {
		return this.key.length() == HASH_LENGTH;
	}

	/**
	 * Return the key of an item of a batch that has this key.
	 * @param index the index of the item
	 * @return the key of the item, of which the server is told the hash only
	 */
	public IdempotencyKey ofItem(int index) {
		return ofHash(sha256(this.itemBase + "-" + index), this.scope);
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
