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

package dev.trigger.spring.query;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Default {@link DashboardOperations}.
 */
final class DefaultDashboardOperations implements DashboardOperations {

	private final TriggerHttp http;

	DefaultDashboardOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<DashboardSummary> list() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_LIST).returning(Dashboards.class))
			.flatMapIterable(Dashboards::dashboards);
	}

	@Override
	public Mono<Dashboard> create(DashboardOptions options) {
		Assert.isTrue(options.has("title"), "A dashboard is created with a title: set 'title'");
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_CREATE)
			.json(options.toBody())
			.returning(Dashboard.class));
	}

	@Override
	public Mono<Dashboard> retrieve(String id) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_RETRIEVE, id).returning(Dashboard.class));
	}

	@Override
	public Mono<Dashboard> replace(String id, DashboardOptions options) {
		Assert.isTrue(options.has("widgets"), "A dashboard is replaced together with its widgets: set 'widgets'");
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_REPLACE, id)
			.json(options.toBody())
			.returning(Dashboard.class));
	}

	@Override
	public Mono<Dashboard> update(String id, DashboardOptions options) {
		Assert.isTrue(!options.has("widgets"), "Widgets are changed with replace, addWidget and updateWidget");
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_UPDATE, id)
			.json(options.toBody())
			.returning(Dashboard.class));
	}

	@Override
	public Mono<Void> delete(String id) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_DELETE, id).returningNothing());
	}

	@Override
	public Mono<AddedWidget> addWidget(String id, DashboardWidget widget, @Nullable String revision) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_WIDGETS_ADD, id)
			.json(new RevisedWidget(widget, revision))
			.returning(AddedWidget.class));
	}

	@Override
	public Mono<Dashboard> updateWidget(String id, String widgetId, DashboardWidget changes,
			@Nullable String revision) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_WIDGETS_UPDATE, id, widgetId)
			.json(new RevisedWidget(changes, revision))
			.returning(Dashboard.class));
	}

	@Override
	public Mono<Dashboard> deleteWidget(String id, String widgetId, @Nullable String revision) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.QUERY_DASHBOARDS_WIDGETS_DELETE, id, widgetId)
				.query("revision", revision)
				.returning(Dashboard.class))
			// done by an attempt whose response was lost
			.switchIfEmpty(retrieve(id));
	}

	/**
	 * A widget together with the revision that is changed.
	 *
	 * @param widget the widget
	 * @param revision the revision
	 */
	record RevisedWidget(@JsonUnwrapped DashboardWidget widget, @Nullable String revision) {

	}

	/**
	 * The response that holds the dashboards.
	 *
	 * @param dashboards the dashboards
	 */
	record Dashboards(List<DashboardSummary> dashboards) {

		Dashboards {
			dashboards = (dashboards != null) ? List.copyOf(dashboards) : List.of();
		}

	}

}
