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

package dev.trigger.spring.test.annotation.app;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.run.RunHandle;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tasks that are triggered without blocking.
 */
@TriggerTasks
public interface EmailTasks {

	@TriggerTask("send-welcome")
	Mono<RunHandle<Receipt>> sendWelcome(Welcome payload, @Nullable TriggerOptions options);

	@TriggerTask("digest")
	Mono<Digest> digestAndAwait(Digest.Request payload);

	@TriggerTask("resize")
	Flux<RunHandle<Void>> resize(Flux<Image> images);

	@TriggerTask("resize")
	Flux<BatchHandle<String>> resizeInBatches(Flux<Image> images, BatchOptions options);

	@TriggerTask(id = "resize", tags = "all", idempotencyKey = "#images.name")
	Mono<BatchHandle<String>> resizeAll(Collection<Image> images, Consumer<TriggerOptions.Builder> options);

	@TriggerTask("clean-up")
	Mono<Void> cleanUp();

	@TriggerTask(id = "clean-up", timeout = "10ms")
	Mono<String> cleanUpSoon(Consumer<TriggerOptions.Builder> options);

	@TriggerTask(id = "report", queue = "${app.queue:reports}", ttl = "10m", machine = "small-2x",
			tags = { "kind:report", "${app.tag:}" }, idempotencyKey = "{'report', #payload.userId, #p0.email()}",
			idempotencyKeyTtl = "1h30m")
	Mono<RunHandle<List<String>>> report(Welcome payload, TriggerOptions options);

	default Mono<RunHandle<Receipt>> welcome(String userId) {
		return sendWelcome(new Welcome(userId, userId + "@example.com"),
				TriggerOptions.of((options) -> options.tag("user:" + userId)));
	}

}
