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

package dev.trigger.spring.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The server: nginx on a free port of the loopback interface, with fixed responses, so
 * that the client is what is measured.
 */
final class NginxServer implements AutoCloseable {

	/**
	 * A body is read to its end before the response is sent, since a server that responds
	 * early would stop the client in the middle.
	 */
	private static final String CONFIGURATION = """
			worker_processes 1;
			pid "%1$s/nginx.pid";
			error_log stderr error;
			events { worker_connections 1024; }
			http {
				access_log off;
				tcp_nodelay on;
				keepalive_requests 100000000;
				keepalive_timeout 600s;
				client_max_body_size 0;
				client_body_buffer_size 16k;
				client_body_temp_path "%1$s/body";
				proxy_temp_path "%1$s/proxy";
				fastcgi_temp_path "%1$s/fastcgi";
				scgi_temp_path "%1$s/scgi";
				uwsgi_temp_path "%1$s/uwsgi";
				types {}
				default_type application/json;
				add_header x-ratelimit-limit 1000000000;
				add_header x-ratelimit-remaining 999999999;
				add_header x-ratelimit-reset 4102444800000;
				open_file_cache max=500;
				include "%1$s/changes.conf";
				map $args $page {
					default list-25.json;
					"~page(%%5B|\\[)after(%%5D|\\])=p(?<number>[0-9]+)" page-$number.json;
					"~page(%%5B|\\[)size(%%5D|\\])=100" page-0.json;
				}
				server {
					listen unix:%1$s/sink.sock;
					location / { return 200 '{"id":"batch_1234","itemsAccepted":1000,"itemsDeduplicated":0,"sealed":true}'; }
				}
				server {
					listen 127.0.0.1:%2$d;
					root "%1$s/www";
					location = /realtime/v1/runs/run_1234 {
						add_header cache-control no-store;
						add_header electric-handle run-1234;
						add_header electric-offset 1_$change;
						add_header electric-cursor $change_cursor;
						add_header electric-schema $change_schema;
						try_files /change-$change.json =404;
					}
					location = /realtime/v1/streams/run_1234/v1 {
						default_type text/event-stream;
						try_files /v1.sse =404;
					}
					location = /realtime/v1/streams/run_1234/v2 {
						default_type text/event-stream;
						add_header x-stream-version v2;
						try_files /v2.sse =404;
					}
					location ~ ^/api/v[0-9]/runs/ { try_files /run.json =404; }
					location = /api/v1/runs { try_files /$page =404; }
					location ~ ^/api/v1/tasks/ { return 200 '{"id":"run_cmwu6j8bo001zal7dk8hwaqgy","isCached":false}'; }
					location = /api/v3/batches { return 200 '{"id":"batch_1234","runCount":1000,"isCached":false}'; }
					location ~ ^/api/v3/batches/.+/items$ {
						proxy_pass http://unix:%1$s/sink.sock;
						proxy_method GET;
						proxy_pass_request_body off;
						proxy_set_header Content-Length "";
						proxy_hide_header x-ratelimit-limit;
						proxy_hide_header x-ratelimit-remaining;
						proxy_hide_header x-ratelimit-reset;
					}
				}
			}
			""";

	private final Process process;

	private final int port;

	private NginxServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static NginxServer start(Path directory, int parts) throws IOException, InterruptedException {
		Files.createDirectories(directory);
		new Fixtures(directory.resolve("www")).write(parts);
		Files.writeString(directory.resolve("changes.conf"), LiveFixtures.configuration());
		Files.deleteIfExists(directory.resolve("sink.sock"));
		int port = freePort();
		Path configuration = directory.resolve("nginx.conf");
		// workers of root's nginx are someone else, who may not read the directory
		String user = "root".equals(System.getProperty("user.name")) ? "user root;\n" : "";
		Files.writeString(configuration, user + CONFIGURATION.formatted(directory, port));
		Process process = new ProcessBuilder("nginx", "-p", directory.toString(), "-c", configuration.toString(), "-g",
				"daemon off;")
			.inheritIO()
			.start();
		NginxServer server = new NginxServer(process, port);
		Runtime.getRuntime().addShutdownHook(new Thread(server::close));
		server.awaitStart();
		return server;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitStart() throws InterruptedException {
		for (int attempt = 0; attempt < 100; attempt++) {
			try {
				new Socket(InetAddress.getLoopbackAddress(), this.port).close();
				return;
			}
			catch (IOException ex) {
				if (!this.process.isAlive()) {
					break;
				}
				Thread.sleep(50);
			}
		}
		throw new IllegalStateException("nginx did not start");
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
