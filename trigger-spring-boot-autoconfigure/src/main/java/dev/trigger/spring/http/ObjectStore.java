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

import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import dev.trigger.spring.exception.TriggerDecodingException;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Transfers of large payloads and outputs to and from presigned URLs. It has a
 * {@link WebClient} of its own, on which there is no credential, branch or other header
 * of the API: the URL itself is the permission, and stays out of logs.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class ObjectStore {

	private static final String ADDRESS = ObjectStore.class.getName() + ".address";

	/**
	 * A new bucket sends its uploads on to its region.
	 */
	private static final int MAX_REDIRECTS = 3;

	/**
	 * An object store has no rate limit to wait for and is seldom away for long: waits
	 * are not longer than these.
	 */
	private static final Duration DELAY = Duration.ofMillis(500);

	private static final int MULTIPLIER = 2;

	private static final Duration MAX_DELAY = Duration.ofSeconds(5);

	private final Client client;

	private final ApiUrl apiUrl;

	private final BodyReader reader;

	private final RetryBackoff timing;

	private final RetryPolicy policy;

	ObjectStore(WebClient.Builder builder, ApiUrl apiUrl, BodyReader reader, RetryBackoff timing, RetryPolicy policy) {
		this(new Client(builder), apiUrl, reader, timing, policy);
	}

	private ObjectStore(Client client, ApiUrl apiUrl, BodyReader reader, RetryBackoff timing, RetryPolicy policy) {
		this.client = client;
		this.apiUrl = apiUrl;
		this.reader = reader;
		this.timing = timing;
		this.policy = policy.withBackoff(shorter(policy.delay(), DELAY), MULTIPLIER,
				shorter(policy.maxDelay(), MAX_DELAY));
	}

	private static Duration shorter(Duration first, Duration second) {
		return (first.compareTo(second) < 0) ? first : second;
	}

	/**
	 * Return the same object store with another policy for retries, of which the number
	 * of attempts applies as it is, and delays that are shorter than those of transfers.
	 */
	ObjectStore with(RetryPolicy policy) {
		return new ObjectStore(this.client, this.apiUrl, this.reader, this.timing, policy);
	}

	/**
	 * Upload to a presigned URL. At most 3 redirects are followed, never from https to
	 * http.
	 * @param presignedUrl the URL
	 * @param contentType the type of the content
	 * @param content the content
	 * @return completes when the content is stored
	 */
	public Mono<Void> upload(String presignedUrl, MediaType contentType, byte[] content) {
		return transfer(presignedUrl,
				(url) -> request(HttpMethod.PUT, url).contentType(contentType)
					.contentLength(content.length)
					.bodyValue(content))
			.then();
	}

	/**
	 * Download from a presigned URL. At most 3 redirects are followed, never from https
	 * to http.
	 * @param presignedUrl the URL
	 * @return the content with its type
	 */
	public Mono<Content> download(String presignedUrl) {
		return transfer(presignedUrl, (url) -> request(HttpMethod.GET, url));
	}

	private Mono<Content> transfer(String presignedUrl, Function<URI, WebClient.RequestHeadersSpec<?>> request) {
		return this.timing.retry(Mono.defer(() -> exchange(parse(presignedUrl), request, 0)), this.policy,
				(failure) -> false);
	}

	private WebClient.RequestBodySpec request(HttpMethod method, URI url) {
		return this.client.get().method(method).uri(hidden(url)).attribute(ADDRESS, url);
	}

	private static URI hidden(URI url) {
		String address = url.toString();
		int query = address.indexOf('?');
		return (query < 0) ? url : URI.create(address.substring(0, query));
	}

	/**
	 * Take off a builder what must not reach an object store. It isn't observed either,
	 * since a presigned URL is a secret and would stand in the traces.
	 */
	private static WebClient bare(WebClient.Builder builder) {
		return TriggerHttpBuilder.withoutForeignSettings(builder)
			.defaultHeaders(HttpHeaders::clear)
			.defaultCookies((cookies) -> cookies.clear())
			.defaultRequest((request) -> request.headers(HttpHeaders::clear)
				.cookies(MultiValueMap::clear)
				.httpRequest(ConnectionGuard::protect))
			.filters(List::clear)
			.filter(ObjectStore::hideAddress)
			.observationRegistry(ObservationRegistry.NOOP)
			.build();
	}

	private static Mono<ClientResponse> hideAddress(ClientRequest request, ExchangeFunction next) {
		URI address = (URI) request.attributes().getOrDefault(ADDRESS, request.url());
		return AddressHidingConnector.exchange(address, request.url(), (url) -> next
			.exchange(url.equals(request.url()) ? request : ClientRequest.from(request).url(url).build()));
	}

	private Mono<Content> exchange(URI url, Function<URI, WebClient.RequestHeadersSpec<?>> request, int redirects) {
		return request.apply(url)
			.exchangeToMono((response) -> read(url, response))
			.onErrorMap((ex) -> ExceptionTranslator.translate(ex, url))
			.flatMap((received) -> (received instanceof Redirect redirect) ? follow(url, redirect, request, redirects)
					: Mono.just((Content) received));
	}

	private Mono<Content> follow(URI url, Redirect redirect, Function<URI, WebClient.RequestHeadersSpec<?>> request,
			int redirects) {
		URI target = target(url, redirect);
		if (target == null || redirects == MAX_REDIRECTS) {
			return Mono
				.error(ExceptionTranslator.ofResponse(url, redirect.status(), redirect.headers(), redirect.body()));
		}
		return exchange(target, request, redirects + 1);
	}

	private @Nullable URI target(URI url, Redirect redirect) {
		String location = redirect.headers().getFirst(HttpHeaders.LOCATION);
		try {
			URI target = (location != null) ? url.resolve(new URI(location)) : null;
			return (target != null && isWebAddress(target) && this.apiUrl.allowsRedirect(url, target)) ? target : null;
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return null;
		}
	}

	private Mono<Object> read(URI url, ClientResponse response) {
		HttpStatusCode status = ResponseFilter.status(response);
		HttpHeaders headers = response.headers().asHttpHeaders();
		Mono<byte[]> body = this.reader.read(response);
		if (status == null || status.is1xxInformational()) {
			return Mono.error(ResponseFilter.notFinal(status));
		}
		if (status.value() == HttpStatus.PARTIAL_CONTENT.value()) {
			return body.onErrorComplete()
				.then(Mono
					.error(() -> new ProtocolException("Only a part was sent, although all of it was requested")));
		}
		if (status.is2xxSuccessful()) {
			String contentType = headers.getFirst(HttpHeaders.CONTENT_TYPE);
			return body.map((bytes) -> new Content(bytes, (contentType != null) ? contentType : ""));
		}
		Mono<byte[]> error = ResponseFilter.readable(body);
		if (status.is3xxRedirection()) {
			return error.map((bytes) -> new Redirect(status.value(), headers, bytes));
		}
		return error
			.flatMap((bytes) -> Mono.error(ExceptionTranslator.ofResponse(url, status.value(), headers, bytes)));
	}

	/**
	 * Parse a URL that the server sent. The message of a failure must not repeat it:
	 * whoever has the URL has the content.
	 */
	private URI parse(String presignedUrl) {
		URI url = null;
		try {
			url = new URI(new URI(presignedUrl).toASCIIString());
		}
		catch (URISyntaxException ex) {
			// refused below
		}
		if (url == null || !isWebAddress(url)) {
			throw new TriggerDecodingException(null,
					"The presigned URL that the server sent is not a web address" + hostOf(url), null);
		}
		if (!this.apiUrl.allows(url)) {
			throw new TriggerDecodingException(null,
					"The presigned URL that the server sent is http on the host '" + url.getHost()
							+ "', where the content could be read on its way: let the server use an object store with "
							+ "https, or set 'trigger.http.allow-insecure' to true if the network is trusted",
					null);
		}
		return url;
	}

	private static String hostOf(@Nullable URI url) {
		String authority = (url != null && url.getHost() == null) ? url.getAuthority() : null;
		return (authority != null) ? ": '" + authority.substring(authority.lastIndexOf('@') + 1)
				+ "' is not a valid host name, change the address of the object store in the server" : "";
	}

	private static boolean isWebAddress(URI url) {
		return url.getHost() != null && url.getUserInfo() == null
				&& ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
	}

	/**
	 * Content that was downloaded.
	 *
	 * @param bytes the content
	 * @param contentType its media type as the object store reports it, empty if it does
	 * not
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public record Content(byte[] bytes, String contentType) {

	}

	/**
	 * Makes the {@link WebClient} when it is first needed: few applications have payloads
	 * that large.
	 */
	private static final class Client {

		private final WebClient.Builder builder;

		private volatile @Nullable WebClient webClient;

		Client(WebClient.Builder builder) {
			this.builder = builder;
		}

		/**
		 * Two threads may make one each, which does no harm: a lock would block an event
		 * loop.
		 */
		WebClient get() {
			WebClient present = this.webClient;
			if (present == null) {
				present = bare(this.builder.clone());
				this.webClient = present;
			}
			return present;
		}

	}

	/**
	 * A response that names another address.
	 *
	 * @param status the status
	 * @param headers the headers
	 * @param body the body
	 */
	private record Redirect(int status, HttpHeaders headers, byte[] body) {

	}

}
