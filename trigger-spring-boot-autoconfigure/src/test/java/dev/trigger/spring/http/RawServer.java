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

package dev.trigger.spring.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that writes to its connections whatever a test wants it to, byte
 * by byte: no library would send most of it.
 */
public final class RawServer implements AutoCloseable {

	private final ServerSocket socket;

	private final Behavior behavior;

	private final @Nullable String prepared;

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger closed = new AtomicInteger();

	public RawServer(Behavior behavior) {
		this(behavior, null);
	}

	private RawServer(Behavior behavior, @Nullable String prepared) {
		this.behavior = behavior;
		this.prepared = prepared;
		try {
			this.socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		start("accept", this::accept);
	}

	/**
	 * Return a server that responds to whatever arrives with the bytes given, as a web
	 * server without TLS responds to a client with TLS.
	 */
	public static RawServer thatRespondsToAnything(String response) {
		return new RawServer((request) -> {
		}, response);
	}

	/**
	 * Return a complete response.
	 */
	public static String response(String status, String body, String... headers) {
		StringBuilder response = new StringBuilder("HTTP/1.1 " + status + "\r\n");
		for (String header : headers) {
			response.append(header).append("\r\n");
		}
		return response.append("content-type: application/json\r\ncontent-length: ")
			.append(body.length())
			.append("\r\n\r\n")
			.append(body)
			.toString();
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	public String url() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * Return request line and headers of all requests.
	 */
	public List<String> heads() {
		return this.heads;
	}

	/**
	 * Return how many connections the client has closed.
	 */
	public int closed() {
		return this.closed.get();
	}

	public int accepted() {
		return this.accepted.get();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				connection.setTcpNoDelay(true);
				this.accepted.incrementAndGet();
				this.connections.add(connection);
				start("connection", () -> serve(connection));
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = socket.getInputStream();
			if (this.prepared != null && in.read() >= 0) {
				socket.getOutputStream().write(this.prepared.getBytes(StandardCharsets.ISO_8859_1));
				socket.shutdownOutput();
				// what is left unread would reset the connection, and the response be
				// lost
				in.transferTo(OutputStream.nullOutputStream());
				return;
			}
			int number = 0;
			for (String head = readHead(in); head != null; head = readHead(in)) {
				this.heads.add(head);
				in.readNBytes(contentLength(head));
				String path = head.split(" ", 3)[1];
				this.behavior.respond(new Request(++number, path, head, socket.getOutputStream(), socket));
			}
		}
		catch (IOException | InterruptedException ex) {
			// the client is gone, or the server has closed the connection
		}
		this.closed.incrementAndGet();
	}

	private static @Nullable String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		for (int next = in.read(); next >= 0; next = in.read()) {
			head.append((char) next);
			if (next == '\n' && head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
				return head.toString();
			}
		}
		return null;
	}

	private static int contentLength(String head) {
		for (String line : head.toLowerCase(Locale.ROOT).split("\r\n")) {
			if (line.startsWith("content-length:")) {
				return Integer.parseInt(line.substring(15).strip());
			}
		}
		return 0;
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, "raw-server-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What is written for a request.
	 */
	@FunctionalInterface
	public interface Behavior {

		void respond(Request request) throws IOException, InterruptedException;

	}

	/**
	 * A request, whose body has been read.
	 *
	 * @param number its number on its connection, from 1
	 * @param path the path with its query
	 * @param head request line and headers
	 * @param out where the response goes to
	 * @param socket the connection
	 */
	public record Request(int number, String path, String head, OutputStream out, Socket socket) {

		public void write(String text) throws IOException {
			this.out.write(text.getBytes(StandardCharsets.ISO_8859_1));
			this.out.flush();
		}

		public void write(byte[] bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/**
		 * Return the last segment of the path.
		 */
		public String id() {
			return this.path.substring(this.path.lastIndexOf('/') + 1);
		}

	}

}
