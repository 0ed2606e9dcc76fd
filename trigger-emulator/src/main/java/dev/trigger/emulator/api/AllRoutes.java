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

/**
 * The routes of all areas.
 */
final class AllRoutes {

	private AllRoutes() {
	}

	static void addTo(Router router, Authenticator authenticator, Duration hold) {
		new TriggerRoutes().addTo(router);
		new BatchRoutes().addTo(router);
		new OldBatchRoutes().addTo(router);
		new BatchItemRoutes().addTo(router);
		new RunRoutes().addTo(router);
		new RunListRoutes(authenticator).addTo(router);
		new EnvVarRoutes(authenticator).addTo(router);
		new ScheduleRoutes().addTo(router);
		new WhoamiRoutes().addTo(router);
		new TokenRoutes().addTo(router);
		new UserActorTokens().addTo(router);
		new PacketRoutes().addTo(router);
		new RunDetailRoutes().addTo(router);
		new MetadataRoutes().addTo(router);
		new BulkActionRoutes().addTo(router);
		new QueueRoutes().addTo(router);
		new ConcurrencyLimitRoutes().addTo(router);
		new WaitpointRoutes().addTo(router);
		new DeploymentRoutes().addTo(router);
		new NewDeploymentRoutes().addTo(router);
		new BuildRoutes().addTo(router);
		new ErrorRoutes().addTo(router);
		new ProjectRoutes(authenticator).addTo(router);
		new OrganizationRoutes().addTo(router);
		new AlertChannelRoutes().addTo(router);
		new EnvironmentRoutes(authenticator).addTo(router);
		new BranchRoutes(authenticator).addTo(router);
		new QueryRoutes().addTo(router);
		new ReportRoutes().addTo(router);
		new DashboardRoutes().addTo(router);
		new SessionRoutes().addTo(router);
		new SessionListRoutes().addTo(router);
		new PromptRoutes().addTo(router);
		new WebhookRoutes().addTo(router);
		new RealtimeRoutes(hold).addTo(router);
		new StreamRoutes(hold).addTo(router);
		new SessionChannels(hold).addTo(router);
		new StreamWaitRoutes().addTo(router);
		new RepositoryRoutes(authenticator).addTo(router);
	}

}
