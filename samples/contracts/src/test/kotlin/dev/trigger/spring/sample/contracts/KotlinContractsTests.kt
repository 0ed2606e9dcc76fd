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

package dev.trigger.spring.sample.contracts

import dev.trigger.spring.sample.contracts.tasks.Notify
import dev.trigger.spring.sample.contracts.tasks.PlaceOrder
import dev.trigger.spring.sample.contracts.tasks.ResizeImage
import dev.trigger.spring.sample.contracts.tasks.ShopTaskTypes
import dev.trigger.spring.sample.contracts.tasks.ShopTasks
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import tools.jackson.databind.json.JsonMapper

/**
 * Kotlin sources use what is generated: named builders, nullability, exhaustive `when`.
 */
class KotlinContractsTests {

    private val mapper = JsonMapper.shared()

    @Test
    fun `a union is exhaustive`() {
        val written = mapper.writeValueAsString(Notify.Push(null, listOf("a", "b")))
        assertThat(written).isEqualTo("""{"badge":null,"deviceIds":["a","b"],"channel":"push"}""")
        assertThat(describe(mapper.readValue(written, Notify::class.java))).isEqualTo("2 devices")
    }

    private fun describe(notification: Notify): String = when (notification) {
        is Notify.EmailValue -> notification.to()
        is Notify.Sms -> notification.phone()
        is Notify.Push -> "${notification.deviceIds().size} devices"
    }

    @Test
    fun `what is optional may be null, and nothing else`() {
        val address = PlaceOrder.Customer.Address("Berlin", PlaceOrder.Customer.Address.Country("XX"), "Am Markt 1", "10178")
        val customer = PlaceOrder.Customer(address, "ada@example.com", "42", null, null)
        val name: String? = customer.name()
        val city: String = customer.address().city()
        assertThat(name).isNull()
        assertThat(city).isEqualTo("Berlin")
        assertThat(ResizeImage.SizeValue.OfNumber(3).value()).isEqualTo(3L)
        assertThat(ShopTaskTypes.PLACE_ORDER.id()).isEqualTo("place-order")
        assertThat(ShopTasks::class.java.methods.map { it.name }).contains("placeOrder", "notify")
    }
}
