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

package dev.trigger.spring.envvar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EnvVarImport#fromDotEnv(Path)} and {@link DotEnv}.
 */
class DotEnvTests {

	@TempDir
	Path folder;

	@Test
	void variablesAreRead() throws IOException {
		Path file = write("""
				\uFEFF# a comment
				PLAIN=value
				  SPACED = value with spaces  \t
				export EXPORTED=yes # a comment

				EMPTY=
				EMPTY_WITH_COMMENT= # nothing
				DOUBLE="say \\"hi\\"\\n\\tC:\\\\x \\d # not a comment"   # a comment
				SINGLE='$HOME # "as it is" \\n'
				BACKTICK=`it's "both"`
				EQUALS=a=b==
				DOLLAR="\\${PRICE} 5$"
				URL=postgres://user:p%40ss@host:5432/db?sslmode=require
				KEY="-----BEGIN KEY-----
				abc
				-----END KEY-----"
				AFTER=1""");
		assertThat(imported(file)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("PLAIN", "value"),
				Map.entry("SPACED", "value with spaces"), Map.entry("EXPORTED", "yes"), Map.entry("EMPTY", ""),
				Map.entry("EMPTY_WITH_COMMENT", ""), Map.entry("DOUBLE", "say \"hi\"\n\tC:\\x \\d # not a comment"),
				Map.entry("SINGLE", "$HOME # \"as it is\" \\n"), Map.entry("BACKTICK", "it's \"both\""),
				Map.entry("EQUALS", "a=b=="), Map.entry("DOLLAR", "${PRICE} 5$"),
				Map.entry("URL", "postgres://user:p%40ss@host:5432/db?sslmode=require"),
				Map.entry("KEY", "-----BEGIN KEY-----\nabc\n-----END KEY-----"), Map.entry("AFTER", "1")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void lineEndsOfAllSystemsAreRead(String lineEnd) {
		String text = String.join(lineEnd, "A=1", "B='x", "y'", "C=2", "");
		assertThat(DotEnv.parse(".env", text))
			.containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "x\ny", "C", "2"));
	}

	@Test
	void credentialsOfTheClientAreLeftOut() throws IOException {
		Path file = write("TRIGGER_SECRET_KEY=tr_dev_secret\nTRIGGER_ACCESS_TOKEN=tr_pat_secret\nA=1\n");
		assertThat(imported(file)).containsExactly(Map.entry("A", "1"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			A                  | Line 2 of '.env' is not of the form NAME=value
			export A           | Line 2 of '.env' is not of the form NAME=value
			=secret            | Line 2 of '.env' is not of the form NAME=value
			1A=secret          | Line 2 of '.env' is not of the form NAME=value
			A B=secret         | Line 2 of '.env' is not of the form NAME=value
			FIRST=secret       | Line 2 of '.env' sets FIRST again, after line 1
			A=secret#1         | Line 2 of '.env' sets A to a value with '#': quote the value
			A="secret          | Line 2 of '.env' opens a quote for A that is never closed
			A="secret" secret  | Line 2 of '.env' has text after the closing quote of A
			A=${secret}        | Line 2 of '.env' refers to another variable in the value of A
			A="x $secret"      | Line 2 of '.env' refers to another variable in the value of A
			A=$(secret)        | Line 2 of '.env' refers to another variable in the value of A
			""", quoteCharacter = '\u0001')
	void whatIsAmbiguousIsRefusedWithoutItsValue(String line, String message) throws IOException {
		Path file = write("FIRST=1\n" + line + "\nLAST=2\n");
		assertThatIllegalArgumentException().isThrownBy(() -> EnvVarImport.fromDotEnv(file))
			.withMessageStartingWith(message)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@Test
	void lineOfAnErrorCountsLinesOfQuotedValues() throws IOException {
		Path file = write("A='1\n2\n3'\nB=\"\n\"\nwrong\n");
		assertThatIllegalArgumentException().isThrownBy(() -> EnvVarImport.fromDotEnv(file))
			.withMessageStartingWith("Line 6 ");
	}

	@Test
	void otherFilesAreRefused() throws IOException {
		Path latin = Files.write(this.folder.resolve("latin"), "A=\u00fc".getBytes(StandardCharsets.ISO_8859_1));
		assertThatIllegalArgumentException().isThrownBy(() -> EnvVarImport.fromDotEnv(latin))
			.withMessageContaining("is not UTF-8");
		Path nul = write("A=a\0b");
		assertThatIllegalArgumentException().isThrownBy(() -> EnvVarImport.fromDotEnv(nul))
			.withMessageContaining("NUL");
		Path large = Files.write(this.folder.resolve("large"), new byte[1024 * 1024 + 1]);
		assertThatIllegalArgumentException().isThrownBy(() -> EnvVarImport.fromDotEnv(large))
			.withMessageContaining("larger than 1 MiB");
		Path empty = write("# nothing\n");
		assertThatIllegalArgumentException().isThrownBy(() -> EnvVarImport.fromDotEnv(empty))
			.withMessageContaining("at least one variable");
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> EnvVarImport.fromDotEnv(this.folder.resolve("missing")))
			.withMessageContaining("missing");
	}

	@Property
	void quotedValuesComeBack(@ForAll String value) {
		Assume.that(value.indexOf('\0') < 0 && value.indexOf('\r') < 0);
		String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$").replace("\n", "\\n");
		assertThat(DotEnv.parse(".env", "A=1\nB=\"" + escaped + "\" # comment\nC=2")).containsEntry("B", value)
			.containsEntry("C", "2");
	}

	@Property
	void everyTextIsReadOrRefused(@ForAll String text) {
		try {
			assertThat(DotEnv.parse(".env", text)).doesNotContainKey("");
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex.getMessage()).startsWith("Line ");
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, String> imported(Path file) {
		return (Map<String, String>) EnvVarImport.fromDotEnv(file).toBody().get("variables");
	}

	private Path write(String text) throws IOException {
		return Files.writeString(this.folder.resolve(".env"), text);
	}

}
