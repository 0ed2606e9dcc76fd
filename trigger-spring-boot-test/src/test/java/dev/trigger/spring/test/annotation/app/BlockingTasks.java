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

import java.util.List;
import java.util.Optional;

import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.run.RunHandle;

/**
 * Tasks that block the thread that triggers them.
 */
@TriggerTasks
public interface BlockingTasks {

	@TriggerTask("send-welcome")
	void welcome(Welcome payload);

	@TriggerTask("send-welcome")
	RunHandle<Receipt> trigger(Welcome payload);

	@TriggerTask("send-welcome")
	Receipt await(Welcome payload);

	@TriggerTask("clean-up")
	Optional<String> cleanUp();

	@TriggerTask("clean-up")
	int count();

	@TriggerTask("resize")
	List<RunHandle<String>> resize(List<Image> images);

	@TriggerTask("resize")
	BatchHandle<String> batch(List<Image> images);

}
