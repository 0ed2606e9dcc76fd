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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Carries bytes between a client and a server, until somebody pulls it.
 */
final class Cable implements AutoCloseable {

	private final int upstreamPort;

	private final int port;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private @Nullable ServerSocket listener;

	Cable(int upstreamPort) {
		this.upstreamPort = upstreamPort;
		this.port = plug(0);
	}

	int port() {
		return this.port;
	}

	/**
	 * Break all connections. New ones are accepted.
	 */
	void cut() {
		for (Socket socket : this.sockets) {
			try {
				socket.setSoLinger(true, 0);
				socket.close();
			}
			catch (IOException ex) {
				// it is gone
			}
		}
		this.sockets.clear();
	}

	/**
	 * Break all connections, and refuse new ones.
	 */
	synchronized void pull() throws IOException {
		if (this.listener != null) {
			this.listener.close();
		}
		cut();
	}

	/**
	 * Accept connections again.
	 */
	void plug() {
		plug(this.port);
	}

	private synchronized int plug(int port) {
		try {
			ServerSocket server = new ServerSocket();
			server.setReuseAddress(true);
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
			this.listener = server;
			start(() -> accept(server));
			return server.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void accept(ServerSocket server) {
		while (!server.isClosed()) {
			try {
				Socket client = server.accept();
				Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.upstreamPort);
				this.sockets.add(client);
				this.sockets.add(upstream);
				start(() -> copy(client, upstream));
				start(() -> copy(upstream, client));
			}
			catch (IOException ex) {
				// pulled
			}
		}
	}

	private void copy(Socket from, Socket to) {
		byte[] buffer = new byte[8192];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				out.write(buffer, 0, read);
			}
		}
		catch (IOException ex) {
			// both are closed, and both sides notice
		}
		finally {
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "cable");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		pull();
	}

}
