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

package dev.trigger.spring.feed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on loopback whose responses are written byte by byte: they can be held, come
 * in pieces, or break off.
 */
public final class LiveServer implements AutoCloseable {

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

	private final Handler handler;

	private final int port;

	private volatile ServerSocket serverSocket;

	public LiveServer(Handler handler) {
		this.handler = handler;
		this.serverSocket = bind(0);
		this.port = this.serverSocket.getLocalPort();
		start(this::accept);
	}

	private static ServerSocket bind(int port) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "live-server");
		thread.setDaemon(true);
		thread.start();
	}

	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * Return what was asked, in the order in which it came.
	 */
	public List<Exchange> exchanges() {
		return this.exchanges;
	}

	/**
	 * Return how many connections are open.
	 */
	public int connections() {
		return this.sockets.size();
	}

	/**
	 * Break all connections and take no more.
	 */
	public void stop() {
		try {
			this.serverSocket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.sockets.forEach(LiveServer::reset);
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// it was closed already
		}
	}

	/**
	 * Take connections again, at the same address.
	 */
	public void restart() {
		this.serverSocket = bind(this.port);
		start(this::accept);
	}

	private void accept() {
		ServerSocket accepting = this.serverSocket;
		while (!accepting.isClosed()) {
			try {
				Socket socket = accepting.accept();
				this.sockets.add(socket);
				start(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			for (Exchange exchange = read(in, socket); exchange != null; exchange = read(in, socket)) {
				this.exchanges.add(exchange);
				this.handler.handle(exchange);
				if (exchange.broken) {
					return;
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			// the client went away
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	private Exchange read(InputStream in, Socket socket) throws IOException {
		String start = readLine(in);
		if (start == null) {
			return null;
		}
		String[] parts = start.split(" ", 3);
		Map<String, String> headers = new LinkedHashMap<>();
		for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
		byte[] body = in.readNBytes(length);
		if (body.length < length) {
			throw new EOFException();
		}
		return new Exchange(this.exchanges.size(), parts[0], parts[1], headers,
				new String(body, StandardCharsets.UTF_8), in, socket);
	}

	private static String readLine(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int read = in.read(); read != '\n'; read = in.read()) {
			if (read < 0) {
				return null;
			}
			line.write(read);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Responses requests.
	 */
	@FunctionalInterface
	public interface Handler {

		void handle(Exchange exchange) throws IOException, InterruptedException;

	}

	/**
	 * A request, and what writes its response.
	 */
	public static final class Exchange {

		private final int number;

		private final String method;

		private final String target;

		private final Map<String, String> headers;

		private final String body;

		private final InputStream in;

		private final Socket socket;

		private boolean broken;

		private Exchange(int number, String method, String target, Map<String, String> headers, String body,
				InputStream in, Socket socket) {
			this.number = number;
			this.method = method;
			this.target = target;
			this.headers = headers;
			this.body = body;
			this.in = in;
			this.socket = socket;
		}

		/**
		 * Return the number of the request, counted from 0.
		 */
		public int number() {
			return this.number;
		}

		/**
		 * Return the port of the client, which stands for its connection.
		 */
		public int clientPort() {
			return this.socket.getPort();
		}

		public String method() {
			return this.method;
		}

		public String path() {
			return this.target.split("\\?", 2)[0];
		}

		public Map<String, String> query() {
			Map<String, String> query = new LinkedHashMap<>();
			String[] parts = this.target.split("\\?", 2);
			if (parts.length > 1) {
				for (String pair : parts[1].split("&")) {
					String[] entry = pair.split("=", 2);
					query.put(URLDecoder.decode(entry[0], StandardCharsets.UTF_8),
							(entry.length > 1) ? URLDecoder.decode(entry[1], StandardCharsets.UTF_8) : "");
				}
			}
			return query;
		}

		public String header(String name) {
			return this.headers.get(name);
		}

		public String body() {
			return this.body;
		}

		public void respond(int status, Map<String, String> responseHeaders, String responseBody) throws IOException {
			byte[] bytes = responseBody.getBytes(StandardCharsets.UTF_8);
			head(status, responseHeaders, (status != 204) ? "content-length: " + bytes.length + "\r\n" : "");
			write(bytes);
		}

		/**
		 * Begin a response whose body comes in pieces.
		 */
		public void begin(int status, Map<String, String> responseHeaders) throws IOException {
			head(status, responseHeaders, "transfer-encoding: chunked\r\n");
		}

		public void piece(String text) throws IOException {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			piece(bytes, 0, bytes.length);
		}

		public void piece(byte[] bytes, int offset, int length) throws IOException {
			write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
			write(Arrays.copyOfRange(bytes, offset, offset + length));
			write("\r\n".getBytes(StandardCharsets.US_ASCII));
		}

		public void end() throws IOException {
			write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		}

		/**
		 * Begin a response whose body ends with the connection.
		 */
		public void beginUntilClose(int status, Map<String, String> responseHeaders) throws IOException {
			head(status, responseHeaders, "connection: close\r\n");
		}

		public void raw(String text) throws IOException {
			write(text.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Close the connection.
		 */
		public void close() throws IOException {
			this.broken = true;
			this.socket.close();
		}

		/**
		 * Reset the connection.
		 */
		public void reset() {
			this.broken = true;
			LiveServer.reset(this.socket);
		}

		/**
		 * Say nothing more until the client closes the connection.
		 */
		public void hold() throws IOException {
			this.broken = true;
			while (this.in.read() >= 0) {
				// nothing is expected
			}
		}

		private void head(int status, Map<String, String> responseHeaders, String framing) throws IOException {
			StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
			responseHeaders.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
			raw(head.append(framing).append("\r\n").toString());
		}

		private void write(byte[] bytes) throws IOException {
			this.socket.getOutputStream().write(bytes);
			this.socket.getOutputStream().flush();
		}

		@Override
		public String toString() {
			return this.method + " " + this.target;
		}

	}

}
