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

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.options.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.InlineList;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Operator;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.util.ObjectUtils;

/**
 * The expression for an idempotency key, parsed and checked once.
 */
final class KeyExpression {

	private static final String PAYLOAD = "payload";

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private final String description;

	private final SpelExpression expression;

	private final TaskParameters parameters;

	/**
	 * The indexes of the arguments by the names of variables.
	 */
	private final Map<String, Integer> variables;

	private KeyExpression(String description, SpelExpression expression, TaskParameters parameters,
			Map<String, Integer> variables) {
		this.description = description;
		this.expression = expression;
		this.parameters = parameters;
		this.variables = variables;
	}

	/**
	 * Parse an expression.
	 * @param expression the expression
	 * @param signature the method
	 * @return the parsed expression
	 * @throws InvalidTriggerTaskException if it can't be parsed, or refers to something
	 * that does not exist
	 */
	static KeyExpression parse(String expression, TaskSignature signature) {
		String description = "The idempotency key \"" + expression + "\" of the method " + signature.description();
		Map<String, Integer> variables = variables(signature);
		try {
			SpelExpression parsed = PARSER.parseRaw(expression);
			check(parsed.getAST(), true, description, variables);
			new KeyPropertyCheck(description, types(signature, variables)).check(parsed.getAST());
			return new KeyExpression(description, parsed, signature.parameters(), variables);
		}
		catch (ParseException ex) {
			throw new InvalidTriggerTaskException(
					description + " is not a valid SpEL expression: " + ex.getSimpleMessage(),
					"Write one such as \"#payload.id\" or \"{'welcome', #payload.id}\"", ex);
		}
	}

	private static Map<String, Integer> variables(TaskSignature signature) {
		Map<String, Integer> variables = new LinkedHashMap<>();
		if (signature.parameters().hasPayload()) {
			variables.put(PAYLOAD, signature.parameters().payload());
		}
		@Nullable String[] names = NAMES.getParameterNames(signature.method());
		for (int i = 0; i < signature.parameterCount(); i++) {
			String name = (names != null) ? names[i] : null;
			if (name != null) {
				variables.putIfAbsent(name, i);
			}
			variables.put("p" + i, i);
			variables.put("a" + i, i);
		}
		return variables;
	}

	/**
	 * Return the declared types of the variables.
	 */
	private static Map<String, ResolvableType> types(TaskSignature signature, Map<String, Integer> variables) {
		TaskParameters parameters = signature.parameters();
		Map<String, ResolvableType> types = new LinkedHashMap<>();
		variables.forEach((name, index) -> types.put(name,
				(index == parameters.payload()) ? ResolvableType.forType(parameters.payloadType())
						: ResolvableType.forMethodParameter(signature.method(), index)));
		return types;
	}

	/**
	 * Look for what would be {@code null} for ever, and so no key at all.
	 */
	private static void check(SpelNode node, boolean first, String description, Map<String, Integer> variables) {
		if (node instanceof VariableReference variable) {
			String name = variable.toStringAST().substring(1);
			if (!variables.containsKey(name) && !name.equals("this") && !name.equals("root")) {
				throw new InvalidTriggerTaskException(description + " refers to #" + name + ", which does not exist",
						"Use one of " + variables.keySet().stream().map((known) -> "#" + known).toList()
								+ "; names of parameters need the compiler option -parameters");
			}
		}
		if (first && (node instanceof PropertyOrFieldReference || node instanceof MethodReference)) {
			String name = node.toStringAST();
			throw new InvalidTriggerTaskException(description + " refers to '" + name + "' without saying of what",
					"Write \"#" + (variables.containsKey(name) ? "" : "payload.") + name + "\", or \"'" + name
							+ "'\" for a text");
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			boolean ofNothing = (node instanceof CompoundExpression) ? i == 0
					: node instanceof Operator || node instanceof InlineList;
			check(node.getChild(i), first && ofNothing, description, variables);
		}
	}

	/**
	 * Make the key of a run.
	 * @param arguments the arguments of the call
	 * @param payload the payload of the run
	 * @return the key
	 * @throws IllegalArgumentException if there is none
	 */
	IdempotencyKey evaluate(@Nullable Object[] arguments, @Nullable Object payload) {
		StandardEvaluationContext context = new StandardEvaluationContext();
		this.variables.forEach((name, index) -> context.setVariable(name,
				(index == this.parameters.payload()) ? payload : arguments[index]));
		Object value;
		try {
			value = this.expression.getValue(context);
		}
		catch (EvaluationException ex) {
			throw new IllegalArgumentException(
					this.description + " can't be evaluated: " + ex.getSimpleMessage() + ". Check the arguments", ex);
		}
		return (value instanceof IdempotencyKey key) ? key : IdempotencyKey.of(parts(value));
	}

	private String[] parts(@Nullable Object value) {
		Collection<?> parts = (value instanceof Collection<?> collection) ? collection : Arrays
			.asList(ObjectUtils.isArray(value) ? ObjectUtils.toObjectArray(value) : new @Nullable Object[] { value });
		if (parts.isEmpty() || parts.stream().anyMatch((part) -> part == null || part.toString().isEmpty())) {
			throw new IllegalArgumentException(this.description
					+ " has an empty part, and runs that should differ would share it. Check the arguments");
		}
		return parts.stream().map(String::valueOf).toArray(String[]::new);
	}

}
