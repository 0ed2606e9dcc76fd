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

package dev.trigger.spring.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * A secret key, personal access token or public access token. The kind is recognized by
 * the format of the token.
 * <p>
 * {@link #toString()} is safe to log; only {@link #token()} exposes the secret.
 *
 * @since 1.0.0
 */
public final class TriggerCredential {

	private static final Pattern ASSIGNMENT = Pattern.compile("(export )?[A-Z][A-Z0-9_]*=[^=]");

	private static final Pattern VARIABLE = Pattern.compile("(\\$|process\\.env\\.)\\w+|%\\w+%");

	/**
	 * What a server can get as a bearer token. A path begins with a slash.
	 */
	private static final Pattern BEARER_TOKEN = Pattern.compile("[\\w.~+-][\\w.~+/-]*=*");

	private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");

	private static final Pattern PREFIXED = Pattern.compile("tr_([a-z0-9]+)_(sk_)?(.*)", Pattern.DOTALL);

	private static final String PERSONAL = "pat";

	/**
	 * Tokens that a user has made for somebody who acts for the user.
	 */
	private static final String USER_ACTOR = "uat";

	private final String token;

	private final AuthMode mode;

	private final @Nullable TriggerEnvironment environment;

	private final boolean additionalKey;

	private final boolean recognized;

	private final @Nullable String property;

	private TriggerCredential(String token, AuthMode mode, @Nullable TriggerEnvironment environment,
			boolean additionalKey, boolean recognized) {
		this(token, mode, environment, additionalKey, recognized, null);
	}

	private TriggerCredential(String token, AuthMode mode, @Nullable TriggerEnvironment environment,
			boolean additionalKey, boolean recognized, @Nullable String property) {
		this.token = token;
		this.mode = mode;
		this.environment = environment;
		this.additionalKey = additionalKey;
		this.recognized = recognized;
		this.property = property;
	}

	/**
	 * Create a credential from a token, recognizing its kind by the format.
	 * @param token a secret key, personal access token or public access token; white
	 * space around it is removed
	 * @return the credential
	 * @throws MalformedCredentialException if the value cannot be a credential
	 */
	public static TriggerCredential of(String token) {
		Assert.notNull(token, "'token' must not be null");
		String value = token.strip();
		checkCharacters(value);
		Matcher matcher = PREFIXED.matcher(value);
		if (matcher.matches()) {
			return ofPrefixed(value, matcher);
		}
		if (value.startsWith("pk_")) {
			throw new MalformedCredentialException(
					"This is a public key (pk_…), which the API no longer accepts: use a secret key (tr_…)");
		}
		if (value.startsWith("proj_")) {
			throw new MalformedCredentialException(
					"This is the ref of a project (proj_…): set it as 'project-ref', and use a secret key (tr_…)");
		}
		if (isPublicAccessToken(value)) {
			return new TriggerCredential(value, AuthMode.PUBLIC_ACCESS_TOKEN, null, false, true);
		}
		if (!BEARER_TOKEN.matcher(value).matches()) {
			throw new MalformedCredentialException(
					"The credential can't be a key: it looks like an encrypted value that "
							+ "was not decrypted, or like the path of a secret that was not looked up");
		}
		return new TriggerCredential(value, AuthMode.SECRET_KEY, null, false, false);
	}

	private static void checkCharacters(String value) {
		if (value.isEmpty()) {
			throw new MalformedCredentialException("The credential is empty");
		}
		if (value.regionMatches(true, 0, "Bearer ", 0, 7)) {
			throw new MalformedCredentialException("The credential must be given without 'Bearer'");
		}
		if (value.contains("${")) {
			throw new MalformedCredentialException("The credential is a placeholder that was not resolved");
		}
		if (ASSIGNMENT.matcher(value).lookingAt()) {
			throw new MalformedCredentialException(
					"The credential begins with the name of a variable: give only what follows its '='");
		}
		if (VARIABLE.matcher(value).matches()) {
			throw new MalformedCredentialException(
					"The credential is the name of a variable: write it as in ${TRIGGER_SECRET_KEY}");
		}
		for (int i = 0; i < value.length(); i++) {
			if (value.charAt(i) <= ' ' || value.charAt(i) >= 127) {
				throw new MalformedCredentialException(
						"The credential contains white space, a line break or another character that no key has");
			}
		}
		if (value.indexOf('"') >= 0 || value.indexOf('\'') >= 0) {
			throw new MalformedCredentialException("The credential contains a quote: give it without quotes");
		}
	}

	private static TriggerCredential ofPrefixed(String value, Matcher matcher) {
		String kind = matcher.group(1);
		boolean additional = matcher.group(2) != null;
		if (matcher.group(3).isEmpty()) {
			throw new MalformedCredentialException("The credential ends after its prefix: it was cut off");
		}
		boolean known = switch (kind) {
			case PERSONAL, "dev", "stg", "prod", "preview" -> true;
			default -> false;
		};
		if (known && !KEY.matcher(matcher.group(3)).matches()) {
			throw new MalformedCredentialException(
					"The credential has a character that no key has: it was shortened, or stands for one");
		}
		if (PERSONAL.equals(kind) || USER_ACTOR.equals(kind)) {
			return new TriggerCredential(value, AuthMode.PERSONAL_ACCESS_TOKEN, null, false, true);
		}
		TriggerEnvironment environment = known ? TriggerEnvironment.of(kind) : null;
		return new TriggerCredential(value, AuthMode.SECRET_KEY, environment, additional, known);
	}

	private static boolean isPublicAccessToken(String value) {
		String[] parts = value.split("\\.", -1);
		if (parts.length != 3 || !value.startsWith("eyJ")) {
			return false;
		}
		try {
			byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII));
			JsonNode pub = JsonMapper.shared().readTree(claims).path("pub");
			return pub.isBoolean() && pub.booleanValue();
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return false;
		}
	}

	/**
	 * Return the secret itself, for the {@code Authorization} header and for signing.
	 * Never log it.
	 * @return the token
	 */
	public String token() {
		return this.token;
	}

	/**
	 * Return this credential with the property that it was read from, which is named when
	 * the server rejects it.
	 * @param property the name of the property
	 * @return an equal credential
	 */
	public TriggerCredential from(String property) {
		return new TriggerCredential(this.token, this.mode, this.environment, this.additionalKey, this.recognized,
				property);
	}

	/**
	 * Return the property that this credential was read from.
	 * @return the name of the property, by default the one for credentials of its kind
	 */
	public String property() {
		return (this.property != null) ? this.property : this.mode.property();
	}

	/**
	 * Return the kind of this credential.
	 * @return the mode, never {@link AuthMode#NONE}
	 */
	public AuthMode mode() {
		return this.mode;
	}

	/**
	 * Return the environment that this credential belongs to.
	 * @return the environment, {@code null} if the token does not contain it
	 */
	public @Nullable TriggerEnvironment environment() {
		return this.environment;
	}

	/**
	 * Return whether this credential can sign public access tokens by itself. Additional
	 * keys ({@code tr_<env>_sk_…}) can't.
	 * @return {@code true} for the main secret key of an environment
	 */
	public boolean canSignPublicTokens() {
		return this.mode == AuthMode.SECRET_KEY && !this.additionalKey;
	}

	/**
	 * Return whether the format of this credential is known. A credential of an unknown
	 * format, such as one of a self-hosted or newer server, is treated as a secret key.
	 * @return {@code false} if the mode is a guess
	 */
	public boolean isRecognized() {
		return this.recognized;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof TriggerCredential other && this.token.equals(other.token));
	}

	@Override
	public int hashCode() {
		return this.token.hashCode();
	}

	/**
	 * Return the credential with all but its prefix and last four characters masked.
	 */
	@Override
	public String toString() {
		return CredentialRedactor.mask(this.token);
	}

}
