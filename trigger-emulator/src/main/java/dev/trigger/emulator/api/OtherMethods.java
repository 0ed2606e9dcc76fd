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

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;

/**
 * How a route that changes something responds to a method that it does not serve. Servers
 * have grown several ways.
 */
enum OtherMethods {

	/**
	 * The route knows some methods and breaks on others.
	 */
	BROKEN {

		@Override
		EmulatorResponse refuse(String served) {
			return EmulatorResponse.text(500, "Unexpected Server Error");
		}

	},

	/**
	 * The refusal names the method that is served.
	 */
	REFUSED {

		@Override
		EmulatorResponse refuse(String served) {
			return EmulatorResponse.error(405, "Method not allowed").header("allow", served);
		}

	},

	/**
	 * The same without the header.
	 */
	REFUSED_PLAINLY {

		@Override
		EmulatorResponse refuse(String served) {
			return EmulatorResponse.error(405, "Method not allowed");
		}

	},

	/**
	 * The same in other letters.
	 */
	REFUSED_IN_CAPITALS {

		@Override
		EmulatorResponse refuse(String served) {
			return EmulatorResponse.error(405, "Method Not Allowed");
		}

	},

	/**
	 * The refusal is the body of a successful response.
	 */
	REFUSED_IN_BODY {

		@Override
		EmulatorResponse refuse(String served) {
			return EmulatorResponse.ok(JsonBody.of("status", 405).with("body", "Method Not Allowed"));
		}

	};

	abstract EmulatorResponse refuse(String served);

}
