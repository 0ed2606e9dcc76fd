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

package dev.trigger.spring.autoconfigure.property;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Binds {@code trigger.*} properties. What is done to a value is done here, for every
 * property: placeholders are resolved, and one that can't be is an error; surrounding
 * white space is removed; an empty value counts as not set, as
 * {@link CleanPropertySource} describes; a value that can't be converted or used is an
 * error that names the property, and does not show what may be a secret.
 *
 * @since 1.0.0
 */
public final class TriggerPropertyBinder {

	private final Environment environment;

	private final PropertyPlaceholders placeholders;

	private final Set<String> ignored;

	/**
	 * Create a binder.
	 * @param environment the environment that has the properties
	 */
	public TriggerPropertyBinder(Environment environment) {
		this(environment, new PropertyPlaceholders(environment), Set.of());
	}

	private TriggerPropertyBinder(Environment environment, PropertyPlaceholders placeholders, Set<String> ignored) {
		this.environment = environment;
		this.placeholders = placeholders;
		this.ignored = ignored;
	}

	/**
	 * Return a binder that leaves out some properties, whatever their values are.
	 * @param ignored the names of the properties, below the prefix that is bound
	 * @return the new binder
	 */
	public TriggerPropertyBinder ignoring(Collection<String> ignored) {
		return new TriggerPropertyBinder(this.environment, this.placeholders, Set.copyOf(ignored));
	}

	/**
	 * Bind properties.
	 * @param <T> the type of the target
	 * @param prefix the prefix of the properties, such as {@code trigger}
	 * @param target gets the properties that are set
	 * @return the target
	 * @throws InvalidTriggerPropertyException if the value of a property can't be used
	 */
	public <T> T bind(ConfigurationPropertyName prefix, T target) {
		bind(prefix, Bindable.ofInstance(target), BindHandler.DEFAULT);
		return target;
	}

	/**
	 * Bind properties.
	 * @param prefix the prefix of the properties
	 * @param target gets the properties that are set
	 * @param handler is called for each property
	 * @throws InvalidTriggerPropertyException if the value of a property can't be used
	 */
	public void bind(ConfigurationPropertyName prefix, Bindable<?> target, BindHandler handler) {
		bind(prefix, target, new CheckingBindHandler(handler, prefix, this.ignored));
	}

	private <T> BindResult<T> bind(ConfigurationPropertyName name, Bindable<T> target, CheckingBindHandler handler) {
		try {
			return new Binder(List.<ConfigurationPropertySource>copyOf(sources())).bind(name, target, handler);
		}
		catch (BindException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof InvalidTriggerPropertyException invalid) {
					throw invalid;
				}
			}
			throw ex;
		}
	}

	/**
	 * Return whether a property has a value. One whose placeholder can't be resolved
	 * counts: binding it is an error.
	 * @param name the name of the property
	 * @return whether it is set, and not empty
	 */
	public boolean isSet(ConfigurationPropertyName name) {
		try {
			return get(name) != null;
		}
		catch (InvalidTriggerPropertyException ex) {
			return true;
		}
	}

	/**
	 * Return whether a property has an empty value that hides those of other sources.
	 * @param name the name of the property
	 * @return whether it is empty, other than by an environment variable
	 */
	public boolean isEmptied(ConfigurationPropertyName name) {
		return !isSet(name) && sources().stream().anyMatch((source) -> source.hides(name));
	}

	/**
	 * Return whether a flag is on.
	 * @param name the name of the property
	 * @param defaultValue what counts if it is not set, or empty
	 * @return whether it is true
	 * @throws InvalidTriggerPropertyException if it is neither true nor false
	 */
	boolean isTrue(ConfigurationPropertyName name, boolean defaultValue) {
		return bind(name, Bindable.of(Boolean.class),
				new CheckingBindHandler(BindHandler.DEFAULT, name.getParent(), this.ignored))
			.orElse(defaultValue);
	}

	/**
	 * Return the value of a property.
	 * @param name the name of the property
	 * @return the value, {@code null} if it is not set or empty
	 * @throws InvalidTriggerPropertyException if it has a placeholder that can't be
	 * resolved
	 */
	public @Nullable String get(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : sources()) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return String.valueOf(property.getValue());
			}
		}
		return null;
	}

	private List<CleanPropertySource> sources() {
		List<CleanPropertySource> sources = new ArrayList<>();
		CleanPropertySource former = null;
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			former = new CleanPropertySource(source, this.placeholders, former);
			sources.add(former);
		}
		return sources;
	}

	/**
	 * Makes errors of what can't be converted or used.
	 */
	private static final class CheckingBindHandler extends AbstractBindHandler {

		private final ConfigurationPropertyName prefix;

		private final Set<String> ignored;

		CheckingBindHandler(BindHandler parent, ConfigurationPropertyName prefix, Set<String> ignored) {
			super(parent);
			this.prefix = prefix;
			this.ignored = ignored;
		}

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			return this.ignored.contains(relative(name).toString()) ? null : super.onStart(name, target, context);
		}

		private ConfigurationPropertyName relative(ConfigurationPropertyName name) {
			return name.subName(this.prefix.getNumberOfElements());
		}

		@Override
		public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			ConfigurationProperty property = context.getConfigurationProperty();
			if (property != null && this.prefix.isAncestorOf(name)) {
				PropertyRules.Violation violation = PropertyRules.check(relative(name), result);
				if (violation != null) {
					throw InvalidTriggerPropertyException.forValue(name.toString(), property, violation.problem(),
							"Set it to " + violation.remedy());
				}
			}
			return super.onSuccess(name, target, (property != null) ? AsFound.of(name, context) : context, result);
		}

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			if (error instanceof InvalidTriggerPropertyException || error instanceof BindException) {
				throw error;
			}
			ConfigurationProperty property = find(name, context);
			if (property == null) {
				throw error;
			}
			Class<?> type = target.getType().resolve(Object.class);
			if (ClassUtils.isPrimitiveOrWrapper(type) || type.getName().startsWith("java.") || type.isEnum()
					|| type == DataSize.class) {
				throw InvalidTriggerPropertyException.forValue(name.toString(), property,
						"which is not " + describe(type), "Set it to " + describe(type) + ", or remove it");
			}
			throw InvalidTriggerPropertyException.forValue(name.toString(), property,
					"but is a group of properties and has no value of its own",
					"Remove it, and set a property below '" + name + "'");
		}

		private static @Nullable ConfigurationProperty find(ConfigurationPropertyName name, BindContext context) {
			for (ConfigurationPropertySource source : context.getSources()) {
				ConfigurationProperty property = source.getConfigurationProperty(name);
				if (property != null) {
					return property;
				}
			}
			return null;
		}

		private static String describe(Class<?> type) {
			Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
			if (boxed == Duration.class) {
				return "a time such as 500ms, 30s or 2m";
			}
			if (boxed == DataSize.class) {
				return "a size such as 512KB or 16MB";
			}
			if (boxed == Boolean.class) {
				return "true or false";
			}
			if (boxed == Double.class) {
				return "a number such as 1.6";
			}
			if (boxed.isEnum()) {
				return Arrays.stream(boxed.getEnumConstants())
					.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
					.collect(Collectors.joining(", ", "one of ", ""));
			}
			return Number.class.isAssignableFrom(boxed) ? "a whole number" : "a " + boxed.getSimpleName();
		}

	}

	/**
	 * Shows other handlers the property as it was found. One of Spring Boot's remembers
	 * it for the actuator, which wants to know its source.
	 *
	 * @param context the context of the binding
	 * @param property the property as it was found
	 */
	private record AsFound(BindContext context, @Nullable ConfigurationProperty property) implements BindContext {

		static BindContext of(ConfigurationPropertyName name, BindContext context) {
			for (ConfigurationPropertySource source : context.getSources()) {
				if (source instanceof CleanPropertySource clean && clean.getConfigurationProperty(name) != null) {
					return new AsFound(context, clean.source().getConfigurationProperty(name));
				}
			}
			return context;
		}

		@Override
		public Binder getBinder() {
			return this.context.getBinder();
		}

		@Override
		public int getDepth() {
			return this.context.getDepth();
		}

		@Override
		public Iterable<ConfigurationPropertySource> getSources() {
			return this.context.getSources();
		}

		@Override
		public @Nullable ConfigurationProperty getConfigurationProperty() {
			return this.property;
		}

	}

}
