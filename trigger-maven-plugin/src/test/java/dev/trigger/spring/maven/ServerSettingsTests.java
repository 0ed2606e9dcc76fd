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

package dev.trigger.spring.maven;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.contracts.tool.ContractFiles;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.io.DefaultSettingsReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PullMojo} with a token in {@code settings.xml}, read and decrypted as
 * Maven does.
 */
class ServerSettingsTests {

	private static final String MASTER = "master password";

	private final DefaultPlexusCipher cipher = new DefaultPlexusCipher();

	@TempDir
	Path folder;

	private TriggerEmulator emulator = TriggerEmulator.start();

	@BeforeEach
	void describeTasks() {
		this.emulator.tasks("{\"tasks\": {\"send-mail\": \"echo\"}}");
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@Test
	void plainPasswordIsTheToken() throws Exception {
		pull("<server><id>trigger</id><password>" + this.emulator.personalAccessToken() + "</password></server>");
		assertThat(ContractFiles.read(file()).tasks()).containsOnlyKeys("send-mail");
	}

	@Test
	void encryptedPasswordIsTheToken() throws Exception {
		pull("<server><id>trigger</id><password>" + encrypt(this.emulator.personalAccessToken(), MASTER)
				+ "</password></server>");
		assertThat(ContractFiles.read(file()).tasks()).containsOnlyKeys("send-mail");
	}

	@Test
	void passwordOfAnotherMasterPasswordIsReported() throws Exception {
		String password = encrypt(this.emulator.personalAccessToken(), "another one");
		assertThatExceptionOfType(MojoExecutionException.class)
			.isThrownBy(() -> pull("<server><id>trigger</id><password>" + password + "</password></server>"))
			.withMessageContaining("The password of the server 'trigger' of settings.xml can't be decrypted")
			.withMessageNotContaining(password);
	}

	@Test
	void serverWithoutPasswordIsReported() {
		assertThatExceptionOfType(MojoExecutionException.class)
			.isThrownBy(() -> pull("<server><id>trigger</id><username>ada</username></server>"))
			.withMessage("The server 'trigger' of settings.xml has no password: set it to a personal access token "
					+ "(tr_pat_...)");
	}

	@Test
	void missingServerIsReported() {
		assertThatExceptionOfType(MojoExecutionException.class)
			.isThrownBy(() -> pull("<server><id>other</id><password>tr_pat_1</password></server>"))
			.withMessage("settings.xml has no server 'trigger': add one with a personal access token as password, or "
					+ "remove 'serverId'");
	}

	private void pull(String server) throws Exception {
		Path security = Files.writeString(this.folder.resolve("settings-security.xml"), "<settingsSecurity><master>"
				+ encrypt(MASTER, DefaultSecDispatcher.SYSTEM_PROPERTY_SEC_LOCATION) + "</master></settingsSecurity>");
		DefaultSecDispatcher dispatcher = new DefaultSecDispatcher(this.cipher, Map.of(), security.toString());
		Settings settings = new DefaultSettingsReader()
			.read(new StringReader("<settings><servers>" + server + "</servers></settings>"), Map.of());
		PullMojo mojo = new PullMojo();
		ReflectionTestUtils.setField(mojo, "settings", settings);
		ReflectionTestUtils.setField(mojo, "decrypter", new DefaultSettingsDecrypter(dispatcher));
		ReflectionTestUtils.setField(mojo, "serverId", "trigger");
		ReflectionTestUtils.setField(mojo, "apiUrl", this.emulator.apiUrl());
		ReflectionTestUtils.setField(mojo, "projectRef", this.emulator.projectRef());
		ReflectionTestUtils.setField(mojo, "contractFile", file().toFile());
		mojo.execute();
	}

	private Path file() {
		return this.folder.resolve("contract.json");
	}

	private String encrypt(String text, String password) throws Exception {
		return this.cipher.encryptAndDecorate(text, password);
	}

}
