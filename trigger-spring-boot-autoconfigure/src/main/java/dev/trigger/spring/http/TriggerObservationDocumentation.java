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

package dev.trigger.spring.http;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

import org.springframework.web.reactive.function.client.ClientHttpObservationDocumentation;

/**
 * The observations of calls, feeds and streams, with the key values that those of calls
 * have in addition to {@link ClientHttpObservationDocumentation}'s.
 *
 * @since 1.0.0
 */
public enum TriggerObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call, with all its attempts.
	 */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return CallObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

	},

	/**
	 * A feed or stream, over all of its connections. That it reconnects is an event of
	 * it.
	 */
	LIVE {

		@Override
		public String getName() {
			return LiveHttp.OBSERVATION;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowCardinalityKeyNames.CLIENT, LowCardinalityKeyNames.ENDPOINT };
		}

	};

	/**
	 * Keys of metrics and traces.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * Name of the client, {@code default} for that of {@code trigger.*}.
		 */
		CLIENT {

			@Override
			public String asString() {
				return "trigger.client";
			}

		},

		/**
		 * Operation of the endpoint, as in {@code runs.list}.
		 */
		ENDPOINT {

			@Override
			public String asString() {
				return "trigger.endpoint";
			}

		},

		/**
		 * Kind of credential, as in {@code SECRET_KEY}.
		 */
		AUTH_MODE {

			@Override
			public String asString() {
				return "trigger.auth.mode";
			}

		},

		/**
		 * Number of attempts, at most {@code trigger.retry.max-attempts}.
		 */
		ATTEMPTS {

			@Override
			public String asString() {
				return "trigger.attempts";
			}

		}

	}

}
