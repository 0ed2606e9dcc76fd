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

package dev.trigger.spring.test.reliability;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * TLS with a certificate that nobody trusts.
 */
final class UntrustedTls {

	private static final String PASSWORD = "changeit";

	private static final ServerSocketFactory SOCKETS = create();

	private UntrustedTls() {
	}

	static ServerSocketFactory sockets() {
		return SOCKETS;
	}

	private static ServerSocketFactory create() {
		try {
			Path directory = Files.createTempDirectory(Path.of("target"), "untrusted");
			Path file = directory.resolve("keystore.p12");
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
					"SAN=dns:localhost", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("log").toFile())
				.start();
			if (!keytool.waitFor(2, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
				throw new IllegalStateException("keytool failed");
			}
			KeyStore store = KeyStore.getInstance("PKCS12");
			try (InputStream in = Files.newInputStream(file)) {
				store.load(in, PASSWORD.toCharArray());
			}
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, PASSWORD.toCharArray());
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), null, null);
			return context.getServerSocketFactory();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
