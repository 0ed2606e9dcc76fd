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

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * An order.
 */
@Entity
@Table(name = "orders")
class Order {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	private String item = "";

	@Enumerated(EnumType.STRING)
	private State state = State.PLACED;

	private Instant placedAt = Instant.now();

	private @Nullable String runId;

	private @Nullable String parcel;

	/**
	 * Creates an order for JPA.
	 */
	protected Order() {
	}

	Order(String item) {
		this.item = item;
	}

	void fulfil(String runId, String parcel) {
		this.state = State.FULFILLED;
		this.runId = runId;
		this.parcel = parcel;
	}

	void fail(String runId) {
		this.state = State.FAILED;
		this.runId = runId;
	}

	long getId() {
		return (this.id != null) ? this.id : 0;
	}

	String getItem() {
		return this.item;
	}

	State getState() {
		return this.state;
	}

	Instant getPlacedAt() {
		return this.placedAt;
	}

	@Nullable String getRunId() {
		return this.runId;
	}

	@Nullable String getParcel() {
		return this.parcel;
	}

	/**
	 * How far an order is.
	 */
	enum State {

		PLACED, FULFILLED, FAILED

	}

}
