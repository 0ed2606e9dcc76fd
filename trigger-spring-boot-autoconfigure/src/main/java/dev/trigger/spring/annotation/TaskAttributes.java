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

package dev.trigger.spring.annotation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.options.TriggerOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanExpressionException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * The attributes of a {@link TriggerTask} other than the task.
 *
 * @param signature the method
 * @param resolver resolves placeholders
 */
record TaskAttributes(TaskSignature signature, StringValueResolver resolver) {

	/**
	 * Return the options that the annotation has.
	 * @return the options
	 * @throws InvalidTriggerTaskException if one can't be used
	 */
	TriggerOptions options() {
		return TriggerOptions.of((options) -> {
			set("queue", text("queue"), options::queue);
			set("ttl", duration("ttl"), options::ttl);
			set("machine", text("machine"), (machine) -> options.machine(new MachinePreset(machine)));
			set("tags", tags(), options::tags);
			set("idempotencyKeyTtl", duration("idempotencyKeyTtl"), options::idempotencyKeyTtl);
		});
	}

	@Nullable String text(String attribute) {
		return resolve(attribute, this.signature.annotation().getString(attribute));
	}

	/**
	 * Return an attribute that is a duration.
	 * @param attribute the name of the attribute
	 * @return the duration, {@code null} for none
	 * @throws InvalidTriggerTaskException if the text is no duration
	 */
	@Nullable Duration duration(String attribute) {
		String text = text(attribute);
		if (text == null) {
			return null;
		}
		try {
			Duration duration = DurationFormatterUtils.detectAndParse(text, DurationFormat.Unit.SECONDS);
			if (!duration.isNegative()) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			// handled below
		}
		throw new InvalidTriggerTaskException("The " + attribute + " of the method " + this.signature.description()
				+ " is no duration: '" + text + "'", "Write one such as 90s, 10m, 1h30m or PT10M");
	}

	private @Nullable List<String> tags() {
		List<String> tags = Arrays.stream(this.signature.annotation().getStringArray("tags"))
			.map((tag) -> resolve("tags", tag))
			.filter(Objects::nonNull)
			.toList();
		return tags.isEmpty() ? null : tags;
	}

	private @Nullable String resolve(String attribute, String text) {
		try {
			String resolved = this.resolver.resolveStringValue(text);
			return StringUtils.hasText(resolved) ? resolved : null;
		}
		catch (IllegalArgumentException ex) {
			throw unusable(attribute, ex);
		}
		catch (BeanExpressionException ex) {
			throw new InvalidTriggerTaskException(
					"The " + attribute + " of the method " + this.signature.description() + " can't be used: '" + text
							+ "' is evaluated when the application starts, where "
							+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage(),
					attribute.equals("idempotencyKey") ? "Write it without '#{' and '}', such as \"#payload.id\""
							: "Correct '" + attribute + "' of its @TriggerTask",
					ex);
		}
	}

	private <T> void set(String attribute, @Nullable T value, Consumer<T> setter) {
		if (value == null) {
			return;
		}
		try {
			setter.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw unusable(attribute, ex);
		}
	}

	private InvalidTriggerTaskException unusable(String attribute, IllegalArgumentException cause) {
		return new InvalidTriggerTaskException("The " + attribute + " of the method " + this.signature.description()
				+ " can't be used: " + cause.getMessage(), "Correct '" + attribute + "' of its @TriggerTask", cause);
	}

}
