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

package dev.trigger.spring.benchmark.micro;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.payload.EncodedOutput;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.Run;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The pieces of a call that need no network.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallMicroBenchmarks {

	private static final String RUN_JSON = """
			{"id":"run_1234","status":"COMPLETED","taskIdentifier":"send-welcome","version":"20261124.1","isQueued":false,
			"isExecuting":false,"isWaiting":false,"isCompleted":true,"isSuccess":true,"isFailed":false,"isCancelled":false,
			"isTest":false,"createdAt":"2026-11-24T04:13:25.100Z","updatedAt":"2026-11-24T04:13:27.136Z",
			"startedAt":"2026-11-24T04:13:25.171Z","finishedAt":"2026-11-24T04:13:27.122Z","ttl":"10m","tags":["a","b"],
			"costInCents":0.0025,"baseCostInCents":0.0025,"durationMs":108,"metadata":{"progress":100},"attemptCount":1,
			"payload":{"email":"someone@example.com"},"output":{"sent":true},"relatedRuns":{"children":[]}}""";

	private static final String SUPER_JSON = """
			{"json":{"at":"2026-11-24T04:13:25.100Z","count":"9007199254740993","names":[["a",1],["b",2]],"none":null},
			"meta":{"values":{"at":["Date"],"count":["bigint"],"names":["map"],"none":["undefined"]}}}""";

	private static final String TEXT = "The key tr_prod_0123456789abcdef01234567 was refused by the server";

	private final byte[] json = RUN_JSON.getBytes(StandardCharsets.UTF_8);

	private final TriggerCredential credential = TriggerCredential.of("tr_dev_0123456789abcdef01234567");

	private final TriggerOperations trigger = TriggerTemplate.builder(this.credential)
		.webClientBuilder(WebClient.builder().exchangeFunction((request) -> respond()))
		.build();

	private final PayloadCodec payloads = new PayloadCodec(TriggerHttp
		.builder("https://api.trigger.dev",
				new CallSettings(TriggerCredentials.of(this.credential), PreviewBranch.none(), null,
						RetryPolicy.defaults(), null))
		.build(), JsonMapper.shared());

	private final EncodedOutput superJson = new EncodedOutput(JsonMapper.shared().readTree(SUPER_JSON),
			"application/super+json", null);

	private Mono<ClientResponse> respond() {
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(this.json);
		return Mono.just(ClientResponse.create(HttpStatus.OK).body(Flux.just(buffer)).build());
	}

	/**
	 * Describe a request.
	 * @return the request
	 */
	@Benchmark
	public Object request() {
		return TriggerRequest.to(TriggerEndpoint.RUNS_LIST)
			.query("filter[taskIdentifier]", "send-welcome")
			.query("page[size]", 25)
			.returning(String.class);
	}

	/**
	 * Choose the credential for an endpoint.
	 * @return the kind of the credential
	 */
	@Benchmark
	public @Nullable AuthMode capabilities() {
		return this.trigger.capabilities().select(TriggerEndpoint.RUNS_RETRIEVE, false);
	}

	/**
	 * Make a call, through all filters, to which a function responds.
	 * @return the run
	 */
	@Benchmark
	public @Nullable Run wholeCall() {
		return this.trigger.runs().retrieve("run_1234").block();
	}

	/**
	 * Decode a run.
	 * @return the run
	 */
	@Benchmark
	public Object decode() {
		return TriggerJson.shared().read(this.json, Run.class);
	}

	/**
	 * Hash an idempotency key.
	 * @return the hash
	 */
	@Benchmark
	public String idempotencyKey() {
		return IdempotencyKey.of("welcome", "user-1234").value();
	}

	/**
	 * Decode an output of JavaScript values.
	 * @return the output
	 */
	@Benchmark
	public @Nullable JsonNode superJson() {
		return this.payloads.decodeTree(this.superJson).block();
	}

	/**
	 * Redact a text with a key.
	 * @return the redacted text
	 */
	@Benchmark
	public String redact() {
		return CredentialRedactor.redact(TEXT);
	}

}
