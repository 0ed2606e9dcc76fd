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

import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.SerializationUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SerializableTypes}.
 */
class SerializableTypesTests {

	static Stream<Type> types() {
		return Arrays.stream(Shapes.class.getDeclaredMethods())
			.filter((method) -> method.getTypeParameters().length == 0)
			.map(Method::getGenericReturnType);
	}

	@ParameterizedTest
	@MethodSource("types")
	void typeIsEqualToThatOfTheJdkAndSurvivesSerialization(Type type) {
		Type serializable = SerializableTypes.of(type);
		assertThat(serializable).isInstanceOf(Serializable.class)
			.isEqualTo(type)
			.hasSameHashCodeAs(type)
			.hasToString(type.toString())
			.isNotEqualTo(Shapes.class)
			.isNotEqualTo("type");
		assertThat(type).isEqualTo(serializable);
		assertThat(SerializableTypes.of(serializable)).isSameAs(serializable);
		assertThat(SerializationUtils.clone((Serializable) serializable)).isEqualTo(serializable)
			.hasSameHashCodeAs(serializable)
			.hasToString(type.toString());
		types().filter((other) -> !other.equals(type))
			.forEach((other) -> assertThat(serializable).isNotEqualTo(SerializableTypes.of(other)));
	}

	@Test
	void variableStandsForItsBound() throws Exception {
		assertThat(variable("unbounded")).isEqualTo(Object.class);
		assertThat(variable("bounded")).isEqualTo(Number.class);
		assertThat(variable("recursive")).isEqualTo(Comparable.class);
		assertThat(variable("indirect")).isEqualTo(Number.class);
	}

	private static Type variable(String name) throws Exception {
		return SerializableTypes.of(Shapes.class.getDeclaredMethod(name).getGenericReturnType());
	}

	@ParameterizedTest
	@MethodSource("types")
	void typeOfJacksonIsReadLikeThatOfTheJdk(Type type) {
		Type serializable = SerializableTypes.of(JsonMapper.shared().constructType(type));
		assertThat(JsonMapper.shared().constructType(serializable)).isEqualTo(JsonMapper.shared().constructType(type));
		assertThat(SerializationUtils.clone((Serializable) serializable)).isEqualTo(serializable);
	}

	@Test
	void argumentsCannotBeChangedFromOutside() throws Exception {
		ParameterizedType type = (ParameterizedType) SerializableTypes
			.of(Shapes.class.getDeclaredMethod("list").getGenericReturnType());
		type.getActualTypeArguments()[0] = Integer.class;
		assertThat(type.getActualTypeArguments()).containsExactly(String.class);
	}

	interface Shapes {

		String plain();

		List<String> list();

		Map<String, List<Integer>> nested();

		List<?> any();

		List<? extends Number> producer();

		List<? super Integer> consumer();

		List<String>[] array();

		List<Integer[]>[][] arrays();

		Map.Entry<String, Integer> member();

		Outer<String>.Inner<Integer> inner();

		Outer<String>.Plain plainInner();

		<T> T unbounded();

		<T extends Number> T bounded();

		<T extends Comparable<T>> T recursive();

		<N extends Number, T extends N> T indirect();

	}

	static class Outer<T> {

		class Inner<U> {

		}

		class Plain {

		}

	}

}
