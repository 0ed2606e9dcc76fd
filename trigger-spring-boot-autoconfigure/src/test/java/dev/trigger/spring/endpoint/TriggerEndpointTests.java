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

package dev.trigger.spring.endpoint;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.contract.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerEndpoint}: the catalogue is that of the contract.
 */
class TriggerEndpointTests {

	private static final String SUPERSEDED = "superseded by batch.create with batch.streamItems, or by batch.retrieve";

	private static final String TASK_RUNTIME = "only for code that runs inside a task";

	private static final String UNDOCUMENTED = "neither documented nor used by the official SDK";

	/**
	 * What the contract has and the client does not, each with its reason.
	 */
	private static final Map<String, String> LEFT_OUT = leftOut();

	/**
	 * What the client has and the catalogue of the contract has not: routes of a real
	 * server that were found beside it.
	 */
	private static final Set<String> BEYOND_CONTRACT = Set.of("sessions.out.append", "sessions.read",
			"sessions.channel.read", "streams.input.read");

	private static Map<String, String> leftOut() {
		Map<String, String> reasons = new LinkedHashMap<>();
		leaveOut(reasons, SUPERSEDED, "tasks.batchTriggerByTaskV1", "batch.triggerV1", "batch.triggerV2",
				"batch.retrieveV1");
		leaveOut(reasons, TASK_RUNTIME, "runs.waitForToken", "sessions.endAndContinue", "sessions.snapshotUrl",
				"sessions.snapshotUploadUrl");
		leaveOut(reasons, UNDOCUMENTED, "auth.jwt", "projects.runtimes", "projects.setDefaultRegion",
				"projects.devStatus", "projects.alertChannels.create", "projects.envvars",
				"projects.backgroundWorkers.retrieve", "orgs.list", "orgs.members", "orgs.projects",
				"orgs.projects.create");
		leaveOut(reasons, "made by the tool that deploys", "deployments.initialize", "deployments.cancel",
				"deployments.fail", "deployments.finalize");
		return reasons;
	}

	private static void leaveOut(Map<String, String> reasons, String reason, String... operations) {
		for (String operation : operations) {
			reasons.put(operation, reason);
		}
	}

	@Test
	void everyEndpointOfTheContractIsInTheCatalogueOrLeftOutForAReason() {
		Set<String> expected = new LinkedHashSet<>(contract().keySet());
		Set<String> covered = Arrays.stream(TriggerEndpoint.values())
			.map(TriggerEndpoint::operation)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		covered.addAll(LEFT_OUT.keySet());
		covered.removeIf((operation) -> BEYOND_CONTRACT.contains(operation) && !expected.contains(operation));
		assertThat(covered).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void nothingIsBothInTheCatalogueAndLeftOut() {
		assertThat(TriggerEndpoint.values()).extracting(TriggerEndpoint::operation)
			.doesNotContainAnyElementsOf(LEFT_OUT.keySet())
			.doesNotHaveDuplicates();
	}

	@Test
	void endpointsOfNewerServersOnlyAreThoseOfTheContract() {
		Map<String, JsonNode> contract = contract();
		assertThat(TriggerEndpoint.values()).filteredOn((endpoint) -> contract.containsKey(endpoint.operation()))
			.allSatisfy(
					(endpoint) -> assertThat(EndpointAvailability.isInTriedVersion(endpoint)).as(endpoint.toString())
						.isNotEqualTo(contract.get(endpoint.operation()).toString().contains("newer servers only")));
	}

	@Test
	void noTwoEndpointsHaveTheSameRoute() {
		assertThat(TriggerEndpoint.values()).extracting((endpoint) -> endpoint.method() + " " + endpoint.path())
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource
	void endpointIsAsTheContractHasIt(TriggerEndpoint endpoint) {
		JsonNode row = contract().get(endpoint.operation());
		if (row == null) {
			assertThat(BEYOND_CONTRACT).contains(endpoint.operation());
			return;
		}
		assertThat(endpoint.method().name()).as("method").isEqualTo(row.path("method").asString());
		assertThat(endpoint.path()).as("path").isEqualTo(row.path("path").asString());
		assertThat(endpoint.authModes()).as("modes").isEqualTo(modes(row.path("auth")));
		assertThat(endpoint.paging()).as("paging").isEqualTo(paging(row.path("paging")));
		assertThat(endpoint.replaySafety().name().toLowerCase(Locale.ROOT)).as("replay safety")
			.isEqualTo(row.path("replaySafety").asString());
		assertThat(endpoint.isBranchAware()).as("branch").isEqualTo(row.path("branchHeader").booleanValue());
		List<String> needs = strings(row.path("requiresForPat"));
		assertThat(endpoint.requiresProject()).as("project").isEqualTo(needs.contains("projectRef"));
		assertThat(endpoint.requiresEnvironment()).as("environment").isEqualTo(needs.contains("environment"));
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource
	void modesAreThoseThatARealServerTakes(JsonNode row) {
		TriggerEndpoint endpoint = find(row.path("operation").asString());
		Map<AuthMode, String> kinds = Map.of(AuthMode.SECRET_KEY, "secret-prod", AuthMode.PERSONAL_ACCESS_TOKEN, "pat",
				AuthMode.PUBLIC_ACCESS_TOKEN, "public-jwt-run", AuthMode.NONE, "none");
		kinds.forEach((mode, kind) -> {
			boolean rejected = row.path("results").path(kind).path("status").intValue() == 401;
			boolean open = endpoint.authModes().contains(AuthMode.NONE);
			assertThat(open || endpoint.authModes().contains(mode)).as("%s with %s", endpoint, mode)
				.isEqualTo(!rejected);
		});
	}

	static Stream<JsonNode> modesAreThoseThatARealServerTakes() {
		return Contract.authMatrix().stream().filter((row) -> !LEFT_OUT.containsKey(row.path("operation").asString()));
	}

	private static TriggerEndpoint find(String operation) {
		return Arrays.stream(TriggerEndpoint.values())
			.filter((endpoint) -> endpoint.operation().equals(operation))
			.findFirst()
			.orElseThrow();
	}

	private static Map<String, JsonNode> contract() {
		Map<String, JsonNode> rows = new HashMap<>();
		Contract.endpoints().forEach((row) -> rows.put(row.path("operation").asString(), row));
		return rows;
	}

	private static Set<AuthMode> modes(JsonNode names) {
		Set<AuthMode> modes = EnumSet.noneOf(AuthMode.class);
		strings(names).forEach((name) -> modes.add(AuthMode.valueOf(name)));
		return modes;
	}

	private static Paging paging(JsonNode name) {
		return switch (name.asString("")) {
			case "cursor" -> Paging.CURSOR;
			case "page" -> Paging.NUMBERED;
			default -> Paging.NONE;
		};
	}

	private static List<String> strings(JsonNode array) {
		return array.valueStream().map(JsonNode::asString).toList();
	}

}
