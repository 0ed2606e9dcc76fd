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

package dev.trigger.spring.contracts;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Contract}.
 */
class ContractTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"type":"string"}                         | {"type":"integer"}                            | true  | t: type changed from string to integer
					{"type":"integer"}                        | {"type":"number"}                             | false | t: type changed from integer to number
					{"type":"number"}                         | {"type":"integer"}                            | true  | t: type changed from number to integer
					{"type":"string"}                         | {"type":["string","null"]}                    | false | t: type changed from string to null or string
					{"type":["string","null"]}                | {"type":"string"}                             | true  | t: type changed from null or string to string
					{"enum":["a","b"]}                        | {"enum":["a"]}                                | true  | t: value removed: "b"
					{"enum":["a"]}                            | {"enum":["a","b"]}                            | false | t: value added: "b"
					{"type":"string"}                         | {"type":"string","enum":["a"]}                | true  | t: limited to "a"
					{"type":"string","enum":["a"]}            | {"type":"string"}                             | false | t: not limited to certain values any more
					{"type":"string","maxLength":9}           | {"type":"string","maxLength":8}               | true  | t: 'maxLength' changed from 9 to 8
					{"type":"string","maxLength":9}           | {"type":"string","maxLength":10}              | false | t: 'maxLength' changed from 9 to 10
					{"type":"string","minLength":1}           | {"type":"string","minLength":2}               | true  | t: 'minLength' changed from 1 to 2
					{"type":"string"}                         | {"type":"string","pattern":"a"}               | true  | t: 'pattern' changed from none to "a"
					{"type":"string","format":"uuid"}         | {"type":"string"}                             | false | t: 'format' changed from "uuid" to none
					{"type":"string"}                         | {"type":"string","default":"x"}               | false | t: default changed from none to "x"
					{"type":"string","description":"a"}       | {"type":"string","description":"b"}           | false | t: description changed
					{"type":"string"}                         | {"type":"string","not":{"const":"x"}}         | true  | t: 'not' changed from none to {"const":"x"}
					{"items":{"type":"string"}}               | {"items":{"type":"boolean"}}                  | true  | t []: type changed from string to boolean
					{"properties":{"a":{"type":"string"}}}    | {"properties":{"a":{"type":"boolean"}}}       | true  | t a: type changed from string to boolean
					{"properties":{"a":{}}}                   | {"properties":{"a":{}},"required":["a"]}      | true  | t a: now required
					{"properties":{"a":{}},"required":["a"]}  | {"properties":{"a":{}}}                       | false | t a: now optional
					{"properties":{}}                         | {"properties":{"a":{}}}                       | false | t a: added, and optional
					{"properties":{}}                         | {"properties":{"a":{}},"required":["a"]}      | true  | t a: added, and required
					{"properties":{"a":{}}}                   | {"properties":{}}                             | false | t a: removed
					{"properties":{"a":{}},"additionalProperties":false} | {"properties":{},"additionalProperties":false} | true | t a: removed
					{"additionalProperties":{"type":"string"}} | {"additionalProperties":{"type":"boolean"}}  | true  | t {}: type changed from string to boolean
					{"anyOf":[{"type":"string"},{"type":"boolean"}]} | {"anyOf":[{"type":"string"}]}          | true  | t: alternative removed: boolean
					{"anyOf":[{"type":"string"}]}             | {"anyOf":[{"type":"string"},{"type":"boolean"}]} | false | t: alternative added: boolean
					{"oneOf":[{"type":"string"}]}             | {"oneOf":[{"type":"string"},{"type":"boolean"}]} | false | t: alternative added: boolean
					{"oneOf":[{"type":"integer"}]}            | {"oneOf":[{"type":"integer"},{"type":"number"}]} | true  | t: alternative added: number
					{"oneOf":[{"const":1}]}                   | {"oneOf":[{"const":1},{"const":2}]}           | false | t: alternative added: 2
					{"oneOf":[{"const":1}]}                   | {"oneOf":[{"const":1},{}]}                    | true  | t: alternative added: anything
					{"type":"object","patternProperties":{"^x":{}},"additionalProperties":false} | {"type":"object","additionalProperties":false} | true | t: 'patternProperties' changed from {"^x":{}} to none
					{"contains":{},"minContains":0}           | {"contains":{}}                               | true  | t: 'minContains' changed from 0 to none
					{"nullable":true}                         | {}                                            | true  | t: 'nullable' changed from true to none
					{"maxLength":1}                           | {}                                            | false | t: 'maxLength' changed from 1 to none
					{"not":{"const":"x"}}                     | {}                                            | false | t: 'not' changed from {"const":"x"} to none
					""")
	void changeIsDescribedAndJudged(String before, String after, boolean breaking, String line) {
		List<ContractChange> changes = contract(before).changesTo(contract(after));
		assertThat(changes).singleElement().satisfies((change) -> {
			assertThat(change).hasToString(line);
			assertThat(change.breaking()).isEqualTo(breaking);
		});
		assertThat(contract(before).changesTo(contract(before))).isEmpty();
	}

	/**
	 * A payload that another alternative matches as well is refused.
	 */
	@Test
	void alternativeThatBecomesWiderBreaksWhereOnlyOneMayMatch() {
		String alternatives = """
				{"%s":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},
				{"type":"object","properties":{"b":{"type":"string"}}%s}]}""";
		String oneOf = alternatives.formatted("oneOf", ",\"required\":[\"b\"]");
		assertThat(contract(oneOf).changesTo(contract(alternatives.formatted("oneOf", ""))))
			.anyMatch(ContractChange::breaking);
		assertThat(contract(oneOf.replace("oneOf", "anyOf")).changesTo(contract(alternatives.formatted("anyOf", ""))))
			.noneMatch(ContractChange::breaking);
		String kinds = """
				{"oneOf":[{"properties":{"kind":{"const":"a"}},"required":["kind"]},
				{"properties":{"kind":{"const":"b"},"c":{"maxLength":%s}},"required":["kind"]}]}""";
		assertThat(contract(kinds.formatted(1)).changesTo(contract(kinds.formatted(2))))
			.extracting(ContractChange::breaking)
			.containsExactly(false);
	}

	@Test
	void schemaThatContainsItselfIsComparedOnce() {
		String tree = """
				{"$ref":"#/definitions/n","definitions":{"n":{"type":"object","properties":{
				"v":{"type":"%s"},"l":{"$ref":"#/definitions/n"},"r":{"$ref":"#/definitions/n"}}}}}""";
		assertThat(contract(tree.formatted("string")).changesTo(contract(tree.formatted("number"))))
			.extracting(ContractChange::toString)
			.containsExactly("t v: type changed from string to number");
	}

	/**
	 * The text at the place of the reference is the same before and after.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "\"items\":%s", "\"properties\":{\"a\":%s}", "\"additionalProperties\":%s",
			"\"anyOf\":[{\"type\":\"null\"},%s]", "\"oneOf\":[%s]", "\"allOf\":[{\"minProperties\":1},%s]",
			"\"not\":%s", "\"patternProperties\":{\"title\":%s}", "\"items\":[%s]",
			"\"items\":{\"anyOf\":[{\"items\":%s}]}", "\"contains\":{\"allOf\":[%s]}" })
	void whatIsReferredToIsComparedWhereverItIsReferredTo(String keyword) {
		String schema = "{" + keyword.formatted("{\"$ref\":\"#/definitions/n\"}")
				+ ",\"definitions\":{\"n\":{\"type\":\"%s\"}}}";
		assertThat(contract(schema.formatted("string")).changesTo(contract(schema.formatted("boolean"))))
			.anyMatch(ContractChange::breaking);
		assertThat(contract(schema.formatted("string"))
			.changesTo(contract("{" + keyword.formatted("{\"type\":\"string\"}") + "}"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"$ref\":\"#\"}", "{\"items\":{\"$ref\":\"#\"}}", "{\"not\":{\"$ref\":\"#\"}}",
			"{\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"$ref\":\"#/definitions/b\"},\"b\":{\"$ref\":\"#/definitions/a\"}}}",
			"{\"contains\":{\"$ref\":\"#/definitions/nowhere\"}}", "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":17}]}" })
	void referencesInACircleOrToNothingEnd(String schema) {
		assertThat(contract(schema).changesTo(contract(schema))).isEmpty();
		assertThat(contract(schema).changesTo(contract("{\"type\":\"string\"}"))).anyMatch(ContractChange::breaking);
		assertThat(contract("{\"type\":\"string\"}").changesTo(contract(schema))).isNotEmpty();
	}

	@Test
	void orderOfNamesDoesNotMatter() {
		Contract one = contract("{\"required\":[\"b\",\"a\"],\"properties\":{\"b\":{},\"a\":{\"minimum\":1.50}}}");
		Contract other = contract("{\"properties\":{\"a\":{\"minimum\":1.5},\"b\":{}},\"required\":[\"a\",\"b\"]}");
		assertThat(one).isEqualTo(other);
		assertThat(one.toJson()).isEqualTo(other.toJson());
		assertThat(contract("{\"enum\":[{\"required\":[\"b\",\"a\"]}]}").toJson())
			.isNotEqualTo(contract("{\"enum\":[{\"required\":[\"a\",\"b\"]}]}").toJson());
	}

	@Test
	void namesCannotMoveTheCursorOfATerminal() {
		assertThat(contract("{\"properties\":{}}")
			.changesTo(contract("{\"properties\":{\"\\u001b[2J\\r\\n\\u202e\":{}}}"))).singleElement()
			.hasToString("t ?[2J???: added, and optional");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "null", "{\"project\":1,\"environment\":\"prod\",\"tasks\":{}}",
			"{\"project\":\"p\",\"environment\":\"prod\",\"tasks\":[]}", "<html>" })
	void anythingElseIsNoContract(String json) {
		assertThatIllegalArgumentException().isThrownBy(() -> Contract.read(json.getBytes(StandardCharsets.UTF_8)))
			.withMessageContaining("The contract");
	}

	private static Contract contract(String schema) {
		return Contract.read("""
				{"project":"proj_1","environment":"prod","tasks":{"t":{"payloadSchema":%s}}}""".formatted(schema)
			.getBytes(StandardCharsets.UTF_8));
	}

}
