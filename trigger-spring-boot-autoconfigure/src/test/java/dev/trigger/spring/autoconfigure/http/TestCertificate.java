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

package dev.trigger.spring.autoconfigure.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

/**
 * A key with a certificate for {@code localhost} that nobody else trusts.
 */
final class TestCertificate {

	private static final String PASSWORD = "changeit";

	/**
	 * Those that were made before: each takes a process of its own.
	 */
	private static final Map<String, TestCertificate> MADE = new ConcurrentHashMap<>();

	private final Path keyStore;

	private TestCertificate(Path keyStore) {
		this.keyStore = keyStore;
	}

	/**
	 * Return a certificate.
	 * @param name what tells it from others
	 * @return the certificate, which is another one for each name
	 */
	static TestCertificate of(String name) {
		return MADE.computeIfAbsent(name, TestCertificate::make);
	}

	private static TestCertificate make(String name) {
		try {
			Path directory = Files.createTempDirectory(Path.of("target"), "certificate");
			Path keyStore = directory.resolve(name + ".p12");
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
					"SAN=dns:localhost", "-storetype", "PKCS12", "-keystore", keyStore.toString(), "-storepass",
					PASSWORD)
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("keytool.log").toFile())
				.start();
			if (!keytool.waitFor(2, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
				throw new IllegalStateException("keytool failed");
			}
			return new TestCertificate(keyStore);
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	SslBundle serverBundle() {
		return SslBundle.of(new JksSslStoreBundle(store(), null));
	}

	/**
	 * Return a bundle that trusts the certificate, another one each time.
	 */
	SslBundle clientBundle() {
		return SslBundle.of(new JksSslStoreBundle(null, store()));
	}

	Path keyStore() {
		return this.keyStore;
	}

	private JksSslStoreDetails store() {
		return JksSslStoreDetails.forLocation("file:" + this.keyStore).withPassword(PASSWORD);
	}

	/**
	 * Return the properties of a bundle that trusts the certificate.
	 */
	String[] clientProperties(String bundle) {
		String prefix = "spring.ssl.bundle.jks." + bundle + ".truststore.";
		return new String[] { prefix + "location=file:" + this.keyStore, prefix + "password=" + PASSWORD };
	}

}
