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

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

import org.jspecify.annotations.Nullable;

/**
 * What queries make of the values of several rows.
 */
final class QueryAggregate {

	private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max", "uniq", "uniqexact",
			"countif", "sumif", "avgif", "any");

	private QueryAggregate() {
	}

	/**
	 * Return whether a function takes the values of several rows.
	 * @param name the name in lower case
	 * @return {@code true} if so
	 */
	static boolean isKnown(String name) {
		return AGGREGATES.contains(name);
	}

	/**
	 * Return a quantile, between two values a share of both.
	 * @param level the level, from 0 to 1
	 * @param values the values
	 * @return the quantile, {@code null} of no values
	 */
	static @Nullable Object quantile(double level, Collection<? extends @Nullable Object> values) {
		double[] numbers = numbers(values).sorted().toArray();
		if (numbers.length == 0) {
			return null;
		}
		double place = (numbers.length - 1) * level;
		int below = (int) place;
		int above = Math.min(below + 1, numbers.length - 1);
		return numbers[below] + (place - below) * (numbers[above] - numbers[below]);
	}

	/**
	 * Return what a function makes of values.
	 * @param name the name in lower case, without {@code if}
	 * @param unique whether each value counts once
	 * @param values the values, none of them {@code null}
	 * @return the result
	 */
	static @Nullable Object value(String name, boolean unique, List<Object> values) {
		if (unique) {
			return values.stream().distinct().count();
		}
		return switch (name) {
			case "count" -> values.size();
			case "any" -> values.isEmpty() ? null : values.get(0);
			case "min" -> values.stream().min(QueryOrder::compare).orElse(null);
			case "max" -> values.stream().max(QueryOrder::compare).orElse(null);
			case "sum" -> numbers(values).sum();
			// the average of nothing is no number
			default -> values.isEmpty() ? null : numbers(values).average().orElseThrow();
		};
	}

	private static DoubleStream numbers(Collection<? extends @Nullable Object> values) {
		return values.stream()
			.filter(Number.class::isInstance)
			.mapToDouble((number) -> ((Number) number).doubleValue());
	}

}
