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

package dev.trigger.spring.contract;

import java.util.Map;

import dev.trigger.spring.prompt.PromptOverrideOptions;
import dev.trigger.spring.prompt.ResolvedPrompt;

/**
 * Calls of {@code PromptOperations}.
 */
class PromptCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry.add("prompts.list", "[]", (client, args) -> client.prompts().list().collectList())
			.json((prompts) -> Map.of("data", prompts));
		registry
			.add("prompts.versions", "[\"greeting\"]",
					(client, args) -> client.prompts().versions(args.string(0)).collectList())
			.json((versions) -> Map.of("data", versions));
		registry.add("prompts.resolve", "[\"greeting\"]",
				(client, args) -> client.prompts().resolve(args.string(0), variables(args.get(1)), (query) -> {
					args.get(2).get("label").ifPresent((label) -> query.label(label.string()));
					args.get(2).get("version").ifPresent((version) -> query.version(version.integer()));
				}))
			.json(PromptCalls::resolved)
			.recordedAs((body) -> body.path("data"));
		registry
			.add("prompts.promote", "[\"greeting\",1]",
					(client, args) -> client.prompts().promote(args.string(0), args.get(1).integer()))
			.returningNothing();
		registry
			.add("prompts.createOverride", "[\"greeting\",{\"textContent\":\"Hi\"}]",
					(client, args) -> client.prompts().createOverride(args.string(0), override(args.get(1))))
			.json((version) -> Map.of("ok", true, "version", version));
		registry
			.add("prompts.updateOverride", "[\"greeting\",{\"textContent\":\"Hi\"}]",
					(client, args) -> client.prompts().updateOverride(args.string(0), override(args.get(1))))
			.returningNothing();
		registry
			.add("prompts.removeOverride", "[\"greeting\"]",
					(client, args) -> client.prompts().removeOverride(args.string(0)))
			.returningNothing();
		registry
			.add("prompts.reactivateOverride", "[\"greeting\",1]",
					(client, args) -> client.prompts().reactivateOverride(args.string(0), args.get(1).integer()))
			.returningNothing();
	}

	/**
	 * The SDK keeps slug and template to itself.
	 */
	private static ResolvedPrompt resolved(ResolvedPrompt prompt) {
		return new ResolvedPrompt(prompt.promptId(), null, prompt.version(), prompt.labels(), null, prompt.text(),
				prompt.model(), prompt.config());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> variables(Argument argument) {
		return argument.isPresent() ? (Map<String, Object>) argument.value() : Map.of();
	}

	private static PromptOverrideOptions override(Argument argument) {
		return PromptOverrideOptions.of((override) -> {
			argument.get("textContent").ifPresent((text) -> override.textContent(text.string()));
			argument.get("model").ifPresent((model) -> override.model(model.string()));
			argument.get("commitMessage").ifPresent((message) -> override.commitMessage(message.string()));
			argument.get("source").ifPresent((source) -> override.source(source.string()));
		});
	}

}
