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

package dev.trigger.spring.feed;

import java.util.Arrays;

import dev.trigger.spring.realtime.RunColumn;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FeedSource}.
 */
class FeedSourceTests {

	@Test
	void statusOnlyLeavesOutWhateverDoesNotTellWhetherARunIsOver() {
		assertThat(FeedSource.runs().statusOnly()).isEqualTo(FeedSource.runs()
			.without(Arrays.stream(RunColumn.values())
				.filter((column) -> column != RunColumn.FINISHED_AT)
				.map(RunColumn::column)
				.toList()));
	}

}
