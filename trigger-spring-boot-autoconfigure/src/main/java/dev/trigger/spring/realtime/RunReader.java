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

package dev.trigger.spring.realtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.feed.FeedRow;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.payload.EncodedOutput;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.payload.PayloadContent;
import dev.trigger.spring.run.RunError;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes runs of the rows of one feed. What was stored apart is downloaded once, however
 * often the row changes.
 */
final class RunReader {

	private static final String STORE = "application/store";

	/**
	 * How long the downloads that are kept are as JSON. A feed of many runs has no end of
	 * them.
	 */
	private static final long MAX_LENGTH = 32 * 1024 * 1024;

	/**
	 * In the order of the last access.
	 */
	private final Map<String, Download> downloads = new LinkedHashMap<>(16, 0.75f, true);

	private long length;

	private final PayloadCodec payloads;

	RunReader(PayloadCodec payloads) {
		this.payloads = payloads;
	}

	Mono<RealtimeRun> read(FeedRow row) {
		return content(row, "payload", "payloadType").flatMap((payload) -> content(row, "output", "outputType")
			.flatMap((output) -> content(row, "metadata", "metadataType")
				.map((metadata) -> run(row, payload, output, metadata.tree()))))
			.doOnNext((run) -> {
				if (run.isFinished()) {
					List.of("payload", "output", "metadata").forEach((column) -> forget(row.text(column)));
				}
			});
	}

	private Mono<PayloadContent> content(FeedRow row, String column, String typeColumn) {
		String text = row.text(column);
		if (text == null) {
			return Mono.just(PayloadContent.empty());
		}
		String type = row.text(typeColumn);
		EncodedOutput encoded = new EncodedOutput(StringNode.valueOf(text), (type != null) ? type : "application/json",
				null);
		if (!STORE.equals(type)) {
			return this.payloads.content(encoded);
		}
		Download download = this.downloads.get(text);
		return (download != null) ? Mono.just(download.content())
				: this.payloads.content(encoded).doOnNext((content) -> keep(text, content));
	}

	private void keep(String name, PayloadContent content) {
		JsonNode tree = content.tree();
		if (tree == null) {
			return;
		}
		Download download = new Download(content, tree.toString().length());
		this.downloads.put(name, download);
		this.length += download.length();
		while (this.length > MAX_LENGTH) {
			forget(this.downloads.keySet().iterator().next());
		}
	}

	private void forget(@Nullable String name) {
		Download download = this.downloads.remove(name);
		this.length -= (download != null) ? download.length() : 0;
	}

	private static RealtimeRun run(FeedRow row, PayloadContent payload, PayloadContent output,
			@Nullable JsonNode metadata) {
		return new RealtimeRun(id(row), RunStatus.ofRow(row.text("status")), row.text("taskIdentifier"),
				row.instant("createdAt"), row.instant("updatedAt"), row.instant("queuedAt"), row.instant("startedAt"),
				row.instant("completedAt"), row.instant("delayUntil"), row.instant("expiredAt"), row.text("ttl"),
				row.flag("isTest"), row.list("runTags"), row.number("costInCents"), row.number("baseCostInCents"),
				row.number("usageDurationMs"), metadata, payload, output, error(row.text("error")),
				streams(row, metadata), row.columns());
	}

	/**
	 * The other id is the server's own, which is the same without the prefix.
	 */
	private static String id(FeedRow row) {
		String id = row.text("friendlyId");
		return (id != null) ? id : "run_" + row.text("id");
	}

	private static @Nullable JsonNode json(@Nullable String text) {
		try {
			return (text != null) ? TriggerJson.shared().readTree(text) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static @Nullable RunError error(@Nullable String text) {
		JsonNode error = json(text);
		if (error == null || error.isNull() || error.isMissingNode()) {
			return null;
		}
		String message = string(error, "message");
		String name = string(error, "name");
		String code = string(error, "code");
		if (message == null) {
			message = raw(error);
		}
		if (message == null && code != null) {
			// the same text as in the response for a single run
			message = "trigger.dev internal error (" + code + ")";
		}
		return new RunError(message, (name != null) ? name : code, string(error, "stackTrace"), List.of());
	}

	private static @Nullable String raw(JsonNode error) {
		JsonNode raw = error.path("raw");
		if (raw.isMissingNode() || raw.isNull()) {
			return error.isString() ? error.stringValue() : null;
		}
		return raw.isString() ? raw.stringValue() : raw.toString();
	}

	private static @Nullable String string(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isString() ? value.stringValue() : null;
	}

	/**
	 * Older tasks name their streams in the metadata.
	 */
	private static List<String> streams(FeedRow row, @Nullable JsonNode metadata) {
		List<String> streams = row.list("realtimeStreams");
		if (!streams.isEmpty() || metadata == null) {
			return streams;
		}
		List<String> names = new ArrayList<>();
		metadata.path("$$streams").forEach((name) -> {
			if (name.isString()) {
				names.add(name.stringValue());
			}
		});
		return names;
	}

	/**
	 * What was downloaded.
	 *
	 * @param content the content
	 * @param length how long it is as JSON
	 */
	private record Download(PayloadContent content, int length) {

	}

}
