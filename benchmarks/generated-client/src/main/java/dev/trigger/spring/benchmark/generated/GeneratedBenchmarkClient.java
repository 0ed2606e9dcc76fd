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

package dev.trigger.spring.benchmark.generated;

import java.util.UUID;

import dev.trigger.spring.benchmark.client.BenchmarkClient;
import dev.trigger.spring.benchmark.client.Welcome;
import generated.ApiClient;
import generated.api.RunApi;
import generated.api.RunsApi;
import generated.api.TasksApi;
import generated.model.CommonRunsFilter;
import generated.model.ListRunsV1PageParameter;
import generated.model.TriggerTaskRequestBody;
import generated.model.TriggerTaskRequestBodyOptions;
import reactor.core.publisher.Mono;

/**
 * The client that openapi-generator makes of the OpenAPI file.
 */
public final class GeneratedBenchmarkClient implements BenchmarkClient {

	private final RunApi run;

	private final RunsApi runs;

	private final TasksApi tasks;

	/**
	 * Create the client.
	 * @param apiUrl the address of the server
	 * @param key the secret key
	 */
	public GeneratedBenchmarkClient(String apiUrl, String key) {
		ApiClient client = new ApiClient();
		client.setBasePath(apiUrl);
		client.setBearerToken(key);
		this.run = new RunApi(client);
		this.runs = new RunsApi(client);
		this.tasks = new TasksApi(client);
	}

	@Override
	public Mono<Integer> retrieve() {
		return this.run.retrieveRunV1("run_1234").map((run) -> run.getTags().size());
	}

	@Override
	public Mono<Integer> trigger() {
		TriggerTaskRequestBodyOptions options = new TriggerTaskRequestBodyOptions()
			.idempotencyKey(UUID.randomUUID().toString());
		return this.tasks
			.triggerTaskV1("send-welcome", new TriggerTaskRequestBody().payload(Welcome.of(1)).options(options))
			.map((triggered) -> triggered.getId().length());
	}

	@Override
	public Mono<Integer> list() {
		return this.runs.listRunsV1(new ListRunsV1PageParameter().size(25), new CommonRunsFilter())
			.map((page) -> page.getData().size());
	}

	@Override
	public Mono<Integer> walk() {
		throw new UnsupportedOperationException("Its pages are walked by hand");
	}

	@Override
	public Mono<Integer> batch() {
		throw new UnsupportedOperationException("The file has no batches in two phases");
	}

	@Override
	public Mono<Integer> stream(int count) {
		throw new UnsupportedOperationException("The file has no batches in two phases");
	}

}
