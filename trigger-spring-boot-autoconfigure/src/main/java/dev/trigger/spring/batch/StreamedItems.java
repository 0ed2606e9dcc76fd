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

package dev.trigger.spring.batch;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * How many of the items that were sent the server accepted.
 *
 * @param id the id of the batch
 * @param itemsAccepted how many items were accepted
 * @param itemsDeduplicated how many items the server already had
 * @param sealed whether the batch is complete, so that its runs are created
 * @param enqueuedCount how many items the batch has now, if it is not complete
 * @param expectedCount how many items it needs, if it is not complete
 * @since 1.0.0
 */
public record StreamedItems(@Nullable String id, int itemsAccepted, int itemsDeduplicated, boolean sealed,
		@Nullable Integer enqueuedCount, @Nullable Integer expectedCount) implements Serializable {

}
