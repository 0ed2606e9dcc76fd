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

package dev.trigger.spring.payload;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.LoopbackServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that objects of libraries which Jackson does not know are refused with what to
 * pass instead. The libraries are not here: a type is known by its name.
 */
class LibraryTypeTests {

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "com.google.common.collect.Multimap, asMap()", "com.google.protobuf.MessageLiteOrBuilder, record",
			"com.google.protobuf.ByteString, toByteArray()", "io.vavr.Value, toJavaList()",
			"javax.money.CurrencyUnit, getCurrencyCode()", "javax.money.MonetaryAmount, its amount and its currency",
			"kotlin.time.Instant, toJavaInstant()", "kotlinx.datetime.LocalDate, java.time",
			"org.eclipse.collections.api.PrimitiveIterable, toArray()", "org.joda.time.DateTimeZone, java.time",
			"org.joda.time.ReadableInstant, java.time", "org.joda.time.ReadableInterval, java.time",
			"org.joda.time.ReadablePeriod, java.time", "org.openapitools.jackson.nullable.JsonNullable, its value",
			"org.springframework.data.domain.Slice, getContent()",
			"org.springframework.data.util.Streamable, toList()" })
	void objectIsRefusedWithWhatToPassInstead(String type, String advice) throws Exception {
		Object value = objectOf(type);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.tasks().trigger("t", Map.of("all", new Object[] { value })).block())
			.withMessageStartingWith("The payload cannot be written as JSON: at 'all[0]': an object of ")
			.withMessageContaining(advice);
		assertThat(this.server.received()).isEmpty();
	}

	private static Object objectOf(String type) throws Exception {
		ClassLoader loader = new ClassLoader(LibraryTypeTests.class.getClassLoader()) {

			@Override
			protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
				Class<?> loaded = findLoadedClass(name);
				return (name.equals(type) && loaded == null) ? define(type)
						: (loaded != null) ? loaded : super.loadClass(name, resolve);
			}

			private Class<?> define(String name) throws ClassNotFoundException {
				try {
					byte[] bytes = emptyInterface(name);
					return defineClass(name, bytes, 0, bytes.length);
				}
				catch (IOException ex) {
					throw new ClassNotFoundException(name, ex);
				}
			}

		};
		return Proxy.newProxyInstance(loader, new Class<?>[] { loader.loadClass(type) },
				(proxy, method, arguments) -> null);
	}

	/**
	 * Return the class file of a public interface.
	 */
	private static byte[] emptyInterface(String name) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(0xCAFEBABE);
		out.writeInt(61);
		out.writeShort(5);
		for (String type : new String[] { name.replace('.', '/'), "java/lang/Object" }) {
			out.writeByte(1);
			out.writeUTF(type);
		}
		for (int utf8 : new int[] { 1, 2 }) {
			out.writeByte(7);
			out.writeShort(utf8);
		}
		out.writeShort(0x0601);
		out.writeShort(3);
		out.writeShort(4);
		for (int none = 0; none < 4; none++) {
			out.writeShort(0);
		}
		return bytes.toByteArray();
	}

}
