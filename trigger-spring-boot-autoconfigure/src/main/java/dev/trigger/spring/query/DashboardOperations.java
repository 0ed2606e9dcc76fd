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

import java.io.Serializable;
import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages dashboards. All need a secret key ({@link #list list} takes a public access
 * token too), and all but that a newer server than 4.5.
 *
 * @since 1.0.0
 */
public interface DashboardOperations {

	/**
	 * Return all dashboards, those that come with Trigger.dev included.
	 * <p>
	 * {@code GET /api/v1/query/dashboards}
	 * @return the dashboards
	 */
	Flux<DashboardSummary> list();

	/**
	 * Create a dashboard.
	 * <p>
	 * {@code POST /api/v1/query/dashboards}
	 * @param options the values, with a title
	 * @return the dashboard
	 */
	Mono<Dashboard> create(DashboardOptions options);

	/**
	 * Create a dashboard.
	 * @param options sets the options
	 * @return the dashboard
	 * @see #create(DashboardOptions)
	 */
	default Mono<Dashboard> create(Consumer<DashboardOptions.Builder> options) {
		return create(DashboardOptions.of(options));
	}

	/**
	 * Return a dashboard.
	 * <p>
	 * {@code GET /api/v1/query/dashboards/{id}}
	 * @param id the id
	 * @return the dashboard
	 */
	Mono<Dashboard> retrieve(String id);

	/**
	 * Replace a dashboard with all its widgets.
	 * <p>
	 * {@code PUT /api/v1/query/dashboards/{id}}
	 * @param id the id
	 * @param options the values, with the widgets
	 * @return the dashboard
	 */
	Mono<Dashboard> replace(String id, DashboardOptions options);

	/**
	 * Replace a dashboard with all its widgets.
	 * @param id the id
	 * @param options sets the options
	 * @return the dashboard
	 * @see #replace(String, DashboardOptions)
	 */
	default Mono<Dashboard> replace(String id, Consumer<DashboardOptions.Builder> options) {
		return replace(id, DashboardOptions.of(options));
	}

	/**
	 * Change title and description of a dashboard.
	 * <p>
	 * {@code PATCH /api/v1/query/dashboards/{id}}
	 * @param id the id
	 * @param options the values to change; widgets are not allowed
	 * @return the dashboard
	 */
	Mono<Dashboard> update(String id, DashboardOptions options);

	/**
	 * Change title and description of a dashboard.
	 * @param id the id
	 * @param options sets the options
	 * @return the dashboard
	 * @see #update(String, DashboardOptions)
	 */
	default Mono<Dashboard> update(String id, Consumer<DashboardOptions.Builder> options) {
		return update(id, DashboardOptions.of(options));
	}

	/**
	 * Delete a dashboard.
	 * <p>
	 * {@code DELETE /api/v1/query/dashboards/{id}}
	 * @param id the id
	 * @return completes when it is deleted
	 */
	Mono<Void> delete(String id);

	/**
	 * Add a widget, whatever the revision of the dashboard is.
	 * <p>
	 * {@code POST /api/v1/query/dashboards/{id}/widgets}
	 * @param id the id of the dashboard
	 * @param widget the widget
	 * @return the id of the widget, with the dashboard
	 */
	default Mono<AddedWidget> addWidget(String id, DashboardWidget widget) {
		return addWidget(id, widget, null);
	}

	/**
	 * Add a widget.
	 * <p>
	 * {@code POST /api/v1/query/dashboards/{id}/widgets}
	 * @param id the id of the dashboard
	 * @param widget the widget
	 * @param revision the revision to change, {@code null} for any
	 * @return the id of the widget, with the dashboard
	 */
	Mono<AddedWidget> addWidget(String id, DashboardWidget widget, @Nullable String revision);

	/**
	 * Change a widget, whatever the revision of the dashboard is.
	 * <p>
	 * {@code PATCH /api/v1/query/dashboards/{id}/widgets/{widgetId}}
	 * @param id the id of the dashboard
	 * @param widgetId the id of the widget
	 * @param changes the values to change; {@code null} leaves a value as it is
	 * @return the dashboard
	 */
	default Mono<Dashboard> updateWidget(String id, String widgetId, DashboardWidget changes) {
		return updateWidget(id, widgetId, changes, null);
	}

	/**
	 * Change a widget.
	 * <p>
	 * {@code PATCH /api/v1/query/dashboards/{id}/widgets/{widgetId}}
	 * @param id the id of the dashboard
	 * @param widgetId the id of the widget
	 * @param changes the values to change; {@code null} leaves a value as it is
	 * @param revision the revision to change, {@code null} for any
	 * @return the dashboard
	 */
	Mono<Dashboard> updateWidget(String id, String widgetId, DashboardWidget changes, @Nullable String revision);

	/**
	 * Delete a widget, whatever the revision of the dashboard is.
	 * <p>
	 * {@code DELETE /api/v1/query/dashboards/{id}/widgets/{widgetId}}
	 * @param id the id of the dashboard
	 * @param widgetId the id of the widget
	 * @return the dashboard
	 */
	default Mono<Dashboard> deleteWidget(String id, String widgetId) {
		return deleteWidget(id, widgetId, null);
	}

	/**
	 * Delete a widget.
	 * <p>
	 * {@code DELETE /api/v1/query/dashboards/{id}/widgets/{widgetId}}
	 * @param id the id of the dashboard
	 * @param widgetId the id of the widget
	 * @param revision the revision to change, {@code null} for any
	 * @return the dashboard
	 */
	Mono<Dashboard> deleteWidget(String id, String widgetId, @Nullable String revision);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static DashboardOperations create(TriggerHttp http) {
		return new DefaultDashboardOperations(http);
	}

	/**
	 * A widget that was added.
	 *
	 * @param widgetId the id of the widget
	 * @param dashboard the dashboard
	 */
	record AddedWidget(@Nullable String widgetId, @Nullable Dashboard dashboard) implements Serializable {

	}

}
