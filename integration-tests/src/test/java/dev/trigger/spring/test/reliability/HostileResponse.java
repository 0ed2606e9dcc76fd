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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import dev.trigger.spring.test.reliability.FaultProxy.Response;

/**
 * Responses that are meant to use up memory or time, and what has to become of a call
 * that gets one.
 */
enum HostileResponse {

	BOMB("Decoding") {
		@Override
		Response response() {
			return gzip(200, Bomb.SPACES);
		}
	},

	BOMB_OF_A_STRING("Decoding") {
		@Override
		Response response() {
			return gzip(200, Bomb.STRING);
		}
	},

	BOMB_AS_ERROR("Server") {
		@Override
		Response response() {
			return gzip(500, Bomb.SPACES);
		}
	},

	TRUNCATED_GZIP("Connection|Decoding") {
		@Override
		Response response() {
			return gzip(200, Arrays.copyOf(Bomb.SPACES, 100));
		}
	},

	NO_GZIP("Connection|Decoding|ok") {
		@Override
		Response response() {
			return gzip(200, "{\"id\":\"run_1\"}".getBytes(StandardCharsets.UTF_8));
		}
	},

	DEEP_ARRAYS("Decoding") {
		@Override
		Response response() {
			return json(200, "[".repeat(DEPTH) + "]".repeat(DEPTH));
		}
	},

	DEEP_OUTPUT("Decoding") {
		@Override
		Response response() {
			return run("\"output\":" + "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH));
		}
	},

	DEEP_UNKNOWN("Decoding|ok") {
		@Override
		Response response() {
			return run("\"later\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH));
		}
	},

	DEEP_ERROR("Server") {
		@Override
		Response response() {
			return json(500, "{\"error\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}");
		}
	},

	DEEP_AND_OPEN("Decoding") {
		@Override
		Response response() {
			return json(200, "{\"a\":".repeat(500_000));
		}
	},

	HUGE_INTEGER("Decoding") {
		@Override
		Response response() {
			return run("\"output\":" + "9".repeat(DIGITS));
		}
	},

	HUGE_DURATION("Decoding") {
		@Override
		Response response() {
			return run("\"durationMs\":" + "9".repeat(DIGITS));
		}
	},

	HUGE_EXPONENT("Decoding|ok") {
		@Override
		Response response() {
			return run("\"durationMs\":1e1000000000,\"costInCents\":1e1000000000,\"output\":1e1000000000");
		}
	},

	HUGE_TIME("Decoding") {
		@Override
		Response response() {
			return run("\"finishedAt\":\"+999999999999-01-01T00:00:00Z\"");
		}
	},

	HUGE_NUMBER_IN_ERROR("Server") {
		@Override
		Response response() {
			return json(500, "{\"error\":{\"message\":" + "9".repeat(DIGITS) + "}}");
		}
	},

	LONG_ERROR("Server") {
		@Override
		Response response() {
			return json(500, "{\"error\":\"" + "x".repeat(3_000_000) + "\"}");
		}
	},

	SAME_KEY("ok") {
		@Override
		Response response() {
			return run("\"status\":\"QUEUED\",\"status\":\"COMPLETED\",\"output\":{\"a\":1,\"a\":2}");
		}
	},

	SAME_KEY_MANY_TIMES("Decoding|ok") {
		@Override
		Response response() {
			return run("\"output\":{" + "\"a\":1,".repeat(200_000) + "\"a\":2}," + "\"id\":\"run_1\",".repeat(10_000)
					+ "\"isCompleted\":true");
		}
	},

	SAME_KEY_IN_ERROR("Server") {
		@Override
		Response response() {
			return json(500, "{" + "\"error\":{\"message\":\"x\"},".repeat(100_000) + "\"error\":\"y\"}");
		}
	};

	private static final int DEPTH = 10_000;

	private static final int DIGITS = 1_000_000;

	private final String outcome;

	HostileResponse(String outcome) {
		this.outcome = outcome;
	}

	abstract Response response();

	/**
	 * What may become of a call: {@code ok}, or names of exceptions without what all of
	 * them have in common.
	 */
	String outcome() {
		return this.outcome;
	}

	private static Response gzip(int status, byte[] compressed) {
		return Response.of(status, compressed, "content-type: application/json", "content-encoding: gzip");
	}

	private static Response json(int status, String body) {
		return Response.of(status, body, "content-type: application/json");
	}

	private static Response run(String field) {
		return json(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"taskIdentifier\":\"hello\"," + field + "}");
	}

	/**
	 * Two megabytes that become two gigabytes.
	 */
	private static final class Bomb {

		static final byte[] SPACES = compress("{\"id\":", ' ');

		static final byte[] STRING = compress("{\"id\":\"run_1\",\"later\":\"", 'x');

		private static final int MEGABYTES = 2048;

		/**
		 * The compressor gets one megabyte to do: what follows are the same bytes again.
		 */
		private static byte[] compress(String start, char filling) {
			byte[] first = start.getBytes(StandardCharsets.UTF_8);
			byte[] megabyte = new byte[1024 * 1024];
			Arrays.fill(megabyte, (byte) filling);
			Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
			byte[] beginning = deflate(deflater, first);
			byte[] repeated = deflate(deflater, megabyte);
			deflater.end();
			CRC32 checksum = new CRC32();
			checksum.update(first);
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			bytes.writeBytes(new byte[] { 0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0 });
			bytes.writeBytes(beginning);
			for (int i = 0; i < MEGABYTES; i++) {
				checksum.update(megabyte);
				bytes.writeBytes(repeated);
			}
			// an empty last block
			bytes.writeBytes(new byte[] { 3, 0 });
			bytes.writeBytes(ByteBuffer.allocate(2 * Integer.BYTES)
				.order(ByteOrder.LITTLE_ENDIAN)
				.putInt((int) checksum.getValue())
				.putInt(first.length + MEGABYTES * megabyte.length)
				.array());
			return bytes.toByteArray();
		}

		/**
		 * Return blocks that need nothing of what was before them.
		 */
		private static byte[] deflate(Deflater deflater, byte[] content) {
			deflater.setInput(content);
			byte[] compressed = new byte[16 * 1024];
			return Arrays.copyOf(compressed, deflater.deflate(compressed, 0, compressed.length, Deflater.FULL_FLUSH));
		}

	}

}
