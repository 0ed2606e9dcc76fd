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
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A program that forwards connections, as the part of a server that keeps nothing and can
 * be killed. It needs nothing but the JDK, and is run in a container.
 */
final class Forwarder implements Runnable {

	private final Socket from;

	private final Socket to;

	private Forwarder(Socket from, Socket to) {
		this.from = from;
		this.to = to;
	}

	public static void main(String[] args) throws IOException {
		try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]))) {
			System.out.println("Forwarding");
			while (true) {
				Socket client = server.accept();
				try {
					Socket target = new Socket(args[1], Integer.parseInt(args[2]));
					new Thread(new Forwarder(client, target)).start();
					new Thread(new Forwarder(target, client)).start();
				}
				catch (IOException ex) {
					client.close();
				}
			}
		}
	}

	@Override
	public void run() {
		try (this.from; this.to) {
			InputStream in = this.from.getInputStream();
			in.transferTo(this.to.getOutputStream());
		}
		catch (IOException ex) {
			// both are closed, and both sides notice
		}
	}

}
