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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.PortBinding;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.test.testcontainers.EmulatorImage;
import dev.trigger.spring.test.testcontainers.TriggerEmulatorContainer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * An emulator in a container, and in front of it one that forwards to it.
 */
final class ContainerRig implements AutoCloseable {

	private static final String ALIAS = "emulator";

	private static final int PORT = TriggerEmulatorContainer.PORT;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final DockerClient docker = DockerClientFactory.instance().client();

	private final Network network = Network.newNetwork();

	private final int emulatorPort = freePort();

	private final int frontPort = freePort();

	private final TriggerEmulatorContainer emulator;

	private final GenericContainer<?> front;

	private final TriggerOperations direct;

	ContainerRig() {
		this.emulator = new TriggerEmulatorContainer(EmulatorImage.get()).withRateLimit(1_000_000)
			.withScheduledTasks("nightly");
		this.front = new GenericContainer<>("eclipse-temurin:17-jre").withExposedPorts(PORT)
			.withCopyToContainer(Transferable.of(classFile()),
					"/app/" + Forwarder.class.getName().replace('.', '/') + ".class")
			.withCommand("java", "-Dsun.net.inetaddr.ttl=0", "-cp", "/app", Forwarder.class.getName(),
					String.valueOf(PORT), ALIAS, String.valueOf(PORT))
			.waitingFor(Wait.forLogMessage("Forwarding\\s+", 1));
		start(this.emulator.withNetworkAliases(ALIAS), this.emulatorPort);
		start(this.front, this.frontPort);
		this.direct = TriggerTemplate.builder(credential())
			.apiUrl(emulatorUrl())
			.allowInsecure(true)
			.projectRef(projectRef())
			.build();
	}

	/**
	 * The port of the host is one that stays the same when the container is started
	 * again.
	 */
	private void start(GenericContainer<?> container, int port) {
		container.withNetwork(this.network)
			.withCreateContainerCmdModifier((command) -> Objects.requireNonNull(command.getHostConfig())
				.withPortBindings(PortBinding.parse(port + ":" + PORT)))
			.start();
	}

	private static byte[] classFile() {
		try (InputStream in = Objects.requireNonNull(Forwarder.class.getResourceAsStream("Forwarder.class"))) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return a port that is free, and stays so: systems give none of these to clients.
	 */
	private static int freePort() {
		for (int attempt = 0; attempt < 100; attempt++) {
			try (ServerSocket socket = new ServerSocket(ThreadLocalRandom.current().nextInt(15_000, 30_000))) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// somebody has it
			}
		}
		throw new IllegalStateException("No port is free");
	}

	TriggerCredential credential() {
		return TriggerCredential.of(this.emulator.getSecretKey());
	}

	String projectRef() {
		return this.emulator.getProjectRef();
	}

	String emulatorUrl() {
		return "http://" + this.emulator.getHost() + ":" + this.emulatorPort;
	}

	String frontUrl() {
		return "http://" + this.front.getHost() + ":" + this.frontPort;
	}

	/**
	 * A client that goes to the emulator, and meets no fault.
	 */
	TriggerOperations direct() {
		return this.direct;
	}

	void killFront() {
		this.docker.killContainerCmd(this.front.getContainerId()).exec();
	}

	void startFront() {
		this.docker.startContainerCmd(this.front.getContainerId()).exec();
	}

	void killEmulator() {
		this.docker.killContainerCmd(this.emulator.getContainerId()).exec();
	}

	void startEmulator() {
		this.docker.startContainerCmd(this.emulator.getContainerId()).exec();
	}

	void pauseEmulator() {
		this.docker.pauseContainerCmd(this.emulator.getContainerId()).exec();
	}

	void unpauseEmulator() {
		this.docker.unpauseContainerCmd(this.emulator.getContainerId()).exec();
	}

	void disconnectEmulator() {
		this.docker.disconnectFromNetworkCmd()
			.withNetworkId(this.network.getId())
			.withContainerId(this.emulator.getContainerId())
			.exec();
	}

	void connectEmulator() {
		this.docker.connectToNetworkCmd()
			.withNetworkId(this.network.getId())
			.withContainerId(this.emulator.getContainerId())
			.withContainerNetwork(new ContainerNetwork().withAliases(ALIAS))
			.exec();
	}

	/**
	 * Wait until the emulator responds, also through the front.
	 */
	void awaitHealth() {
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(1))
			.build();
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!(isHealthy(http, emulatorUrl()) && isHealthy(http, frontUrl()))) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("The emulator did not come back: " + this.emulator.getLogs());
			}
			FaultProxy.sleep(Duration.ofMillis(50));
		}
	}

	private static boolean isHealthy(HttpClient http, String url) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/healthcheck"))
			.timeout(Duration.ofSeconds(1))
			.build();
		try {
			return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.front.stop();
		this.emulator.stop();
		this.network.close();
	}

}
