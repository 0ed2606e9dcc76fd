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

package dev.trigger.spring.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A server with another certificate than it should have, and what to do about it.
 */
final class CertificateFailure {

	private CertificateFailure() {
	}

	/**
	 * Return whether a certificate was refused. Clients that compare its names by
	 * themselves do so before they send anything.
	 * @param cause one of the causes of a failure
	 */
	static boolean is(Throwable cause) {
		return cause instanceof CertificateException || cause instanceof CertPathBuilderException
				|| cause instanceof CertPathValidatorException || cause instanceof SSLPeerUnverifiedException;
	}

	/**
	 * Return whether a certificate was refused.
	 * @param failure a failure with its causes
	 */
	static boolean isPartOf(Throwable failure) {
		return Causes.any(failure, CertificateFailure::is);
	}

	/**
	 * Return why the certificate was refused, with the remedy.
	 * @param failure the failure
	 * @param root its root cause
	 * @param property returns the name of a property of the client
	 */
	static String explain(Throwable failure, Throwable root, UnaryOperator<String> property) {
		if (Causes.any(failure, CertificateFailure::isOutOfDate)) {
			return "its certificate is not valid at present: " + root.getMessage()
					+ ". Renew it there, or set the clock of this machine if that is wrong";
		}
		if (Causes.any(failure, CertificateFailure::isOfOtherHost)) {
			return "its certificate is that of another host: " + root.getMessage()
					+ ". Use a host in the URL that the certificate names";
		}
		return "its certificate is not trusted: " + root.getMessage() + ". If it is the right one, set '"
				+ property.apply("http.ssl.bundle") + "' to an SSL bundle that trusts it";
	}

	private static boolean isOutOfDate(Throwable cause) {
		return cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException;
	}

	/**
	 * There is no exception for it, but words: of the JDK, and of HttpComponents.
	 */
	private static boolean isOfOtherHost(Throwable cause) {
		String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		return is(cause) && (message.contains("subject alternative") || message.contains("no name matching")
				|| message.contains("doesn't match"));
	}

}
