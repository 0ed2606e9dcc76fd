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

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import dev.trigger.spring.auth.CredentialRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * What became of a request that got no complete response, from the exceptions of the
 * connectors, which have hardly one in common.
 */
final class ConnectionFailure {

	/**
	 * What clients say if a server of HTTP/2 had no stream for the request: there is a
	 * code for it, but it is reported in words only.
	 */
	private static final List<String> REFUSED = List.of("too many concurrent streams", ReactorNettyGuard.REFUSED_STREAM,
			"Stream reset (7)");

	/**
	 * What Jetty says if it found no connection in time.
	 */
	private static final String CONNECT_TIMEOUT = "Connect Timeout";

	private static final String PLAINTEXT = "it does not speak TLS on this port. Use the port of https, or http:// "
			+ "in the URL if that is what the server speaks";

	private final Throwable failure;

	private final Throwable root;

	private final boolean plaintext;

	private final @Nullable ProxyRefusalException refusal;

	private ConnectionFailure(Throwable failure, Throwable root) {
		this.failure = failure;
		this.root = root;
		this.plaintext = isPlaintext(root);
		this.refusal = ProxyRefusalException.find(failure);
	}

	/**
	 * Return what became of a request.
	 * @param failure the failure of the connector
	 * @return what became of it, {@code null} if it is no failure of a connection
	 */
	static @Nullable ConnectionFailure of(Throwable failure) {
		Throwable root = Causes.root(failure);
		return (failure instanceof WebClientRequestException || isInputOutput(failure) || isInputOutput(root))
				? new ConnectionFailure(failure, root) : null;
	}

	/**
	 * Return whether the request certainly did not reach the server.
	 */
	boolean isUnsent() {
		return this.plaintext || this.refusal != null || Causes.any(this.failure, ConnectionFailure::isUnsent);
	}

	/**
	 * Return why there is no response.
	 * @param property returns the name of a property of the client
	 */
	String reason(UnaryOperator<String> property) {
		if (this.refusal != null) {
			return this.refusal.explain(property.apply("http.proxy.host"));
		}
		if (this.plaintext) {
			return PLAINTEXT;
		}
		if (CertificateFailure.isPartOf(this.failure)) {
			return CertificateFailure.explain(this.failure, this.root, property);
		}
		ProxiedConnector.Unreachable proxy = Causes.find(this.failure, ProxiedConnector.Unreachable.class);
		return (proxy != null)
				? "the proxy " + CredentialRedactor.redact(proxy.proxy()) + " ('" + property.apply("http.proxy.host")
						+ "') can't be reached, " + describe(proxy.getCause(), this.root)
				: describe(this.failure, this.root);
	}

	/**
	 * Return the cause to report: without the headers of the request, the credential
	 * among them, and without what a port that does not speak TLS has sent.
	 */
	Throwable cause() {
		if (this.plaintext) {
			return new NotTlsException();
		}
		Throwable cause = (this.failure instanceof WebClientRequestException && this.failure.getCause() != null)
				? this.failure.getCause() : this.failure;
		if (this.refusal != null && !Causes.any(cause, ProxyRefusalException.class::isInstance)) {
			this.refusal.initCause(cause);
			return this.refusal;
		}
		return cause;
	}

	/**
	 * Return whether no attempt soon after can succeed, since something is wrong with the
	 * settings or the server, or the application is closing.
	 * @param failure the failure as it was reported
	 */
	static boolean isFinal(Throwable failure) {
		return Causes.any(failure,
				(cause) -> isStopped(cause) || cause instanceof NotTlsException || CertificateFailure.is(cause)
						|| cause instanceof ProxyRefusalException refusal && refusal.requiresCredentials());
	}

	/**
	 * Return whether nothing listens where a connection should lead to, be it the server
	 * or a proxy.
	 */
	static boolean isUnreachable(Throwable cause) {
		return cause instanceof ConnectException || cause instanceof UnknownHostException
				|| cause instanceof UnresolvedAddressException || cause instanceof HttpConnectTimeoutException
				|| cause.getClass().getSimpleName().equals("ConnectTimeoutException")
				|| CONNECT_TIMEOUT.equals(cause.getMessage());
	}

	private static boolean isUnsent(Throwable cause) {
		String name = cause.getClass().getSimpleName();
		return isUnreachable(cause) || cause instanceof SSLHandshakeException || CertificateFailure.is(cause)
				|| name.startsWith("PoolAcquire") || name.equals("RequestNotExecutedException") || isRefused(cause);
	}

	private static boolean isRefused(Throwable cause) {
		String message = cause.getMessage();
		return isInputOutput(cause) && message != null && REFUSED.stream().anyMatch(message::contains);
	}

	/**
	 * Return whether TLS was spoken to a port that does not. The exceptions for it quote
	 * what the port sent, in hexadecimal.
	 */
	private static boolean isPlaintext(Throwable root) {
		return root instanceof NotTlsException || root.getClass().getSimpleName().equals("NotSslRecordException")
				|| root instanceof SSLException && String.valueOf(root.getMessage())
					.toLowerCase(Locale.ROOT)
					.contains("unrecognized ssl message");
	}

	private static boolean isInputOutput(Throwable failure) {
		return failure instanceof IOException || failure instanceof TimeoutException
				|| failure.getClass().getName().startsWith("io.netty.")
				|| failure.getClass().getName().startsWith("reactor.netty.")
				|| failure.getClass().getName().startsWith("org.eclipse.jetty.");
	}

	/**
	 * Return whether the threads that would make the request have ended, such as the
	 * event loops of Reactor Netty when the application is closed.
	 */
	private static boolean isStopped(Throwable cause) {
		if (!(cause instanceof RejectedExecutionException)) {
			return false;
		}
		String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		return message.contains("terminated") || message.contains("shut down") || message.contains("shutting down");
	}

	private static String describe(Throwable failure, Throwable root) {
		Throwable told = tellingMost(failure, root);
		String message = isStopped(told) ? "the application is closed or closing" : told.getMessage();
		return ((told instanceof ConnectException) ? "ConnectException" : told.getClass().getSimpleName())
				+ ((message != null) ? " (" + CredentialRedactor.redact(message) + ")" : "");
	}

	/**
	 * Reactor Netty names the address that refused the connection, and the host that was
	 * not found, in an exception around the one of the operating system. The JDK has a
	 * channel that is closed behind a connection that is refused.
	 */
	private static Throwable tellingMost(Throwable failure, Throwable root) {
		UnknownHostException host = Causes.find(failure, UnknownHostException.class);
		if (host != null) {
			return host;
		}
		ConnectException outermost = Causes.find(failure, ConnectException.class);
		boolean refused = root instanceof ConnectException || root instanceof ClosedChannelException;
		return (refused && outermost != null) ? outermost : root;
	}

}
