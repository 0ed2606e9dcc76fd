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
import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes a request for the {@link WebClient} of what a call asks for.
 */
final class RequestPreparation {

	private RequestPreparation() {
	}

	/**
	 * Prepare a request.
	 * @param webClient the client that sends it
	 * @param baseUrl the address of the API
	 * @param call the call, which passes the filters with the request
	 */
	static WebClient.RequestHeadersSpec<?> prepare(WebClient webClient, String baseUrl, CallContext call) {
		TriggerRequest<?> request = call.request();
		RunIds.check(request);
		WebClient.RequestBodySpec spec = webClient.method(request.endpoint().method())
			.uri(address(baseUrl, request, call))
			.attribute(CallContext.ATTRIBUTE, call);
		for (Map.Entry<String, String> header : call.settings().headers()) {
			spec.header(header.getKey(), header.getValue());
		}
		for (Map.Entry<String, String> header : request.headers()) {
			spec.header(header.getKey(), header.getValue());
		}
		return body(spec, request);
	}

	private static URI address(String baseUrl, TriggerRequest<?> request, CallContext call) {
		URI uri = EndpointUri.of(baseUrl, request.endpoint(), request.pathVariables(), request.query());
		if (EndpointUri.secret(request.endpoint(), request.pathVariables()) == null) {
			return uri;
		}
		call.secretAddress(uri);
		return EndpointUri.of(baseUrl, request.endpoint(), EndpointUri.maskSecret(request.pathVariables()),
				request.query());
	}

	private static WebClient.RequestHeadersSpec<?> body(WebClient.RequestBodySpec spec, TriggerRequest<?> request) {
		byte[] body = request.body();
		Flux<byte[]> stream = request.stream();
		if (body != null) {
			set(spec, "content-type", MediaType.APPLICATION_JSON_VALUE);
			set(spec, HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
			// the body is encoded already, and needs no encoder
			return spec.body((message, context) -> message
				.writeWith(Mono.fromSupplier(() -> message.bufferFactory().wrap(body))));
		}
		if (stream != null) {
			set(spec, "content-type", MediaType.APPLICATION_NDJSON_VALUE);
			// buffers of another factory than the connection's would be copied once more
			return spec.body((message, context) -> message
				.writeWith(stream.onErrorMap(ForeignException::new).map(message.bufferFactory()::wrap)));
		}
		if (HttpMethod.POST.equals(request.endpoint().method())) {
			// without a length the server takes the body of some endpoints for too large
			set(spec, HttpHeaders.CONTENT_LENGTH, "0");
		}
		return spec;
	}

	/**
	 * Set a header whose name is in lower case, so that no map of headers has to make a
	 * copy that is; but for the length, which the connector of HttpComponents, that sets
	 * it itself, knows by this form only.
	 */
	private static void set(WebClient.RequestBodySpec spec, String name, String value) {
		spec.headers((headers) -> headers.set(name, value));
	}

}
