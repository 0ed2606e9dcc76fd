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

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.exception.TriggerDecodingException;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Transfers of large payloads and outputs to and from presigned URLs. It has a
 * {@link WebClient} of its own, on which there is no credential, branch or other header
 * of the API: the URL itself is the permission.
 *
 * @since 1.0.0
 */
public final class ObjectStore {

	private final WebClient.Builder builder;

	private volatile @Nullable WebClient webClient;

	private final BodyReader reader;

	private final RetryBackoff timing;

	private final RetryPolicy policy;

	ObjectStore(WebClient.Builder builder, BodyReader reader, RetryBackoff timing, RetryPolicy policy) {
		this.builder = builder;
		this.reader = reader;
		this.timing = timing;
		this.policy = policy;
	}

	/**
	 * Upload to a presigned URL.
	 * @param presignedUrl the URL
	 * @param contentType the type of the content
	 * @param content the content
	 * @return completes when the content is stored
	 */
	public Mono<Void> upload(String presignedUrl, MediaType contentType, byte[] content) {
		return Mono.defer(() -> {
			URI url = parse(presignedUrl);
			return exchange(url,
					webClient().method(HttpMethod.PUT)
						.uri(url)
						.contentType(contentType)
						.contentLength(content.length)
						.bodyValue(content));
		}).retryWhen(this.timing.retry(this.policy, true)).then();
	}

	/**
	 * Download from a presigned URL.
	 * @param presignedUrl the URL
	 * @return the content with its type
	 */
	public Mono<Content> download(String presignedUrl) {
		return Mono.defer(() -> {
			URI url = parse(presignedUrl);
			return exchange(url, webClient().method(HttpMethod.GET).uri(url));
		}).retryWhen(this.timing.retry(this.policy, true));
	}

	/**
	 * Few applications have payloads that large. Two threads may make one each, which
	 * does no harm: a lock would block an event loop.
	 */
	private WebClient webClient() {
		WebClient present = this.webClient;
		if (present == null) {
			present = bare(this.builder.clone());
			this.webClient = present;
		}
		return present;
	}

	/**
	 * Take off a builder what must not reach an object store. It isn't observed either,
	 * since a presigned URL is a secret and would stand in the traces.
	 */
	private static WebClient bare(WebClient.Builder builder) {
		return builder.codecs(TriggerHttpBuilder::keepOutOfLogs)
			.defaultHeaders(HttpHeaders::clear)
			.defaultCookies((cookies) -> cookies.clear())
			.defaultRequest((request) -> {
			})
			.filters(List::clear)
			.observationRegistry(ObservationRegistry.NOOP)
			.build();
	}

	private Mono<Content> exchange(URI url, WebClient.RequestHeadersSpec<?> request) {
		return request.exchangeToMono((response) -> read(url, response))
			.onErrorMap((ex) -> ExceptionTranslator.translate(ex, null));
	}

	private Mono<Content> read(URI url, ClientResponse response) {
		Mono<byte[]> body = this.reader.read(response);
		HttpHeaders headers = response.headers().asHttpHeaders();
		if (!response.statusCode().is2xxSuccessful()) {
			return body.flatMap((bytes) -> Mono.error(ExceptionTranslator.ofAnswer(null, response.statusCode().value(),
					headers, PresignedUrlRedactor.redact(bytes, url), CredentialRedactor::redact)));
		}
		String contentType = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return body.map((bytes) -> new Content(bytes, (contentType != null) ? contentType : ""));
	}

	/**
	 * Parse a URL that the server answered. The message of a failure must not repeat it:
	 * whoever has the URL has the content.
	 */
	private static URI parse(String presignedUrl) {
		try {
			URI url = new URI(presignedUrl);
			if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
				return url;
			}
		}
		catch (URISyntaxException ex) {
			// refused below
		}
		throw new TriggerDecodingException(null, "The presigned URL that the server answered is not a web address",
				null);
	}

	/**
	 * What was downloaded.
	 *
	 * @param bytes the content
	 * @param contentType its type as the object store says it, empty if it doesn't
	 */
	public record Content(byte[] bytes, String contentType) {

	}

}
