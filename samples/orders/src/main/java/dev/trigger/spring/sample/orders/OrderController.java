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

package dev.trigger.spring.sample.orders;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The endpoints of the page.
 */
@RestController
@RequestMapping("/orders")
class OrderController {

	private static final int MAX_ITEM = 60;

	private final Orders orders;

	private final OrderRepository repository;

	OrderController(Orders orders, OrderRepository repository) {
		this.orders = orders;
		this.repository = repository;
	}

	@GetMapping
	List<View> list() {
		return this.repository.findTop20ByOrderByIdDesc().stream().map(View::of).toList();
	}

	/**
	 * Places an order.
	 * @param request the order
	 * @param die whether the service is killed before it triggers the task
	 */
	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	View place(@RequestBody Request request, @RequestParam(defaultValue = "false") boolean die) {
		String item = request.item();
		if (!StringUtils.hasText(item) || item.length() > MAX_ITEM) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "An item has 1 to " + MAX_ITEM + " characters");
		}
		if (die) {
			this.orders.placeAndDie(item);
		}
		return View.of(this.orders.place(item));
	}

	/**
	 * What is ordered.
	 *
	 * @param item the item
	 */
	record Request(@Nullable String item) {

	}

	/**
	 * An order as the page shows it.
	 *
	 * @param id the number
	 * @param item what was ordered
	 * @param state how far it is
	 * @param runId the id of the run that fulfilled it
	 * @param parcel the number of the parcel
	 */
	record View(long id, String item, Order.State state, @Nullable String runId, @Nullable String parcel) {

		static View of(Order order) {
			return new View(order.getId(), order.getItem(), order.getState(), order.getRunId(), order.getParcel());
		}

	}

}
