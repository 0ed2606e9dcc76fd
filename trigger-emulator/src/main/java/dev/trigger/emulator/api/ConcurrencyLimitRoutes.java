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

package dev.trigger.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.ConcurrencyLimit;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Named concurrency limits. They are kept and reported, but do not hold back runs.
 */
final class ConcurrencyLimitRoutes {

	private static final String PATH = "/api/v1/concurrency-limits";

	void addTo(Router router) {
		router.get("concurrencyLimits.list", PATH, this::list);
		router.get("concurrencyLimits.retrieve", PATH + "/{name}", this::retrieve);
		router.post("concurrencyLimits.override", PATH + "/{name}/override", this::override);
		router.post("concurrencyLimits.pause", PATH + "/{name}/pause", this::pause);
		router.post("concurrencyLimits.reset", PATH + "/{name}/reset", this::reset);
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		NumberedPages pages = NumberedPages.read(call.request(), 25, issues);
		issues.refuseQuery();
		return EmulatorResponse.ok(pages.of(List.copyOf(call.environment().all(ConcurrencyLimit.class).values()),
				ConcurrencyLimitRoutes::json));
	}

	private EmulatorResponse retrieve(ApiCall call) {
		String key = call.query("concurrencyKey");
		return EmulatorResponse.ok((key != null) ? json(find(call), key) : json(find(call)));
	}

	private EmulatorResponse override(ApiCall call) {
		Issues issues = new Issues();
		Input input = new Input(call.json(), issues);
		JsonNode perKey = input.number("perKey");
		JsonNode total = input.number("total");
		issues.refuse();
		ConcurrencyLimit limit = find(call);
		String key = key(input);
		if (key != null) {
			limit.key(key).override(integer(perKey), call.now(), expiry(input.get("ttl"), call.now()));
			return EmulatorResponse.ok(json(limit, key));
		}
		if (perKey != null) {
			limit.perKey().override(integer(perKey), call.now(), null);
		}
		if (total != null) {
			limit.total().override(integer(total), call.now(), null);
		}
		return EmulatorResponse.ok(json(limit));
	}

	private EmulatorResponse pause(ApiCall call) {
		Issues issues = new Issues();
		String action = new Input(call.json(), issues).requiredString("action");
		issues.refuse();
		ConcurrencyLimit limit = find(call);
		limit.setPaused(action.equals("pause"));
		return EmulatorResponse.ok(json(limit));
	}

	private EmulatorResponse reset(ApiCall call) {
		ConcurrencyLimit limit = find(call);
		String key = key(new Input(call.optionalJson(), new Issues()));
		if (key != null) {
			limit.key(key).override(null, call.now(), null);
			return EmulatorResponse.ok(json(limit, key));
		}
		limit.perKey().override(null, call.now(), null);
		limit.total().override(null, call.now(), null);
		return EmulatorResponse.ok(json(limit));
	}

	private static ConcurrencyLimit find(ApiCall call) {
		ConcurrencyLimit limit = call.environment().find(ConcurrencyLimit.class, call.variable("name"));
		if (limit == null) {
			throw new ResponseException(404, "Concurrency limit not found");
		}
		return limit;
	}

	private static @Nullable String key(Input input) {
		JsonNode key = input.get("concurrencyKey");
		return (key != null) ? key.asString() : null;
	}

	private static @Nullable Integer integer(@Nullable JsonNode number) {
		return (number != null) ? (Integer) number.intValue() : null;
	}

	private static @Nullable Instant expiry(@Nullable JsonNode ttl, Instant now) {
		if (ttl == null) {
			return null;
		}
		Duration lifetime = ttl.isNumber() ? Duration.ofSeconds(ttl.longValue()) : TimeSpans.parse(ttl.asString());
		return (lifetime != null) ? now.plus(lifetime) : null;
	}

	private static JsonBody json(ConcurrencyLimit limit) {
		return JsonBody.of("id", limit.id())
			.with("name", limit.name())
			.with("perKey", bound(limit.perKey()).with("overriddenAt", limit.perKey().overriddenAt()))
			.with("total", bound(limit.total()).with("overriddenAt", limit.total().overriddenAt()))
			.with("running", 0)
			.with("queued", 0)
			.with("paused", limit.isPaused());
	}

	private static JsonBody json(ConcurrencyLimit limit, String key) {
		return JsonBody.of("name", limit.name())
			.with("concurrencyKey", key)
			.with("perKey", bound(limit.key(key)).with("expiresAt", limit.key(key).expiresAt()))
			.with("running", 0)
			.with("paused", limit.isPaused());
	}

	private static JsonBody bound(ConcurrencyLimit.Bound bound) {
		return JsonBody.of("current", bound.current()).with("base", bound.base()).with("override", bound.override());
	}

}
