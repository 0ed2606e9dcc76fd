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
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

/**
 * A key with a certificate for {@code localhost} that nobody else trusts.
 */
final class TestCertificate {

	private static final String PASSWORD = "changeit";

	private final Path keyStore;

	TestCertificate(Path directory) throws IOException, InterruptedException {
		this.keyStore = directory.resolve("localhost.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=dns:localhost", "-storetype", "PKCS12", "-keystore", this.keyStore.toString(), "-storepass",
				PASSWORD)
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.log").toFile())
			.start();
		if (!keytool.waitFor(2, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
			throw new IllegalStateException("keytool failed");
		}
	}

	SslBundle serverBundle() {
		SslStoreBundle stores = new JksSslStoreBundle(store(), null);
		return SslBundle.of(stores);
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
