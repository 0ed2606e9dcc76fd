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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.feed.LiveServer.Exchange;
import dev.trigger.spring.realtime.RunStreamOperations;
import dev.trigger.spring.realtime.StreamOptions;
import dev.trigger.spring.realtime.StreamTarget;
import dev.trigger.spring.session.SessionChannelOperations;
import dev.trigger.spring.session.SessionChannels;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Makes the calls of streams and channels that were recorded as requests.
 */
final class StreamCalls {

	private static final ParameterizedTypeReference<JsonNode> TREE = ParameterizedTypeReference.forType(JsonNode.class);

	private static final int DEFAULT_TIMEOUT_SECONDS = 60;

	private StreamCalls() {
	}

	/**
	 * Read what a request reads.
	 * @return the parts as {@link RecordedStream} has them
	 */
	static Flux<Object> read(TriggerOperations client, RecordedRequest request) {
		List<String> path = request.segments();
		StreamOptions options = StreamOptions.of((builder) -> options(builder, request));
		if (path.get(0).equals("sessions")) {
			return channel(client, path).read(TREE, options)
				.map((part) -> RecordedStream.part(part.id(), node(part.value())));
		}
		if (path.size() == 4 && path.get(2).equals("input")) {
			return client.realtime()
				.input(path.get(1), path.get(3))
				.read(TREE, options)
				.map((part) -> RecordedStream.part(part.id(), node(part.value())));
		}
		return client.realtime()
			.stream(path.get(1), path.get(2))
			.read(TREE, options)
			.map((part) -> RecordedStream.part(part.id(), node(part.value())));
	}

	private static JsonNode node(JsonNode value) {
		return (value != null) ? value : MissingNode.getInstance();
	}

	private static void options(StreamOptions.Builder builder, RecordedRequest request) {
		builder.timeout(Duration.ofSeconds(timeout(request)));
		String last = request.header("last-event-id");
		if (!last.isEmpty()) {
			builder.after(last);
		}
		if (request.header("x-trigger-stream-start").equals("latest")) {
			builder.fromLatest();
		}
		if (request.header("x-peek-settled").equals("1")) {
			builder.peekSettled();
		}
	}

	private static int timeout(RecordedRequest request) {
		String timeout = request.header("timeout-seconds");
		return timeout.matches("[0-9]{1,9}") && Integer.parseInt(timeout) > 0 ? Integer.parseInt(timeout)
				: DEFAULT_TIMEOUT_SECONDS;
	}

	/**
	 * Return the request without a timeout that the client can't ask for.
	 */
	static RecordedRequest comparable(RecordedRequest request) {
		Map<String, String> headers = new LinkedHashMap<>(request.headers());
		headers.computeIfPresent("timeout-seconds",
				(name, value) -> value.equals(Integer.toString(timeout(request))) ? value : null);
		return new RecordedRequest(request.method(), request.path(), request.query(), headers, request.body());
	}

	/**
	 * Make the call that a request makes.
	 */
	static Flux<Object> call(TriggerOperations client, RecordedRequest request) {
		List<String> path = request.segments();
		String body = (request.body() != null) ? request.body() : "";
		Mono<?> call = switch (path.get(0) + " " + request.method()) {
			case "sessions PUT" -> channel(client, path).initialize();
			case "sessions POST" -> append(channel(client, path), body, request.header("x-part-id"));
			case "streams PUT" -> stream(client, path, 3).register();
			case "streams POST" ->
				path.get(2).equals("input") ? send(client, path, body) : append(client, path, request, body);
			case "sessions GET" -> null;
			default -> throw new Unrepresentable("A client does not send " + request.method() + " here");
		};
		if (call == null) {
			return channel(client, path).records(request.query().get("afterEventId"))
				.flatMapIterable((records) -> records)
				.map(SessionCalls::json);
		}
		return Flux.from(call).cast(Object.class);
	}

	private static Mono<?> append(SessionChannelOperations channel, String body, String partId) {
		return partId.isEmpty() ? channel.append(body) : channel.append(body, partId);
	}

	private static Mono<?> append(TriggerOperations client, List<String> path, RecordedRequest request, String body) {
		if (path.size() != 5) {
			throw new Unrepresentable("Several parts at once are what tasks write");
		}
		String partId = request.header("x-part-id");
		RunStreamOperations stream = stream(client, path, 3);
		return partId.isEmpty() ? stream.append(body) : stream.append(body, partId);
	}

	private static RunStreamOperations stream(TriggerOperations client, List<String> path, int key) {
		StreamTarget target = switch (path.get(2)) {
			case "self" -> StreamTarget.SELF;
			case "parent" -> StreamTarget.PARENT;
			case "root" -> StreamTarget.ROOT;
			default -> throw new Unrepresentable("No such target: " + path.get(2));
		};
		return client.realtime().stream(path.get(1), path.get(key)).to(target);
	}

	private static Mono<?> send(TriggerOperations client, List<String> path, String body) {
		return client.realtime().input(path.get(1), path.get(3)).send(parse(body).path("data"));
	}

	private static SessionChannelOperations channel(TriggerOperations client, List<String> path) {
		SessionChannels channels = client.sessions().session(path.get(1));
		boolean named = path.get(2).equals("channels");
		channels = named ? channels.channel(path.get(3)) : channels;
		return path.get(named ? 4 : 2).equals("in") ? channels.in() : channels.out();
	}

	static void compareBody(RecordedRequest request, Exchange exchange, List<String> differences) {
		String body = request.body();
		boolean data = request.path().contains("/input/");
		if (body == null || (data && !parse(body).has("data"))) {
			return;
		}
		boolean same = data ? parse(body).equals(parse(exchange.body())) : body.equals(exchange.body());
		if (!same) {
			differences.add("body: expected " + body + ", but is " + exchange.body());
		}
	}

	private static JsonNode parse(String text) {
		try {
			return Contract.json(text);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

}
