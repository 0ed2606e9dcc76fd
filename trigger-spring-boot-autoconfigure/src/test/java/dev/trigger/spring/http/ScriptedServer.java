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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server on loopback whose responses a test computes.
 */
public final class ScriptedServer implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	/**
	 * Start a server.
	 * @param script returns the response to a request
	 */
	public ScriptedServer(Script script) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", (exchange) -> handle(exchange, script));
		this.server.start();
	}

	private void handle(HttpExchange exchange, Script script) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Received request;
		synchronized (this.received) {
			request = new Received(this.received.size() + 1, exchange.getRequestMethod(),
					exchange.getRequestURI().toString(), body, System.nanoTime());
			this.received.add(request);
		}
		try (exchange) {
			Response response = script.respond(request);
			if (response.status() > 0) {
				byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
				exchange.getResponseHeaders().set("content-type", "application/json");
				for (int i = 0; i < response.headers().length; i += 2) {
					exchange.getResponseHeaders().set(response.headers()[i], response.headers()[i + 1]);
				}
				exchange.sendResponseHeaders(response.status(), (bytes.length > 0) ? bytes.length : -1);
				exchange.getResponseBody().write(bytes);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return the address of the server.
	 * @return the address
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Return the requests so far.
	 * @return the requests
	 */
	public List<Received> received() {
		return this.received;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * Computes responses.
	 */
	public interface Script {

		Response respond(Received request) throws InterruptedException;

	}

	public record Received(int number, String method, String uri, String body, long nanos) {

	}

	public record Response(int status, String body, String... headers) {

		/**
		 * Return what loses the response.
		 * @return no response
		 */
		public static Response lost() {
			return new Response(0, "");
		}

	}

}
