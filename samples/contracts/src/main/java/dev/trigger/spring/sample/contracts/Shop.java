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

package dev.trigger.spring.sample.contracts;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.payload.InvalidPayloadException;
import dev.trigger.spring.sample.contracts.tasks.Notify;
import dev.trigger.spring.sample.contracts.tasks.PlaceOrder;
import dev.trigger.spring.sample.contracts.tasks.ResizeImage;
import dev.trigger.spring.sample.contracts.tasks.ShopTaskTypes;
import dev.trigger.spring.sample.contracts.tasks.ShopTasks;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

/**
 * Calls what was generated.
 */
@Component
class Shop implements CommandLineRunner {

	private final ShopTasks tasks;

	private final TriggerOperations trigger;

	Shop(ShopTasks tasks, TriggerOperations trigger) {
		this.tasks = tasks;
		this.trigger = trigger;
	}

	@Override
	public void run(String... args) {
		show("place-order", placeOrder());
		show("notify", this.tasks.notify(new Notify.Sms("+49 30 1234567", "Your order is on its way"))
			.flatMap(this.trigger.runs()::awaitOutput));
		show("resize-image", this.tasks.resizeImage(image()).flatMap(this.trigger.runs()::awaitOutput));
		show("tour",
				this.trigger.tasks()
					.trigger(ShopTaskTypes.TOUR, JsonMapper.shared().valueToTree(Map.of("stop", 1)))
					.flatMap(this.trigger.runs()::awaitOutput));
		show("notify, too long",
				this.tasks.notify(new Notify.Sms("+49 30 1234567", "!".repeat(161)))
					.map(Object::toString)
					.onErrorResume(InvalidPayloadException.class, (ex) -> Mono.just("refused: " + ex.getErrors())));
	}

	// tag::order[]
	private Mono<Receipt> placeOrder() {
		PlaceOrder order = PlaceOrder.builder()
			.orderId(UUID.randomUUID())
			.placedAt(Instant.now())
			.customer(PlaceOrder.Customer.builder()
				.id("42")
				.email("ada@example.com")
				.address(new PlaceOrder.Customer.Address("Berlin", PlaceOrder.Customer.Address.Country.DE, "Am Markt 1",
						"10178"))
				.build())
			.lines(List.of(new PlaceOrder.LinesItem(null, new BigDecimal("19.99"), 2, "A-1")))
			.total(new BigDecimal("39.98"))
			.build();
		return this.tasks.placeOrder(order, (options) -> options.idempotencyKey("order", order.orderId().toString()))
			.flatMap(this.trigger.runs()::awaitOutput);
	}
	// end::order[]

	private static ResizeImage image() {
		return ResizeImage.builder()
			.url(URI.create("https://example.com/ada.png"))
			.format(ResizeImage.Format.WEBP)
			.size(new ResizeImage.SizeValue.WithHeightWidth(300, 400))
			.tags(new ResizeImage.Tags("portrait", BigDecimal.ONE))
			.big(9007199254740991L)
			.build();
	}

	private static void show(String task, Mono<?> output) {
		System.out.println(task + ": " + output.block());
	}

}
