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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP proxy, which takes requests for an absolute address as well as tunnels.
 */
final class ForwardProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger connections = new AtomicInteger();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final boolean demanding;

	ForwardProxy() throws IOException {
		this(false);
	}

	/**
	 * Start a proxy.
	 * @param demanding whether it asks everybody for credentials, and lets nobody pass
	 */
	ForwardProxy(boolean demanding) throws IOException {
		this.demanding = demanding;
		this.threads.execute(() -> {
			while (!this.server.isClosed()) {
				accept();
			}
		});
	}

	int port() {
		return this.server.getLocalPort();
	}

	int connections() {
		return this.connections.get();
	}

	/**
	 * Return what the proxy was sent, up to the first empty line of each connection.
	 */
	List<String> heads() {
		return this.heads;
	}

	private void accept() {
		try {
			Socket client = this.server.accept();
			this.connections.incrementAndGet();
			this.threads.execute(() -> serve(client));
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket client) {
		try (client) {
			String head = readHead(client.getInputStream());
			this.heads.add(head);
			if (this.demanding) {
				client.getOutputStream()
					.write(("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
							+ "Content-Length: 0\r\nConnection: close\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				return;
			}
			String target = head.split(" ", 3)[1];
			boolean tunnel = head.startsWith("CONNECT");
			URI uri = URI.create(tunnel ? "tunnel://" + target : target);
			try (Socket origin = new Socket(uri.getHost(), uri.getPort())) {
				if (tunnel) {
					client.getOutputStream()
						.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				}
				else {
					origin.getOutputStream()
						.write(head.replace(target, uri.getRawPath()).getBytes(StandardCharsets.US_ASCII));
				}
				this.threads.execute(() -> copy(origin, client));
				client.getInputStream().transferTo(origin.getOutputStream());
			}
		}
		catch (IOException ex) {
			// the client has gone
		}
	}

	private static void copy(Socket from, Socket to) {
		try (OutputStream out = to.getOutputStream()) {
			from.getInputStream().transferTo(out);
		}
		catch (IOException ex) {
			// one of them has gone
		}
	}

	private static String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("The connection was closed");
			}
			head.append((char) next);
		}
		return head.toString();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

}
