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

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SuperJson}.
 */
class SuperJsonTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	@Test
	void valueWithoutAnnotationsIsTheValue() {
		assertRevived("{'json':{'a':1}}", "{'a':1}");
	}

	@Test
	void whatIsNoSuperJsonStaysAsItIs() {
		assertRevived("{'a':1}", "{'a':1}");
		assertRevived("[1]", "[1]");
	}

	@Test
	void dateStaysTheStringThatAnInstantIsReadFrom() {
		assertRevived("{'json':{'at':'2025-01-01T00:00:00.000Z'},'meta':{'values':{'at':['Date']},'v':1}}",
				"{'at':'2025-01-01T00:00:00.000Z'}");
	}

	@Test
	void bigintBecomesANumber() {
		assertRevived("{'json':{'n':'123456789012345678901234567890'},'meta':{'values':{'n':['bigint']}}}",
				"{'n':123456789012345678901234567890}");
	}

	@ParameterizedTest
	@CsvSource({ "NaN,NaN", "Infinity,Infinity", "-Infinity,-Infinity", "-0,-0.0" })
	void numbersThatJsonDoesNotKnowBecomeDoubles(String text, Double expected) {
		JsonNode revived = revive("{'json':{'n':'" + text + "'},'meta':{'values':{'n':['number']}}}");
		assertThat(revived.path("n").isNumber()).isTrue();
		assertThat(revived.path("n").doubleValue()).isEqualTo(expected);
	}

	@Test
	void undefinedIsAbsentFromAnObjectAndNullInAnArray() {
		assertRevived("{'json':{'a':null,'b':[1,null]},'meta':{'values':{'a':['undefined'],'b.1':['undefined']}}}",
				"{'b':[1,null]}");
	}

	@Test
	void undefinedItselfIsMissing() {
		assertThat(revive("{'json':null,'meta':{'values':['undefined']}}").isMissingNode()).isTrue();
	}

	@Test
	void setStaysAnArrayWhoseElementsAreRevived() {
		assertRevived("{'json':{'s':['1','2']},'meta':{'values':{'s':['set',{'0':['bigint'],'1':['bigint']}]}}}",
				"{'s':[1,2]}");
	}

	@Test
	void mapBecomesAnObjectIfItsKeysCanBeNames() {
		assertRevived("{'json':{'m':[['a','1'],[2,true]]},'meta':{'values':{'m':['map',{'0.1':['bigint']}]}}}",
				"{'m':{'a':1,'2':true}}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[[{'id':1},'x']]", "[[1,'x'],['1','y']]", "[[null,1]]", "[['a']]" })
	void mapStaysPairsIfItsKeysCannotBeNames(String pairs) {
		assertRevived("{'json':" + pairs + ",'meta':{'values':['map']}}", pairs);
	}

	@Test
	void mapOfMapsIsRevivedFromInside() {
		assertRevived(
				"{'json':[['outer',[['inner','5']]]],'meta':{'values':['map',{'0.1':['map',{'0.1':['bigint']}]}]}}",
				"{'outer':{'inner':5}}");
	}

	@Test
	void mapStaysPairsIfAskedFor() {
		JsonNode json = read("{'json':{'m':[['a',1]]},'meta':{'values':{'m':['map']}}}");
		assertThat(SuperJson.revive(json, SuperJson.MapForm.PAIRS)).isEqualTo(read("{'m':[['a',1]]}"));
	}

	@Test
	void errorUrlAndRegularExpressionStayWhatTheyAre() {
		assertRevived(
				"{'json':{'e':{'name':'Error','message':'boom'},'u':'https://a.b/','r':'/a/g'},"
						+ "'meta':{'values':{'e':['Error'],'u':['URL'],'r':['regexp']}}}",
				"{'e':{'name':'Error','message':'boom'},'u':'https://a.b/','r':'/a/g'}");
	}

	@Test
	void annotationsThatAreUnknownOrDoNotFitChangeNothing() {
		assertRevived(
				"{'json':{'c':'1.5','k':{'x':1},'f':[1,2],'n':7,'b':'x','t':1},"
						+ "'meta':{'values':{'c':[['custom','Decimal']],'k':[['class','Point']],"
						+ "'f':[['typed-array','Uint8Array']],'n':['bigint'],'b':['bigint'],'t':['time-travel'],"
						+ "'not.there':['Date'],'f.9':['bigint'],'f.x':['bigint'],'n.y':['bigint'],'k':7}}}",
				"{'c':'1.5','k':{'x':1},'f':[1,2],'n':7,'b':'x','t':1}");
		assertRevived("{'json':{'a':1},'meta':{'values':'x','referentialEqualities':5,'v':'y'}}", "{'a':1}");
		assertRevived("{'json':{'a':1},'meta':7}", "{'a':1}");
	}

	@Test
	void dotsAndBackslashesInNamesAreEscaped() {
		assertRevived(
				"{'json':{'a.b':{'c\\\\d':'1'},'':'2'},'meta':{'v':1,'values':{'a\\\\.b.c\\\\\\\\d':['bigint'],'':['bigint']}}}",
				"{'a.b':{'c\\\\d':1},'':2}");
	}

	@Test
	void backslashIsNotEscapedBeforeTheFirstNumberedVersion() {
		assertThat(SuperJsonPath.parse("a\\\\b.c", true)).isEqualTo(List.of("a\\\\b", "c"));
		assertThat(SuperJsonPath.parse("a\\\\b.c", false)).isEqualTo(List.of("a\\b", "c"));
		assertThat(SuperJsonPath.parse("a\\.b.c\\", true)).isEqualTo(List.of("a.b", "c\\"));
	}

	@Test
	void sharedValueIsCopiedToItsOtherPlaces() {
		assertRevived("{'json':{'a':{'x':[['k','1']]},'b':null,'c':{'d':[null]}},"
				+ "'meta':{'values':{'a.x':['map',{'0.1':['bigint']}]},'referentialEqualities':{'a':['b','c.d.0']}}}",
				"{'a':{'x':{'k':1}},'b':{'x':{'k':1}},'c':{'d':[{'x':{'k':1}}]}}");
	}

	@Test
	void valueThatContainsItselfStaysNullThere() {
		assertRevived(
				"{'json':{'self':null,'a':{'again':null}},"
						+ "'meta':{'referentialEqualities':[['self'],{'a':['a.again']}]}}",
				"{'self':null,'a':{'again':null}}");
	}

	@Test
	void copiesOfCopiesEndSomewhere() {
		StringBuilder json = new StringBuilder("{'json':{'v0':[1,1,1,1]");
		StringBuilder equalities = new StringBuilder();
		for (int level = 1; level < 40; level++) {
			json.append(",'v").append(level).append("':[null,null,null,null]");
			String from = "'v" + (level - 1) + "':[";
			String to = "'v" + level + ".0','v" + level + ".1','v" + level + ".2','v" + level + ".3'";
			equalities.append((level > 1) ? "," : "").append(from).append(to).append("]");
		}
		json.append("},'meta':{'referentialEqualities':{").append(equalities).append("}}}");
		assertThat(revive(json.toString()).toString()).hasSizeLessThan(1_000_000);
	}

	@Test
	@Timeout(10)
	void valueThatIsTooLargeToCopyIsNotMeasuredForEveryPlace() {
		int places = 20_000;
		String equalities = IntStream.range(0, places)
			.mapToObj((i) -> "'b." + i + "'")
			.collect(Collectors.joining(","));
		JsonNode revived = revive("{'json':{'a':[" + "[1],".repeat(100_000) + "1],'b':[" + "null,".repeat(places)
				+ "null]},'meta':{'referentialEqualities':{'a':[" + equalities + "]}}}");
		assertThat(revived.path("b").path(0).isNull()).isTrue();
	}

	@Test
	@Timeout(10)
	void valueThatIsTooDeepToCopyIsNotMeasuredForEveryPlace() {
		int places = 20_000;
		String equalities = IntStream.range(0, places)
			.mapToObj((i) -> "'b.0.0." + i + "'")
			.collect(Collectors.joining(","));
		String deep = "[".repeat(497) + "1,".repeat(100_000) + "1" + "]".repeat(497);
		revive("{'json':{'a':" + deep + ",'b':" + "[".repeat(3) + "null,".repeat(places) + "null" + "]".repeat(3)
				+ "},'meta':{'referentialEqualities':{'a':[" + equalities + "]}}}");
	}

	@Test
	@Timeout(10)
	void mapThatIsAnnotatedUnderManyNamesIsMadeOnce() {
		List<String> zeros = IntStream.rangeClosed(1, 9).mapToObj("0"::repeat).toList();
		String annotations = zeros.stream()
			.flatMap((a) -> zeros.stream()
				.flatMap((b) -> zeros.stream()
					.flatMap((c) -> zeros.stream().map((d) -> "'" + String.join(".", a, b, c, d) + "':['map']"))))
			.collect(Collectors.joining(","));
		JsonNode revived = revive(
				"{'json':[[[[[" + "['k',1],".repeat(200_000) + "['k',1]]]]]],'meta':{'values':{" + annotations + "}}}");
		assertThat(revived.path(0).path(0).path(0).path(0)).hasSize(200_001);
	}

	@Test
	void originalIsNotChanged() {
		JsonNode original = read("{'json':{'n':'1','m':[['a',1]]},'meta':{'values':{'n':['bigint'],'m':['map']}}}");
		JsonNode copy = original.deepCopy();
		SuperJson.revive(original, SuperJson.MapForm.OBJECT);
		assertThat(original).isEqualTo(copy);
	}

	private static void assertRevived(String superJson, String expected) {
		// compared as text, since a number that looks the same is the same here
		assertThat(revive(superJson).toString()).isEqualTo(read(expected).toString());
	}

	private static JsonNode revive(String superJson) {
		return SuperJson.revive(read(superJson), SuperJson.MapForm.OBJECT);
	}

	private static JsonNode read(String json) {
		return JSON.readTree(json.replace('\'', '"'));
	}

}
