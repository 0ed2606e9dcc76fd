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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * Stands between client and server, knows enough of HTTP to find the end of a message,
 * and does to chosen requests what networks do.
 */
final class FaultProxy implements AutoCloseable {

	private final int upstreamPort;

	private final ServerSocketFactory sockets;

	private final int port;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger underWay = new AtomicInteger();

	private volatile boolean closed;

	private @Nullable ServerSocket listener;

	private @Nullable Thread accepting;

	private @Nullable Behaviour behaviour;

	private int skip;

	private int times;

	FaultProxy(int upstreamPort, ServerSocketFactory sockets) {
		this.upstreamPort = upstreamPort;
		this.sockets = sockets;
		this.port = listen(0);
	}

	int port() {
		return this.port;
	}

	/**
	 * How many requests have arrived since the last {@link #arm}.
	 */
	int requests() {
		return this.requests.get();
	}

	/**
	 * Let requests meet a fault.
	 * @param behaviour what happens to them
	 * @param skip how many requests pass before
	 * @param times how many requests it happens to
	 */
	synchronized void arm(Behaviour behaviour, int skip, int times) {
		this.behaviour = behaviour;
		this.skip = skip;
		this.times = times;
		this.requests.set(0);
	}

	private synchronized @Nullable Behaviour next() {
		this.requests.incrementAndGet();
		if (this.behaviour == null || this.times == 0 || this.skip-- > 0) {
			return null;
		}
		this.times--;
		return this.behaviour;
	}

	/**
	 * Die as a killed process does: nobody listens any more, connections are reset.
	 */
	synchronized void kill() {
		if (this.listener != null) {
			closeQuietly(this.listener);
			join(this.accepting);
			this.listener = null;
		}
		this.connections.forEach(FaultProxy::reset);
	}

	/**
	 * Listen again, after some time.
	 */
	void restart(Duration delay) {
		start("restart", () -> {
			sleep(delay);
			if (!this.closed) {
				listen(this.port);
			}
		});
	}

	/**
	 * Wait until no request is being worked on.
	 */
	boolean awaitQuiet(Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		while (this.underWay.get() > 0) {
			if (System.nanoTime() > end) {
				return false;
			}
			sleep(Duration.ofMillis(10));
		}
		return true;
	}

	@Override
	public void close() {
		this.closed = true;
		kill();
	}

	private synchronized int listen(int port) {
		try {
			ServerSocket socket = this.sockets.createServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
			this.listener = socket;
			this.accepting = start("accept", () -> accept(socket));
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				Socket connection = socket.accept();
				if (socket.isClosed()) {
					// it came while the listener was closed
					reset(connection);
					return;
				}
				this.connections.add(connection);
				start("connection", () -> serve(connection));
			}
			catch (IOException ex) {
				// closed, or the handshake failed: both are meant
			}
		}
	}

	private void serve(Socket connection) {
		try (connection; Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.upstreamPort)) {
			InputStream in = new BufferedInputStream(connection.getInputStream());
			InputStream responses = new BufferedInputStream(upstream.getInputStream());
			boolean open = true;
			for (String head = readHead(in); open && head != null; head = open ? readHead(in) : null) {
				Behaviour fault = next();
				Exchange exchange = new Exchange(connection, upstream, in, responses, head);
				this.underWay.incrementAndGet();
				try {
					open = ((fault != null) ? fault : Behaviour.NONE).apply(exchange);
				}
				finally {
					this.underWay.decrementAndGet();
				}
			}
		}
		catch (IOException ex) {
			// that is what this is about
		}
		finally {
			this.connections.remove(connection);
		}
	}

	private static void join(@Nullable Thread thread) {
		try {
			if (thread != null) {
				thread.join(1000);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Thread start(String name, Runnable work) {
		Thread thread = new Thread(work, "fault-proxy-" + name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	static void sleep(Duration duration) {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// it is gone
		}
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// it is gone
		}
		closeQuietly(socket);
	}

	private static @Nullable String readHead(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int matched = 0;
		while (matched < 4) {
			int next = in.read();
			if (next < 0) {
				return null;
			}
			head.write(next);
			matched = (next == "\r\n\r\n".charAt(matched)) ? matched + 1 : (next == '\r') ? 1 : 0;
		}
		return head.toString(StandardCharsets.ISO_8859_1);
	}

	private static @Nullable String header(String head, String name) {
		for (String line : head.split("\r\n")) {
			if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
				return line.substring(name.length() + 1).strip();
			}
		}
		return null;
	}

	/**
	 * What happens to a request.
	 */
	@FunctionalInterface
	interface Behaviour {

		/**
		 * All goes well.
		 */
		Behaviour NONE = (exchange) -> {
			exchange.write(exchange.forward());
			return true;
		};

		/**
		 * Deal with a request.
		 * @param exchange the request
		 * @return whether the connection stays open
		 * @throws IOException if the client is gone
		 */
		boolean apply(Exchange exchange) throws IOException;

	}

	/**
	 * One request, of which only the head has been read.
	 */
	static final class Exchange {

		private final Socket connection;

		private final Socket upstream;

		private final InputStream in;

		private final InputStream responses;

		private final String head;

		Exchange(Socket connection, Socket upstream, InputStream in, InputStream responses, String head) {
			this.connection = connection;
			this.upstream = upstream;
			this.in = in;
			this.responses = responses;
			this.head = head;
		}

		/**
		 * The path, as it is on the wire.
		 */
		String path() {
			return this.head.split(" ", 3)[1];
		}

		/**
		 * Read the body as it is on the wire.
		 */
		byte[] body() throws IOException {
			return readBody(this.in, this.head);
		}

		/**
		 * Read only the first half of the body.
		 */
		void halfBody() throws IOException {
			String length = header(this.head, "content-length");
			boolean chunked = header(this.head, "transfer-encoding") != null;
			this.in.readNBytes((length != null) ? Integer.parseInt(length) / 2 : chunked ? 1 : 0);
		}

		/**
		 * Let the server act.
		 * @return its response as it is on the wire
		 */
		Response forward() throws IOException {
			byte[] body = body();
			this.upstream.getOutputStream().write(this.head.getBytes(StandardCharsets.ISO_8859_1));
			this.upstream.getOutputStream().write(body);
			this.upstream.getOutputStream().flush();
			String response = readHead(this.responses);
			if (response == null) {
				throw new IOException("The server closed the connection");
			}
			return new Response(response, readBody(this.responses, response));
		}

		void write(Response response) throws IOException {
			write(response.bytes());
		}

		void write(byte[] bytes) throws IOException {
			this.connection.getOutputStream().write(bytes);
			this.connection.getOutputStream().flush();
		}

		void closeOutput() throws IOException {
			this.connection.shutdownOutput();
		}

		boolean reset() {
			FaultProxy.reset(this.connection);
			return false;
		}

		private static byte[] readBody(InputStream in, String head) throws IOException {
			String length = header(head, "content-length");
			if (length != null) {
				return in.readNBytes(Integer.parseInt(length));
			}
			if (!"chunked".equalsIgnoreCase(header(head, "transfer-encoding"))) {
				return new byte[0];
			}
			ByteArrayOutputStream raw = new ByteArrayOutputStream();
			int size;
			do {
				String line = readLine(in, raw);
				size = Integer.parseInt(line.strip(), 16);
				raw.write(in.readNBytes(size + 2));
			}
			while (size > 0);
			return raw.toByteArray();
		}

		private static String readLine(InputStream in, ByteArrayOutputStream raw) throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = in.read(); next != '\n'; next = in.read()) {
				if (next < 0) {
					throw new IOException("The client closed the connection");
				}
				line.append((char) next);
				raw.write(next);
			}
			raw.write('\n');
			return line.toString();
		}

	}

	/**
	 * A response.
	 *
	 * @param head status and headers as they are on the wire
	 * @param body the body
	 */
	record Response(String head, byte[] body) {

		static Response of(int status, String body, String... headers) {
			return of(status, body.getBytes(StandardCharsets.UTF_8), headers);
		}

		static Response of(int status, byte[] bytes, String... headers) {
			StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Fault\r\n");
			for (String header : headers) {
				head.append(header).append("\r\n");
			}
			head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
			return new Response(head.toString(), bytes);
		}

		byte[] bytes() {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(this.head.getBytes(StandardCharsets.ISO_8859_1));
			all.writeBytes(this.body);
			return all.toByteArray();
		}

	}

}
