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

package dev.trigger.spring.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * A server on loopback that shows requests as they stand on the wire, and responds to the
 * n-th one as it is told: with a response, half a response, or a connection that breaks.
 */
final class ContractServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final List<ReceivedRequest> requests = new ArrayList<>();

	private final IntFunction<Reply> replies;

	/**
	 * Start a server.
	 * @param replies returns the reply to the n-th request, counted from 0
	 */
	ContractServer(IntFunction<Reply> replies) {
		this.replies = replies;
		try {
			this.serverSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept, "contract-server");
	}

	private static void start(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.serverSocket.getLocalPort();
	}

	int count() {
		synchronized (this.requests) {
			return this.requests.size();
		}
	}

	List<ReceivedRequest> requests() {
		synchronized (this.requests) {
			return List.copyOf(this.requests);
		}
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				Socket socket = this.serverSocket.accept();
				this.sockets.add(socket);
				start(() -> serve(socket), "contract-connection");
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
			ReceivedRequest request = read(in);
			while (request != null) {
				int number;
				synchronized (this.requests) {
					number = this.requests.size();
					this.requests.add(request);
				}
				if (!write(this.replies.apply(number), socket)) {
					return;
				}
				request = read(in);
			}
		}
		catch (IOException ex) {
			// the client went away
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	private static ReceivedRequest read(InputStream in) throws IOException {
		String start = readLine(in);
		if (start == null) {
			return null;
		}
		String[] parts = start.split(" ", 3);
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
			int colon = line.indexOf(':');
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).strip());
		}
		return new ReceivedRequest(parts[0], parts[1], headers, readBody(in, headers));
	}

	private static byte[] readBody(InputStream in, Map<String, List<String>> headers) throws IOException {
		if (headers.containsKey("transfer-encoding")) {
			return readChunks(in);
		}
		List<String> length = headers.get("content-length");
		return (length != null) ? readFully(in, Integer.parseInt(length.get(0))) : new byte[0];
	}

	private static byte[] readChunks(InputStream in) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		while (true) {
			String line = readLine(in);
			if (line == null) {
				throw new EOFException();
			}
			int size = Integer.parseInt(line.split(";")[0].strip(), 16);
			body.write(readFully(in, size));
			// after a chunk its line break, after the last one no trailers are expected
			readLine(in);
			if (size == 0) {
				return body.toByteArray();
			}
		}
	}

	private static byte[] readFully(InputStream in, int length) throws IOException {
		byte[] bytes = in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException();
		}
		return bytes;
	}

	private static String readLine(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int read = in.read(); read != '\n'; read = in.read()) {
			if (read < 0) {
				return null;
			}
			line.write(read);
		}
		String text = line.toString(StandardCharsets.ISO_8859_1);
		return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
	}

	/**
	 * Write a reply.
	 * @return whether the connection is kept
	 */
	private static boolean write(Reply reply, Socket socket) throws IOException {
		if (reply.kind() == Reply.Kind.RESET) {
			socket.setSoLinger(true, 0);
			return false;
		}
		boolean bodiless = reply.status() == 204 || reply.status() == 304;
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(" -\r\n");
		reply.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		if (!bodiless) {
			head.append("content-length: ").append(reply.body().length).append("\r\n");
		}
		OutputStream out = socket.getOutputStream();
		out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
		boolean partial = reply.kind() == Reply.Kind.PARTIAL;
		if (!bodiless) {
			out.write(reply.body(), 0, partial ? reply.body().length / 2 : reply.body().length);
		}
		out.flush();
		return !partial;
	}

	@Override
	public void close() {
		try {
			this.serverSocket.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What is done with a request.
	 *
	 * @param kind whether there is a response
	 * @param status the status of the response
	 * @param headers the headers of the response, without {@code content-length}
	 * @param body the body of the response
	 */
	record Reply(Kind kind, int status, Map<String, String> headers, byte[] body) {

		static Reply respond(int status, Map<String, String> headers, String body) {
			return new Reply(Kind.RESPONSE, status, headers, body.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Reset the connection before any byte of the response.
		 */
		static Reply reset() {
			return new Reply(Kind.RESET, 0, Map.of(), new byte[0]);
		}

		/**
		 * Close the connection in the middle of the body.
		 */
		static Reply partial() {
			return new Reply(Kind.PARTIAL, 200, Map.of("content-type", "application/json"),
					"{\"id\":\"run_1\",\"status\":\"COMPLETED\"}".getBytes(StandardCharsets.UTF_8));
		}

		enum Kind {

			RESPONSE, RESET, PARTIAL

		}

	}

}
