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

package dev.trigger.spring.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads the spans of a trace without recursion: a few hundred nested ones would not fit
 * on the stack of a thread.
 */
final class SpanDeserializer extends ValueDeserializer<RunTrace.Span> {

	@Override
	public RunTrace.@Nullable Span deserialize(JsonParser parser, DeserializationContext context) {
		JsonNode root = context.readTree(parser);
		if (!root.isObject()) {
			return (RunTrace.Span) context.handleUnexpectedToken(RunTrace.Span.class, parser);
		}
		Deque<Level> levels = new ArrayDeque<>();
		levels.push(new Level(root));
		while (true) {
			Level level = levels.getFirst();
			if (level.pending.hasNext()) {
				levels.push(new Level(level.pending.next()));
				continue;
			}
			RunTrace.Span span = level.toSpan(context);
			levels.pop();
			if (levels.isEmpty()) {
				return span;
			}
			levels.getFirst().children.add(span);
		}
	}

	/**
	 * A span of which some of those below it are read.
	 */
	private static final class Level {

		private final JsonNode json;

		private final Iterator<JsonNode> pending;

		private final List<RunTrace.Span> children = new ArrayList<>();

		private Level(JsonNode json) {
			this.json = json;
			this.pending = json.path("children").values().iterator();
		}

		private RunTrace.Span toSpan(DeserializationContext context) {
			JsonNode data = this.json.path("data");
			return new RunTrace.Span(text("id"), text("parentId"), text("runId"),
					(data.isMissingNode() || data.isNull()) ? null : context.readTreeAsValue(data, RunTrace.Data.class),
					this.children);
		}

		private @Nullable String text(String name) {
			JsonNode value = this.json.path(name);
			return value.isValueNode() && !value.isNull() ? value.asString() : null;
		}

	}

}
